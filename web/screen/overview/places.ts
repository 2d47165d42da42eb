/**
 * Where each of the sixteen prefectures stands on the tile map. Rows run north to south and are laid like bricks: every second row is
 * shifted by half a tile, so that neighbours on the map are neighbours on the ground (Pu'er touches Xishuangbanna, Qujing lies below Zhaotong).
 */

/** A place on the brick grid: `row` from 1, `column` from 1 in half tiles (a tile is two columns wide). */
export interface Place {
  /** The first four digits of the area code. */
  code: string
  row: number
  column: number
}

/** Half-tile columns and rows of the whole map. */
export const mapColumns = 12
export const mapRows = 5

/** Prefecture code (first four digits, GB/T 2260) → place; their names are among the words (`screen.place`). */
const prefectures: Record<string, Omit<Place, 'code'>> = {
  '5334': { row: 1, column: 3 },
  '5306': { row: 1, column: 9 },
  '5333': { row: 2, column: 2 },
  '5307': { row: 2, column: 4 },
  '5323': { row: 2, column: 6 },
  '5301': { row: 2, column: 8 },
  '5303': { row: 2, column: 10 },
  '5331': { row: 3, column: 1 },
  '5305': { row: 3, column: 3 },
  '5329': { row: 3, column: 5 },
  '5304': { row: 3, column: 7 },
  '5325': { row: 3, column: 9 },
  '5326': { row: 3, column: 11 },
  '5309': { row: 4, column: 4 },
  '5308': { row: 4, column: 6 },
  '5328': { row: 5, column: 7 },
}

/** Codes of the sixteen prefectures, north to south and west to east. */
export const prefectureCodes = Object.entries(prefectures)
  .toSorted(([, a], [, b]) => a.row - b.row || a.column - b.column)
  .map(([code]) => code)

/** The place of a prefecture by its area code (any length from four digits), or undefined when the code is none of the sixteen. */
export function placeOf(areaCode: string): Place | undefined {
  const code = areaCode.slice(0, 4)
  const place = /^\d{4}0*$/.test(areaCode) ? prefectures[code] : undefined
  return place && { code, ...place }
}
