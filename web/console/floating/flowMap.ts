/**
 * Where flows run on the tile map: the sixteen prefectures as bricks where they lie, the other provinces as a row of tiles beside them, and an
 * arc for each pair. A number that is kept back stays kept back: what is shown of a pair is the sum of what may be shown, never more.
 */
import type { z } from 'zod'
import type { Flow as FlowShape } from '#contract/floating'
import { mapColumns, mapRows, placeOf, prefectureCodes } from '../../screen/overview/places.ts'

export type Flow = z.output<typeof FlowShape>

/** A line of the table: flows to one province outside are one line, in whichever of its cities they end. */
export interface Line {
  key: string
  fromName: string
  toCode: string
  toName: string
  amount: Amount
}

export function linesOf(flows: readonly Flow[]): Line[] {
  const lines = new Map<string, Line & { fromCode: string }>()
  for (const { fromCode, fromName, toCode, toName, members } of flows) {
    const here = toCode.startsWith('53')
    const to = here ? toCode : `${toCode.slice(0, 2)}0000`
    const key = `${fromCode}-${to}`
    const line = lines.get(key) ?? { key, fromCode, fromName, toCode: to, toName: here ? toName : '', amount: nothing() }
    add(line.amount, members)
    lines.set(key, line)
  }
  return [...lines.values()].toSorted((one, other) => other.amount.shown - one.amount.shown || (one.key < other.key ? -1 : 1))
}

/** Measures of the picture, in its own units. */
const half = 46
const rowHeight = 78
const gap = 6
const outsideWidth = 112
const outsideHeight = 34
/** From one to the next of them, at most. */
const mostStep = 84
const outsideLeft = mapColumns * half + 90
export const pictureHeight = mapRows * rowHeight
export const pictureWidth = outsideLeft + outsideWidth
/** Provinces beside the map; the rest stand in one tile. */
const mostOutside = 9

/** Four digits of a prefecture here, two of another province, `rest` for the provinces that have no tile of their own. */
export type Spot = string

export const spotOf = (areaCode: string): Spot => (areaCode.startsWith('53') ? areaCode.slice(0, 4) : areaCode.slice(0, 2))

export interface Tile {
  spot: Spot
  x: number
  y: number
  width: number
  height: number
  out: Amount
  in: Amount
  within: Amount
}

/** What may be shown, and whether something is kept back beside it. */
export interface Amount {
  shown: number
  hidden: boolean
}

export interface Arc {
  from: Spot
  to: Spot
  amount: Amount
  path: string
  /** Width of the stroke. */
  width: number
}

const nothing = (): Amount => ({ shown: 0, hidden: false })
const add = (amount: Amount, members: number | null): void => {
  if (members === null) amount.hidden = true
  else amount.shown += members
}
export const isSome = ({ shown, hidden }: Amount): boolean => shown > 0 || hidden

/** Key of a pair of spots. */
export const pairOf = (from: Spot, to: Spot): string => `${from}>${to}`

export function drawFlows(flows: readonly Flow[]): { tiles: Tile[]; arcs: Arc[]; spotOn: (areaCode: string) => Spot } {
  const outside = outsideOf(flows)
  const kept = outside.length > mostOutside ? outside.slice(0, mostOutside - 1) : outside
  const spotOn = (areaCode: string): Spot => {
    const spot = spotOf(areaCode)
    return spot.length === 4 || kept.includes(spot) ? spot : 'rest'
  }
  const tiles = new Map<Spot, Tile>()
  for (const code of prefectureCodes) {
    const place = placeOf(code)
    if (place === undefined) continue
    const at = { x: (place.column - 1) * half, y: (place.row - 1) * rowHeight, width: 2 * half - gap, height: rowHeight - gap }
    tiles.set(code, { spot: code, ...at, out: nothing(), in: nothing(), within: nothing() })
  }
  const beside = kept.length < outside.length ? [...kept, 'rest'] : kept
  const step = Math.min(mostStep, pictureHeight / Math.max(1, beside.length))
  const top = (pictureHeight - gap - (beside.length - 1) * step - outsideHeight) / 2
  for (const [n, spot] of beside.entries()) {
    const at = { x: outsideLeft, y: top + n * step, width: outsideWidth, height: outsideHeight }
    tiles.set(spot, { spot, ...at, out: nothing(), in: nothing(), within: nothing() })
  }
  const pairs = new Map<string, { from: Spot; to: Spot; amount: Amount }>()
  for (const { fromCode, toCode, members } of flows) {
    const from = spotOn(fromCode)
    const to = spotOn(toCode)
    const source = tiles.get(from)
    const goal = tiles.get(to)
    if (source === undefined || goal === undefined) continue
    if (from === to) {
      add(source.within, members)
      continue
    }
    add(source.out, members)
    add(goal.in, members)
    const pair = pairs.get(pairOf(from, to)) ?? { from, to, amount: nothing() }
    add(pair.amount, members)
    pairs.set(pairOf(from, to), pair)
  }
  const most = Math.max(1, ...[...pairs.values()].map(({ amount }) => amount.shown))
  const arcs = [...pairs.values()]
    .map(({ from, to, amount }) => ({ from, to, amount, path: pathOf(tiles.get(from), tiles.get(to)), width: widthOf(amount, most) }))
    // Those too few to show lie beneath; of the others the widest, so that none is hidden.
    .toSorted((one, other) => Number(one.amount.shown > 0) - Number(other.amount.shown > 0) || other.width - one.width)
  return { tiles: [...tiles.values()], arcs, spotOn }
}

/** The other provinces in the order of what flows between them and here. */
function outsideOf(flows: readonly Flow[]): Spot[] {
  const sums = new Map<Spot, number>()
  for (const { fromCode, toCode, members } of flows) {
    for (const spot of new Set([spotOf(fromCode), spotOf(toCode)])) {
      if (spot.length === 2) sums.set(spot, (sums.get(spot) ?? 0) + (members ?? 1))
    }
  }
  return [...sums].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).map(([spot]) => spot)
}

const thinnest = 1.5
const widest = 11
const widthOf = ({ shown }: Amount, most: number): number =>
  shown === 0 ? thinnest : thinnest + (widest - thinnest) * Math.sqrt(shown / most)

/** How far an arc bends away from the straight line, and how far before its goal it ends. */
const bend = 0.18
const short = 9

/** Where arcs are fastened: at the right of a tile on the map, where nothing is written, and at the edge of one beside it. */
const fastened = ({ x, y, width, height }: Tile): [x: number, y: number] =>
  x >= outsideLeft ? [x, y + height / 2] : [x + width - 13, y + height / 2]

function pathOf(from: Tile | undefined, to: Tile | undefined): string {
  if (from === undefined || to === undefined) return ''
  const [ax, ay] = fastened(from)
  const [gx, gy] = fastened(to)
  const [mx, my] = [(ax + gx) / 2 + (gy - ay) * bend, (ay + gy) / 2 - (gx - ax) * bend]
  const away = Math.hypot(gx - mx, gy - my)
  const [bx, by] = [gx - ((gx - mx) / away) * short, gy - ((gy - my) / away) * short]
  return `M${round(ax)} ${round(ay)}Q${round(mx)} ${round(my)} ${round(bx)} ${round(by)}`
}

const round = (value: number): number => Math.round(value * 10) / 10
