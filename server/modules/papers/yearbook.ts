/** 年度档案 as one PDF: cover, contents with page numbers, what was asked and done, then every record from its own page on. */
import { inChinese } from '#rules'
import type { Fonts } from './fonts.ts'
import { writeMinutes } from './minutes.ts'
import type { Reader } from './proof.ts'
import { centred, note, Sheet, small } from './sheet.ts'
import { dayInWords, duties as dutyStates, type Gathering, isSettled, states, tight } from './words.ts'
import type { Duty, Held } from './year.ts'

/** Lines of the contents on a page. */
const linesOnPage = 24

interface Entry {
  /** 3月5日, before what it is; empty for what belongs to no day. */
  day: string
  text: string
  target: string
  /** Index of its first page. */
  page: number
}

/** 3月, 第一季度, 全年. */
function periodInWords(period: string): string {
  const month = /^\d{4}-(\d\d)$/.exec(period)?.[1]
  if (month !== undefined) return `${Number(month)}月`
  const quarter = /^\d{4}-Q(\d)$/.exec(period)?.[1]
  if (quarter !== undefined) return `第${inChinese(Number(quarter))}季度`
  return period === '-' ? '—' : '全年'
}

export class Yearbook {
  readonly #sheet: Sheet
  readonly #name: string
  readonly #year: number
  readonly #reader: Reader
  readonly #contents: number[]
  readonly #entries: Entry[] = []

  /** @param held what counts for the year, so that the contents get the pages they need */
  constructor(fonts: Fonts, name: string, year: number, held: readonly Held[], reader: Reader) {
    this.#name = name
    this.#year = year
    this.#reader = reader
    this.#sheet = new Sheet(fonts, {
      title: `${name}${year}年度组织生活档案`,
      foot: `${name}　${year}年度组织生活档案`,
      at: new Date(`${year}-12-31T16:00:00Z`),
    })
    this.#cover()
    const recorded = held.filter(isSettled).length
    const entries = recorded + (recorded < held.length ? 2 : 1)
    this.#contents = Array.from({ length: Math.ceil((entries + 2) / linesOnPage) }, () => {
      this.#sheet.newPage()
      return this.#sheet.pages - 1
    })
  }

  #cover(): void {
    const sheet = this.#sheet
    sheet.space(170)
    sheet.title(this.#name, `${this.#year}年度组织生活档案`)
    sheet.space(300)
    sheet.centred('本册由平台上已确认的记录编成，', small)
    sheet.centred('每份记录末页印有指纹，可扫码核对。', small)
  }

  #begin(text: string, target: string, day = ''): void {
    this.#sheet.newPage()
    this.#entries.push({ day, text, target, page: this.#sheet.pages - 1 })
    this.#sheet.mark(target, `${day} ${text}`.trim())
  }

  /** What the rules asked for in the year, and what was done. */
  duties(rows: readonly Duty[]): void {
    this.#begin('应办事项一览', 'duties')
    const sheet = this.#sheet
    sheet.title('应办事项一览')
    if (rows.length === 0) sheet.paragraph('本年度没有应办事项的记载。', small)
    sheet.table(
      [206, 74, 54, 54, 60],
      rows.map((row) => [
        { text: row.ruleName },
        centred(periodInWords(row.period)),
        centred(`${row.required}`),
        centred(`${row.done}`),
        centred(dutyStates[row.state]),
      ]),
      { head: ['事项', '周期', '应完成', '已完成', '状态'].map((text) => centred(text, true)) },
    )
    const open = rows.filter(({ state }) => state !== 'MET' && state !== 'UPCOMING')
    if (open.length === 0) return
    sheet.gap(small.lead / 2)
    sheet.heading('说明', small)
    open.forEach((row, i) => sheet.paragraph(`${i + 1}. ${row.ruleName}：${tight(row.why.zh)}`, note, note.size * 2))
  }

  record(gathering: Gathering, day: string): void {
    this.#begin(gathering.title, `record-${gathering.id}`, dayInWords(day).slice(5))
    writeMinutes(this.#sheet, gathering, this.#reader)
  }

  /** What was planned and has no confirmed record, so that the year is told whole. */
  without(rows: readonly Held[]): void {
    if (rows.length === 0) return
    this.#begin('未形成记录的安排', 'without')
    this.#sheet.title('未形成记录的安排')
    this.#sheet.table(
      [96, 262, 90],
      rows.map((row) => [centred(row.day), { text: row.title }, centred(states[row.state])]),
      { head: ['日期', '名称', '状态'].map((text) => centred(text, true)) },
    )
  }

  /** Writes the contents into the pages kept for them and gives the file. The cover and the contents bear no number. */
  finish(): Promise<Buffer> {
    const sheet = this.#sheet
    const before = this.#contents.length + 1
    let rest = this.#entries
    this.#contents.forEach((index, i) => {
      sheet.onPage(index, () => {
        if (i === 0) sheet.centred('目　　录', { size: 22, lead: 50 }, true)
        const count = i === 0 ? linesOnPage - 2 : linesOnPage
        for (const { day, text, target, page } of rest.slice(0, count)) sheet.contentsLine(day, text, `${page + 1 - before}`, target)
        rest = rest.slice(count)
      })
    })
    return sheet.finish(before)
  }
}
