/**
 * Where each of the sixteen prefectures stands on the tile map. Rows run north to south and are laid like bricks: every second row is
 * shifted by half a tile, so that neighbours on the map are neighbours on the ground (普洱 touches 西双版纳, 曲靖 lies below 昭通).
 */

/** A place on the brick grid: `row` from 1, `column` from 1 in half tiles (a tile is two columns wide). */
export interface Place {
  row: number
  column: number
}

/** Half-tile columns and rows of the whole map. */
export const mapColumns = 12
export const mapRows = 5

/** Prefecture code (first four digits, GB/T 2260) → place and the short name people use. */
const prefectures: Record<string, Place & { short: string }> = {
  '5334': { row: 1, column: 3, short: '迪庆' },
  '5306': { row: 1, column: 9, short: '昭通' },
  '5333': { row: 2, column: 2, short: '怒江' },
  '5307': { row: 2, column: 4, short: '丽江' },
  '5323': { row: 2, column: 6, short: '楚雄' },
  '5301': { row: 2, column: 8, short: '昆明' },
  '5303': { row: 2, column: 10, short: '曲靖' },
  '5331': { row: 3, column: 1, short: '德宏' },
  '5305': { row: 3, column: 3, short: '保山' },
  '5329': { row: 3, column: 5, short: '大理' },
  '5304': { row: 3, column: 7, short: '玉溪' },
  '5325': { row: 3, column: 9, short: '红河' },
  '5326': { row: 3, column: 11, short: '文山' },
  '5309': { row: 4, column: 4, short: '临沧' },
  '5308': { row: 4, column: 6, short: '普洱' },
  '5328': { row: 5, column: 7, short: '西双版纳' },
}

/** Codes of the sixteen prefectures, north to south and west to east. */
export const prefectureCodes = Object.entries(prefectures)
  .toSorted(([, a], [, b]) => a.row - b.row || a.column - b.column)
  .map(([code]) => code)

/** The place of a prefecture by its area code (any length from four digits), or undefined when the code is none of the sixteen. */
export function placeOf(areaCode: string): (Place & { short: string }) | undefined {
  const isWholePrefecture = /^\d{4}0*$/.test(areaCode)
  return isWholePrefecture ? prefectures[areaCode.slice(0, 4)] : undefined
}
