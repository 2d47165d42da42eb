/**
 * An A4 document written from top to bottom, in the manner of offices (after GB/T 9704-2012: 28 characters of 16 pt in a line, 22 lines
 * on a page, title 22 pt centred, page number between dashes at the outer edge). Lengths are in points.
 */
// oxlint-disable-next-line import/no-named-as-default -- its types know only the default
import PDFDocument from 'pdfkit'
import { create } from 'qrcode'
import type { Fonts } from './fonts.ts'
import { breakLines, type Line, type Measure, naturalWidth, paragraphsOf, type Run, shorten, widthOf } from './lines.ts'

const page = { width: 595.28, height: 841.89, top: 92, bottom: 98, left: 73.64 } as const
/** 28 characters of 16 pt. */
const textWidth = 448
const lowest = page.height - page.bottom
const ink = '#000000'
const quiet = '#555555'
const hair = 0.5

/** Body sizes and the distance from line to line. */
export const body = { size: 16, lead: 29 } as const
export const small = { size: 14, lead: 25 } as const
export const note = { size: 11, lead: 18 } as const
/** The band below the text of a page: small print, code, page number. */
const foot = { size: 7.5, lead: 11.5, code: 54 } as const
const cell = { size: 12, lead: 20 } as const
const cellPadding = 6

interface Style {
  size: number
  lead: number
}

export interface Cell {
  text: string
  bold?: boolean
  align?: 'left' | 'center'
}

/** A cell in the middle of its column. */
export const centred = (text: string, bold = false): Cell => ({ text, align: 'center', bold })

export interface SheetOptions {
  title: string
  /** Stands small at the foot of every page, so that a loose page is found again. */
  foot: string
  /** When what it says was fixed; nothing else of the time of printing gets into the file. */
  at: Date
}

const widths = new Map<string, number>()

export class Sheet {
  readonly #doc: PDFKit.PDFDocument
  readonly #chunks: Buffer[] = []
  readonly #ended: Promise<void>
  readonly #options: SheetOptions
  /** What is said at the foot of a page in the place of the usual words. */
  readonly #proofs = new Map<number, { url: string; lines: readonly string[] }>()
  #y: number = page.top

  constructor({ regular, bold }: Fonts, options: SheetOptions) {
    this.#options = options
    this.#doc = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: options.title, Producer: 'Yigongli', Creator: 'Yigongli', CreationDate: options.at, ModDate: options.at },
    })
    this.#doc.registerFont('regular', regular)
    this.#doc.registerFont('bold', bold)
    this.#ended = new Promise((resolve, reject) => {
      this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
      this.#doc.on('end', resolve)
      this.#doc.on('error', reject)
    })
    this.newPage()
  }

  newPage(): void {
    this.#doc.addPage()
    this.#y = page.top
  }

  /** Pages so far. */
  get pages(): number {
    return this.#doc.bufferedPageRange().count
  }

  /** A place others lead to, and a line of the reader's outline. */
  mark(name: string, title: string): void {
    this.#doc.addNamedDestination(name, 'XYZ', 0, page.height - this.#y + 24, null)
    this.#doc.outline.addItem(title)
  }

  /** Space before what follows, not at the top of a page. */
  gap(points: number): void {
    if (this.#y > page.top) this.#y += points
  }

  /** Empty space, at the top of a page too. */
  space(points: number): void {
    this.#y += points
  }

  /** Begins a new page unless so much still fits on this one. */
  keep(points: number): void {
    if (this.#y + points > lowest) this.newPage()
  }

  /** The title, each line centred. */
  title(...lines: string[]): void {
    for (const line of lines.flatMap((text) => this.#lines([{ text, bold: true }], 22, textWidth))) {
      this.keep(36)
      this.#draw({ ...line, spacing: 0 }, page.left + (textWidth - naturalWidth(line, this.#measure(22))) / 2, 22, 36)
      this.#y += 36
    }
    this.#y += 14
  }

  centred(text: string, style: Style, bold = false): void {
    for (const line of this.#lines([{ text, bold }], style.size, textWidth)) {
      this.keep(style.lead)
      const width = naturalWidth(line, this.#measure(style.size))
      this.#draw({ ...line, spacing: 0 }, page.left + (textWidth - width) / 2, style.size, style.lead)
      this.#y += style.lead
    }
  }

  /** A heading that stays with what follows. */
  heading(text: string, style: Style = body): void {
    this.gap(style.lead / 4)
    this.keep(style.lead * 2)
    this.paragraph([{ text, bold: true }], style)
  }

  /**
   * A paragraph, indented by two characters. Line ends in the text begin new ones.
   * @param tail space that stays with its last two lines on one page, so that what ends the document never stands there alone
   */
  paragraph(content: string | readonly Run[], style: Style = body, indent = style.size * 2, tail = 0): void {
    const runs = typeof content === 'string' ? [{ text: content }] : content
    const paragraphs = [...paragraphsOf(runs)]
    for (const [n, paragraph] of paragraphs.entries()) {
      const lines = this.#lines(paragraph, style.size, textWidth, indent)
      for (const [i, line] of lines.entries()) {
        const ends = n === paragraphs.length - 1 && i === Math.max(0, lines.length - 2)
        this.keep(ends ? style.lead * Math.min(2, lines.length) + tail : style.lead)
        this.#draw(line, page.left, style.size, style.lead)
        this.#y += style.lead
      }
    }
  }

  /** One line at the right edge, so many characters in from it. */
  right(text: string, style: Style = body, inset = 4): void {
    this.keep(style.lead)
    const [line] = this.#lines([{ text }], style.size, textWidth)
    if (line === undefined) return
    const width = naturalWidth(line, this.#measure(style.size))
    this.#draw({ ...line, spacing: 0 }, page.left + textWidth - width - inset * style.size, style.size, style.lead)
    this.#y += style.lead
  }

  /** Where people sign: each word followed by a line to write on. */
  signatures(words: readonly string[], style: Style = small): void {
    const lead = style.lead * 1.7
    this.gap(style.lead)
    this.keep(lead * Math.ceil(words.length / 2))
    words.forEach((word, i) => {
      const x = page.left + (i % 2) * (textWidth / 2 + 10)
      const [line] = this.#lines([{ text: `${word}：` }], style.size, textWidth)
      if (line === undefined) return
      this.#draw(line, x, style.size, lead)
      const from = x + naturalWidth(line, this.#measure(style.size))
      const base = this.#y + lead / 2 + style.size * 0.45
      this.#rule(from, base, x + textWidth / 2 - 14, base)
      if (i % 2 === 1 || i === words.length - 1) this.#y += lead
    })
  }

  /**
   * A table with lines around every cell. A row that does not fit goes on on the next page, where the head stands again.
   * @param columns shares of the width; a row with fewer cells gives the rest to its last
   */
  table(columns: readonly number[], rows: readonly (readonly Cell[])[], options: { head?: readonly Cell[]; height?: number } = {}): void {
    const all = columns.reduce((sum, share) => sum + share, 0)
    const wide = columns.map((share) => (share / all) * textWidth)
    const { head, height = 0 } = options
    if (head !== undefined) {
      this.keep(cell.lead * 4)
      this.#row(wide, head, height, undefined)
    }
    for (const row of rows) this.#row(wide, row, height, head)
  }

  #row(wide: readonly number[], row: readonly Cell[], height: number, head: readonly Cell[] | undefined): void {
    const boxes = row.map((content, i) => {
      const last = i === row.length - 1
      const width = last ? wide.slice(i).reduce((sum, w) => sum + w, 0) : (wide[i] ?? 0)
      const bold = content.bold ?? false
      const lines = [...paragraphsOf([{ text: content.text, bold }])].flatMap((p) => this.#lines(p, cell.size, width - cellPadding * 2))
      return { content, width, lines }
    })
    let from = 0
    const most = Math.max(...boxes.map(({ lines }) => lines.length))
    while (from < most) {
      const room = Math.floor((lowest - this.#y - cellPadding) / cell.lead)
      const isWhole = most - from <= room && this.#y + height <= lowest
      // A short row is not divided; a long one fills the page first.
      if (!isWhole && (room < 3 || most - from <= 6)) {
        this.newPage()
        if (head !== undefined) this.#row(wide, head, height, undefined)
        continue
      }
      const count = Math.min(most - from, room)
      const tall = Math.max(count * cell.lead + cellPadding, isWhole ? height : 0)
      let x = page.left
      for (const { content, width, lines } of boxes) {
        this.#rectangle(x, this.#y, width, tall)
        const part = lines.slice(from, from + count)
        const top = this.#y + (tall - part.length * cell.lead) / 2
        part.forEach((line, i) => {
          const natural = naturalWidth(line, this.#measure(cell.size))
          const left = content.align === 'center' ? x + (width - natural) / 2 : x + cellPadding
          this.#draw(content.align === 'center' ? { ...line, spacing: 0 } : line, left, cell.size, cell.lead, top + i * cell.lead)
        })
        x += width
      }
      this.#y += tall
      from += count
    }
  }

  /** A line of the contents: the day in a column of its own, the words, dots, the page number. It leads to `target`. */
  contentsLine(day: string, text: string, pageNumber: string, target: string, style: Style = small): void {
    this.keep(style.lead)
    const measure = this.#measure(style.size)
    const wide = (said: string) => widthOf(said, false, measure)
    const put = (said: string, x: number) => {
      const [line] = this.#lines([{ text: said }], style.size, textWidth)
      if (line !== undefined) this.#draw(line, x, style.size, style.lead)
    }
    const begin = page.left + (day === '' ? 0 : style.size * 5.5)
    const numberAt = page.left + textWidth - wide(pageNumber)
    const shown = shorten(text, numberAt - begin - style.size * 2, measure)
    put(day, page.left)
    put(shown, begin)
    put(pageNumber, numberAt)
    this.#doc.fillColor(quiet)
    for (let x = numberAt - 8; x > begin + wide(shown) + 6; x -= 5) this.#doc.circle(x, this.#y + style.lead / 2 + 2, 0.5).fill()
    this.#doc.fillColor(ink)
    this.#doc.goTo(page.left, this.#y, textWidth, style.lead, target)
    this.#y += style.lead
  }

  /** Small print and a square code that opens `url`, at the foot of this page: it is the last of what they speak of. */
  proof(url: string, lines: readonly string[]): void {
    this.#proofs.set(this.pages - 1, { url, lines })
  }

  /** A code in the middle of the text, to be read by any scanner. @param level of error correction @param side in points */
  code(text: string, level: 'L' | 'M' | 'Q' | 'H', side: number): void {
    this.keep(side)
    this.#squares(
      create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: level }).modules,
      page.left + (textWidth - side) / 2,
      this.#y,
      side,
    )
    this.#y += side
  }

  /** Points left on this page. */
  get room(): number {
    return lowest - this.#y
  }

  /** Calls `write` on a page made before, from its top; afterwards writing goes on where it was. */
  onPage(index: number, write: () => void): void {
    const y = this.#y
    this.#doc.switchToPage(index)
    this.#y = page.top
    write()
    this.#doc.switchToPage(this.pages - 1)
    this.#y = y
  }

  /** Numbers the pages and gives the file. @param unnumbered pages at the beginning that bear none */
  async finish(unnumbered = 0): Promise<Buffer> {
    for (let i = unnumbered; i < this.pages; i += 1) {
      this.#doc.switchToPage(i)
      this.#number(i + 1 - unnumbered, i)
    }
    this.#doc.end()
    await this.#ended
    return Buffer.concat(this.#chunks)
  }

  /** Source: GB/T 9704-2012, 7.5: between dashes below the text, odd pages right, even pages left, one character in. */
  #number(n: number, index: number): void {
    const odd = n % 2 === 1
    const [digits] = this.#lines([{ text: `— ${n} —` }], 14, textWidth)
    if (digits === undefined) return
    const width = naturalWidth(digits, this.#measure(14))
    this.#draw({ ...digits, spacing: 0 }, odd ? page.left + textWidth - width - 14 : page.left + 14, 14, 20, lowest + 18)
    this.#doc.fillColor(quiet)
    const proof = this.#proofs.get(index)
    if (proof === undefined) this.#smallPrint([this.#options.foot], odd ? page.left : page.left + 100, lowest + 22, !odd)
    else {
      this.#rule(page.left, lowest + 8, page.left + textWidth, lowest + 8)
      const x = odd ? page.left : page.left + textWidth - foot.code
      this.#code(proof.url, x, lowest + 15, foot.code)
      this.#doc.fillColor(quiet)
      this.#smallPrint(proof.lines, odd ? page.left + foot.code + 10 : page.left + 90, lowest + 18, false)
    }
    this.#doc.fillColor(ink)
  }

  #smallPrint(texts: readonly string[], x: number, y: number, atRight: boolean): void {
    const room = textWidth - 100
    const lines = texts.flatMap((text) => this.#lines([{ text }], foot.size, atRight ? room : room - foot.code - 4))
    lines.slice(0, 4).forEach((line, i) => {
      const shift = atRight ? room - naturalWidth(line, this.#measure(foot.size)) : 0
      this.#draw({ ...line, spacing: 0 }, x + shift, foot.size, foot.lead, y + i * foot.lead)
    })
  }

  #lines(runs: readonly Run[], size: number, width: number, indent = 0): Line[] {
    return breakLines(runs, width, this.#measure(size), indent)
  }

  #measure(size: number): Measure {
    return (character, bold) => {
      const key = `${bold ? 'b' : 'r'}${character}`
      let wide = widths.get(key)
      if (wide === undefined) {
        wide =
          this.#doc
            .font(bold ? 'bold' : 'regular')
            .fontSize(100)
            .widthOfString(character) / 100
        widths.set(key, wide)
      }
      return wide * size
    }
  }

  #draw(line: Line, x: number, size: number, lead: number, y: number = this.#y): void {
    for (const piece of line.pieces) {
      this.#doc
        .font(piece.bold ? 'bold' : 'regular')
        .fontSize(size)
        // The letters stand in the middle of their line; the font itself is 1.44 as tall as its size.
        .text(piece.text, x + piece.x, y + (lead - size * 1.437) / 2, { lineBreak: false, characterSpacing: line.spacing })
    }
  }

  #rule(x1: number, y1: number, x2: number, y2: number): void {
    this.#doc.lineWidth(hair).moveTo(x1, y1).lineTo(x2, y2).stroke(ink)
  }

  #rectangle(x: number, y: number, width: number, height: number): void {
    this.#doc.lineWidth(hair).rect(x, y, width, height).stroke(ink)
  }

  #code(url: string, x: number, y: number, side: number): void {
    this.#squares(create(url, { errorCorrectionLevel: 'M' }).modules, x, y, side)
    this.#doc.link(x, y, side, side, url)
  }

  /** A QR code as squares, so that it prints sharp at any size. */
  #squares(modules: ReturnType<typeof create>['modules'], x: number, y: number, side: number): void {
    const unit = side / modules.size
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column) !== 0) this.#doc.rect(x + column * unit, y + row * unit, unit + 0.05, unit + 0.05)
      }
    }
    this.#doc.fill(ink)
  }
}
