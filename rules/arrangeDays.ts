/**
 * The fewest days that serve a number of wants, and among the fewest the best. A want asks for so many different days in a stretch of
 * the calendar; months, quarters and years lie inside one another, so the stretches never cross, and the answer is exact: for each
 * stretch the cheapest choice of 0, 1, 2 … days is put together from those of the stretches inside it.
 */

export interface Want {
  from: string
  until: string
  /** So many different days. */
  times: number
}

export interface DayCost {
  day: string
  /** How little the day suits; the smaller the better, never negative. */
  cost: number
}

interface Stretch {
  from: string
  until: string
  times: number
  inside: Stretch[]
}

/** The best choice of so many days; `undefined` at a number that cannot be. */
type Choices = ({ cost: number; days: string[] } | undefined)[]

/**
 * Days in order. A want that asks for more days than its stretch has gets all of them.
 * @throws RangeError on stretches that cross
 */
export function fewestDays(wants: readonly Want[], days: readonly DayCost[]): string[] {
  const whole = nest(wants)
  const most = wants.reduce((sum, { times }) => sum + times, 0)
  const choices = choicesIn(whole, days, most)
  const fewest = choices.find((choice) => choice !== undefined)
  return (fewest?.days ?? []).toSorted()
}

/** Stretches inside one another, below one that holds everything. */
function nest(wants: readonly Want[]): Stretch {
  const whole: Stretch = { from: '', until: '~', times: 0, inside: [] }
  const longestFirst = wants.toSorted((a, b) => (a.from === b.from ? (a.until < b.until ? 1 : -1) : a.from < b.from ? -1 : 1))
  for (const want of longestFirst) place(whole, want)
  return whole
}

function place(stretch: Stretch, want: Want): void {
  if (stretch.from === want.from && stretch.until === want.until) {
    stretch.times = Math.max(stretch.times, want.times)
    return
  }
  const last = stretch.inside.at(-1)
  if (last === undefined || last.until < want.from) stretch.inside.push({ ...want, inside: [] })
  else if (last.until >= want.until) place(last, want)
  else throw new RangeError(`stretches cross: ${last.from}–${last.until} and ${want.from}–${want.until}`)
}

function choicesIn({ from, until, times, inside }: Stretch, days: readonly DayCost[], most: number): Choices {
  const within = days.filter(({ day }) => day >= from && day <= until)
  const own = within.filter(({ day }) => !inside.some((stretch) => day >= stretch.from && day <= stretch.until))
  const together = inside.reduce<Choices>((sofar, stretch) => join(sofar, choicesIn(stretch, within, most), most), cheapest(own, most))
  const least = Math.min(times, within.length)
  return together.map((choice, n) => (n < least ? undefined : choice))
}

/** The cheapest 0, 1, 2 … of these days; of two alike the earlier one. */
function cheapest(days: readonly DayCost[], most: number): Choices {
  const inOrder = days.toSorted((a, b) => a.cost - b.cost || (a.day < b.day ? -1 : 1)).slice(0, most)
  const choices: Choices = [{ cost: 0, days: [] }]
  let sofar: { cost: number; days: string[] } = { cost: 0, days: [] }
  for (const { day, cost } of inOrder) {
    sofar = { cost: sofar.cost + cost, days: [...sofar.days, day] }
    choices.push(sofar)
  }
  return choices
}

/** The best choices of two stretches side by side. */
function join(left: Choices, right: Choices, most: number): Choices {
  const joined: Choices = Array.from({ length: Math.min(most, left.length + right.length - 2) + 1 }, () => undefined)
  left.forEach((a, i) => {
    right.forEach((b, j) => {
      if (a === undefined || b === undefined || i + j > most) return
      const cost = a.cost + b.cost
      const known = joined[i + j]
      if (known === undefined || cost < known.cost) joined[i + j] = { cost, days: [...a.days, ...b.days] }
    })
  })
  return joined
}
