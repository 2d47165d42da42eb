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
export const charactersOf = (text: string): string[] => Array.from(text)

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
    const widthOf = (part: string) => charactersOf(part).reduce((sum, character) => sum + measure(character, bold), 0)
    for (const [part] of text.replaceAll(unseen, ' ').matchAll(parts)) {
      const unit = { text: part, bold, width: widthOf(part) }
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
