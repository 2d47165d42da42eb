/** What is still to be arranged: open duties less what is planned already, and what the branch does by habit beyond them. */
import { dayOf } from './dates.ts'
import type { kindFor } from './duties.ts'
import { periodOf } from './periods.ts'
import { rule } from './rule.ts'

export type MeetingKind = NonNullable<ReturnType<typeof kindFor>>

/** A duty as planning looks at it. */
export interface AskedDuty {
  ruleId: string
  /** Null where no gathering meets it. */
  kind: MeetingKind | null
  period: string
  periodStart: string
  periodEnd: string
  state: string
  required: number
  done: number
}

/** A gathering on the calendar, held or planned. */
export interface KnownGathering {
  id: string
  title: string
  state: string
  /** ISO 8601. */
  plannedStart: string
  plannedEnd: string | null
  kinds: readonly MeetingKind[]
  groupId: string | null
  place?: string
  mode?: 'ONSITE' | 'HYBRID' | 'ONLINE'
}

/** Something to be held beyond the duties: by habit, or as last year. */
export interface Wish {
  kind: MeetingKind
  groupId: string | null
  from: string
  until: string
}

/** Who comes: the whole branch, its committee, or one group (by its id; empty when it is not known which). */
export type People = 'ALL' | 'COMMITTEE' | `GROUP:${string}`

export interface Need {
  kind: MeetingKind
  people: People
  from: string
  until: string
  times: number
  /** The duty it meets; null for a wish. */
  duty: { ruleId: string; period: string } | null
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])

/** Who is expected at this kind. Source: PLAN-TOGETHER, those who may be one gathering. */
export function peopleAt(kind: string, groupId: string | null): People {
  if (strings(rule('PLAN-TOGETHER').params['together']).includes(kind)) return 'ALL'
  return kind === 'COMMITTEE_MEETING' ? 'COMMITTEE' : `GROUP:${groupId ?? ''}`
}

export const peopleOf = ({ kinds, groupId }: Pick<KnownGathering, 'kinds' | 'groupId'>): People => peopleAt(kinds[0] ?? '', groupId)

/** The kind usually held together with this one. */
export function partnerOf(kind: string): string | undefined {
  const { pairs } = rule('PLAN-TOGETHER').params
  const pair = (Array.isArray(pairs) ? pairs : []).map(strings).find((each) => each.includes(kind))
  return pair?.find((each) => each !== kind)
}

const ahead = ['PLANNED', 'NOTIFIED', 'POSTPONED']
const going = ['IN_PROGRESS', 'DRAFT_MINUTES']

/** Will it still be held and counted? One that was planned for a day gone by and never begun will not. */
export const isAlive = ({ state, plannedStart }: KnownGathering, today: string): boolean =>
  going.includes(state) || (ahead.includes(state) && dayIn(plannedStart) >= today)

export const dayIn = (moment: string): string => dayOf(new Date(moment))

interface Asked {
  today: string
  until: string
  duties: readonly AskedDuty[]
  gatherings: readonly KnownGathering[]
  groups: readonly { id: string }[]
  wishes: readonly Wish[]
}

/** All needs whose time ends by `until`, those of duties first. */
export function needsOf({ today, until, duties, gatherings, groups, wishes }: Asked): Need[] {
  const alive = gatherings.filter((gathering) => isAlive(gathering, today))
  const owed = duties.flatMap((duty) => (isOpen(duty, today, until) ? needsOfDuty(duty, alive, groups, today) : []))
  const held = gatherings.filter(({ state }) => state !== 'CANCELLED')
  const wished = wishes.flatMap((wish): Need[] => {
    const [from, people] = [wish.from < today ? today : wish.from, peopleAt(wish.kind, wish.groupId)]
    const same = ({ kinds, groupId, plannedStart }: KnownGathering) =>
      kinds.includes(wish.kind) &&
      peopleAt(wish.kind, groupId) === people &&
      dayIn(plannedStart) >= wish.from &&
      dayIn(plannedStart) <= wish.until
    const owing = (need: Need) => need.kind === wish.kind && need.people === people && need.from <= wish.until && need.until >= wish.from
    if (wish.until < today || wish.until > until || held.some(same) || owed.some(owing)) return []
    return [{ kind: wish.kind, people, from, until: wish.until, times: 1, duty: null }]
  })
  return [...owed, ...wished]
}

const isOpen = ({ kind, state, periodEnd, required, done }: AskedDuty, today: string, until: string) =>
  kind !== null && (state === 'UPCOMING' || state === 'DUE_SOON') && periodEnd >= today && periodEnd <= until && required > done

function needsOfDuty(duty: AskedDuty, alive: readonly KnownGathering[], groups: readonly { id: string }[], today: string): Need[] {
  const { kind, ruleId, period, periodStart, periodEnd, required, done } = duty
  if (kind === null) return []
  const first = usualStart(duty, today)
  const base = { kind, from: first < today ? today : first, until: periodEnd, duty: { ruleId, period } }
  const planned = alive.filter(
    ({ kinds, plannedStart }) => kinds.includes(kind) && dayIn(plannedStart) >= periodStart && dayIn(plannedStart) <= periodEnd,
  )
  const missing = required - done - planned.length
  if (missing <= 0) return []
  if (kind !== 'GROUP_MEETING') return [{ ...base, people: peopleAt(kind, null), times: missing }]
  // Each group owes by itself; those that have one planned are served, of the others as many as are missing.
  const open = groups.filter(({ id }) => !planned.some(({ groupId }) => groupId === id)).slice(0, missing)
  return open.map(({ id }) => ({ ...base, people: peopleAt(kind, id), times: 1 }))
}

/** Some yearly gatherings generally belong to one quarter (`quarter` in rules.json); while it lies ahead they wait for it. */
function usualStart({ ruleId, periodStart, periodEnd }: AskedDuty, today: string): string {
  const { quarter } = rule(ruleId).params
  if (typeof quarter !== 'number') return periodStart
  const month = String(quarter * 3).padStart(2, '0')
  const { start, end } = periodOf('QUARTER', `${periodEnd.slice(0, 4)}-${month}-01`)
  return end >= today && start >= periodStart ? start : periodStart
}
