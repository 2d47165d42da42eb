/** What speaks against a day: holidays, make-up workdays, another gathering of the same people, too little time to tell everybody. */
import { dayIn, isAlive, type KnownGathering, type People, peopleOf } from './arrangeNeeds.ts'
import type { CalendarDay } from './calendar.ts'
import { addDays, daysFrom } from './dates.ts'
import { count, rule, type Sentence } from './rule.ts'

export interface Clash {
  what: 'HOLIDAY' | 'LOCAL_HOLIDAY' | 'MAKE_UP' | 'SAME_PEOPLE' | 'NO_NOTICE' | 'MARKET'
  /** How much it speaks against the day. Source: PLAN-DAY. */
  cost: number
  sentence: Sentence
}

/** What the branch wishes on market days: hold gatherings then, avoid them, or neither. */
export type MarketWish = 'SEEK' | 'AVOID' | 'NONE'

/** Something at a time of a day. */
export interface Sitting {
  people: People
  day: string
  /** `19:30`, Asia/Shanghai. */
  start: string
  minutes: number
}

/** Around which a day is judged. */
export interface Surroundings {
  today: string
  calendar: ReadonlyMap<string, CalendarDay>
  gatherings: readonly KnownGathering[]
  /** Proposed but not yet accepted. */
  proposed: readonly (Sitting & { title: Sentence })[]
  marketWish: MarketWish
}

const cost = (name: string): number => {
  const { costs } = rule('PLAN-DAY').params
  const value: unknown = typeof costs === 'object' && costs !== null ? Reflect.get(costs, name) : undefined
  if (typeof value !== 'number') throw new Error(`rules.json: PLAN-DAY states no cost ${name}`)
  return value
}

/** Everything that speaks against it, the worst first. @param except the gathering it is itself, when that is moved */
export function clashesOf(sitting: Sitting, around: Surroundings, except?: string): Clash[] {
  const found = [...ofDay(sitting.day, around), ...ofPeople(sitting, around, except)]
  return found.toSorted((a, b) => b.cost - a.cost)
}

function ofDay(day: string, { today, calendar, marketWish }: Surroundings): Clash[] {
  const found: Clash[] = []
  const about = calendar.get(day)
  for (const { name, source, reach, provisional } of about?.holidays ?? []) {
    const local = reach === 'LOCAL'
    const unsure = provisional ? { zh: '，具体日期以当年通知为准', en: '; see the notice of the year' } : { zh: '', en: '' }
    found.push({
      what: local ? 'LOCAL_HOLIDAY' : 'HOLIDAY',
      cost: cost(local ? 'localHoliday' : 'holiday'),
      sentence: { zh: `这天是${name.zh}放假（${source.zh}）${unsure.zh}`, en: `${name.en} is a holiday (${source.en})${unsure.en}` },
    })
  }
  if (about?.work === 'MAKE_UP') {
    found.push({ what: 'MAKE_UP', cost: cost('makeUp'), sentence: { zh: '这个周末调休上班', en: 'A weekend on which people work' } })
  }
  const enough = addDays(today, count('PLAN-DAY', 'noticeDays'))
  if (day < enough) {
    found.push({
      what: 'NO_NOTICE',
      cost: cost('noNotice') * daysFrom(day, enough),
      sentence: { zh: '离今天太近，来不及提前通知', en: 'Too close to tell everybody in time' },
    })
  }
  if (about !== undefined && marketWish === 'AVOID' && about.market) {
    found.push({ what: 'MARKET', cost: cost('market'), sentence: { zh: '这天是街天', en: 'A market day' } })
  }
  if (about !== undefined && marketWish === 'SEEK' && !about.market) {
    found.push({ what: 'MARKET', cost: cost('market'), sentence: { zh: '这天不是街天', en: 'Not a market day' } })
  }
  return found
}

function ofPeople(sitting: Sitting, { today, gatherings, proposed }: Surroundings, except: string | undefined): Clash[] {
  const others = [
    ...gatherings.flatMap((gathering) =>
      gathering.id !== except && isAlive(gathering, today)
        ? [{ ...sittingOf(gathering), title: { zh: gathering.title, en: gathering.title } }]
        : [],
    ),
    ...proposed,
  ]
  return others
    .filter((other) => isSamePeople(sitting.people, other.people) && meets(sitting, other))
    .map(({ title }) => ({
      what: 'SAME_PEOPLE' as const,
      cost: cost('samePeople'),
      sentence: { zh: `同一批人这天还有“${title.zh}”`, en: `The same people have “${title.en}” that day` },
    }))
}

/** Everybody is among all; a member of the committee may be in any group; two groups have nobody in common. */
const isSamePeople = (a: People, b: People) => a === b || !(a.startsWith('GROUP') && b.startsWith('GROUP'))

/** Two gatherings of the very same people on one day could be one; of others, only those at the same time are in each other's way. */
function meets(a: Sitting, b: Sitting): boolean {
  if (a.day !== b.day) return false
  if (a.people === b.people) return true
  const [from, other] = [minutesOf(a.start), minutesOf(b.start)]
  return from < other + b.minutes && other < from + a.minutes
}

/** The usual length where none is set. Source: PLAN-DAY. */
export const minutesFor = (kinds: number): number => kinds * count('PLAN-DAY', 'minutesEach')

export function sittingOf(gathering: KnownGathering): Sitting {
  const { plannedStart, plannedEnd, kinds } = gathering
  const minutes = plannedEnd === null ? minutesFor(kinds.length) : Math.round((Date.parse(plannedEnd) - Date.parse(plannedStart)) / 60_000)
  const start = new Date(Date.parse(plannedStart) + 8 * 3_600_000).toISOString().slice(11, 16)
  return { people: peopleOf(gathering), day: dayIn(plannedStart), start, minutes }
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** `19:30` and so many minutes; stays within the day. */
export function timeAfter(time: string, minutes: number): string {
  const sum = Math.min(23 * 60 + 59, Math.max(0, minutesOf(time) + minutes))
  return `${String(Math.trunc(sum / 60)).padStart(2, '0')}:${String(sum % 60).padStart(2, '0')}`
}

/** How far a day is from the usual one of its month, as a cost. */
export function costAway(day: string, usual: readonly string[]): number {
  if (usual.length === 0) return 0
  const nearest = Math.min(...usual.map((each) => (each < day ? daysFrom(each, day) : daysFrom(day, each)) - 1))
  return nearest * cost('awayFromUsual')
}
