/**
 * Chinese lines: broken between any two characters, but none begins with a closing mark or ends with an opening one, and each is
 * stretched to the width (GB/T 15834; the habit of printed documents). Words in other scripts stay whole.
 */

export interface Run {
  text: string
  bold?: boolean
}

/** A part of a line in one weight, `x` from the line's left edge. */
export interface Piece {
  text: string
  bold: boolean
  x: number
}

export interface Line {
  pieces: Piece[]
  /** Added after each character to fill the width. */
  spacing: number
  width: number
}

/** Width of a character at the size in use. */
export type Measure = (character: string, bold: boolean) => number

interface Unit {
  text: string
  bold: boolean
  width: number
}

const closing = /^[，。、；：？！）》〉”’」』】〕％%…—·,.;:?!)\]}]$/u
const opening = /^[（《〈“‘「『【〔([{]$/u
/** Controls, and marks that turn or join letters: no printed sign. */
const unseen = /[\p{Cc}\p{Cf}]/gu
/** White space, a number with its unit, a word of Latin letters and digits with what holds it together, or any other character. */
const parts = /\s+|\d+(?:[.:]\d+)*[年月日时分人票名次]|[\p{Script=Latin}\d]+(?:[-./_:@&+'][\p{Script=Latin}\d]+)*|./gsu

/** What stands on paper one by one: PDF places code points. */
const charactersOf = (text: string): string[] => Array.from(text)

/** Width of a text in one weight. */
export const widthOf = (text: string, bold: boolean, measure: Measure): number =>
  charactersOf(text).reduce((sum, character) => sum + measure(character, bold), 0)

const isSpace = (unit: Unit) => unit.text.trim() === ''

/** @param indent space before the first line */
export function breakLines(runs: readonly Run[], width: number, measure: Measure, indent = 0): Line[] {
  const lines: Line[] = []
  let units: Unit[] = []
  let used = indent
  const end = (isLast: boolean) => {
    lines.push(compose(units, width, lines.length === 0 ? indent : 0, isLast))
    units = []
    used = 0
  }
  for (const unit of unitsOf(runs, width, measure)) {
    if (units.length === 0 && lines.length > 0 && isSpace(unit)) continue
    if (used + unit.width > width && units.length > 0) {
      const carried = carry(units, unit)
      end(false)
      units = isSpace(unit) ? carried : [...carried, unit]
      used = units.reduce((sum, one) => sum + one.width, 0)
    } else {
      units.push(unit)
      used += unit.width
    }
  }
  end(true)
  return lines
}

/** Takes off the end of a full line what must stand on the next: before a closing mark the character it closes, and opening marks. */
function carry(units: Unit[], next: Unit): Unit[] {
  const carried: Unit[] = []
  while (units.length > 1 && carried.length < 6) {
    const first = carried[0] ?? next
    const last = units.at(-1)
    if (last === undefined || !(closing.test(first.text) || opening.test(last.text))) break
    units.pop()
    carried.unshift(last)
  }
  while (units.length > 1 && units.at(-1)?.text.trim() === '') units.pop()
  return carried
}

function* unitsOf(runs: readonly Run[], width: number, measure: Measure): Generator<Unit> {
  for (const { text, bold = false } of runs) {
    for (const [part] of text.replaceAll(unseen, ' ').matchAll(parts)) {
      const unit = { text: part, bold, width: widthOf(part, bold, measure) }
      // A word wider than the line is broken like anything else.
      if (unit.width <= width) yield unit
      else for (const character of part) yield { text: character, bold, width: measure(character, bold) }
    }
  }
}

/** Beyond this share of a character's width between two of them a line is left short rather than torn apart. */
const mostStretch = 0.22

function compose(units: readonly Unit[], width: number, indent: number, isLast: boolean): Line {
  const characters = units.reduce((sum, { text }) => sum + charactersOf(text).length, 0)
  const natural = units.reduce((sum, unit) => sum + unit.width, indent)
  const slack = width - natural
  const em = Math.max(...units.map((unit) => unit.width / charactersOf(unit.text).length), 0)
  const stretch = characters < 2 ? 0 : Math.max(0, slack) / (characters - 1)
  const spacing = isLast || stretch > em * mostStretch ? 0 : stretch
  const pieces: Piece[] = []
  let x = indent
  for (const unit of units) {
    const before = pieces.at(-1)
    if (before?.bold === unit.bold) before.text += unit.text
    else pieces.push({ text: unit.text, bold: unit.bold, x })
    x += unit.width + spacing * charactersOf(unit.text).length
  }
  return { pieces, spacing, width: x }
}

/** Width of a line that is not stretched. */
export const naturalWidth = (line: Line, measure: Measure): number =>
  line.pieces.reduce((sum, { text, bold }) => sum + widthOf(text, bold, measure), 0)

/** Cut where it is too long, with the sign that something was cut. */
export function shorten(text: string, width: number, measure: Measure): string {
  let used = 0
  for (const [i, character] of charactersOf(text).entries()) {
    used += measure(character, false)
    if (used > width)
      return `${charactersOf(text)
        .slice(0, Math.max(0, i - 1))
        .join('')}…`
  }
  return text
}

/** Divides runs at line ends; empty paragraphs are left out. */
export function* paragraphsOf(runs: readonly Run[]): Generator<Run[]> {
  let current: Run[] = []
  for (const run of runs) {
    for (const [i, text] of run.text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
      if (i > 0) {
        if (current.some((one) => one.text.trim() !== '')) yield current
        current = []
      }
      current.push({ ...run, text: i > 0 ? text.trimStart() : text })
    }
  }
  if (current.some((one) => one.text.trim() !== '') || runs.length === 1) yield current
}
