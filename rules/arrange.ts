/**
 * 本季度还缺的，最省事地安排好: what is still missing, with as few gatherings as possible. First what is planned already takes what it can
 * carry; then the fewest new days that serve the rest (`fewestDays`, exact), and of these the ones that suit best. The same function on the
 * phone without a network and in the server; it proposes, a person decides.
 */
import {
  type Clash,
  clashesOf,
  costAway,
  type MarketWish,
  minutesFor,
  type Sitting,
  sittingOf,
  type Surroundings,
  timeAfter,
} from './arrangeClash.ts'
import { fewestDays } from './arrangeDays.ts'
import {
  type AskedDuty,
  dayIn,
  isAlive,
  type KnownGathering,
  type MeetingKind,
  type Need,
  needsOf,
  partnerOf,
  type People,
  peopleOf,
  type Wish,
} from './arrangeNeeds.ts'
import { agendaFor, type Reason, titleFor, whyAddition, whyGathering, whyUnmet } from './arrangeWords.ts'
import type { CalendarDay } from './calendar.ts'
import { rule, type Sentence, wording } from './rule.ts'

/** When and where these people usually meet. */
export interface Habit {
  people: People
  /** The usual days within the time planned for; none known: the weekday of PLAN-DAY. */
  days: readonly string[]
  start: string
  /** Of one segment, each further one takes its usual time; null: all by PLAN-DAY. */
  minutes: number | null
  mode: 'ONSITE' | 'HYBRID' | 'ONLINE'
  place: string
  /** It was set as a fixed day, and not only observed. */
  fixed: boolean
}

export interface Asked {
  today: string
  /** The last day planned for: of the quarter, or of the year. */
  until: string
  duties: readonly AskedDuty[]
  /** All of the branch that touch this time. */
  gatherings: readonly KnownGathering[]
  groups: readonly { id: string; name: string }[]
  /** From today to `until`. */
  calendar: readonly CalendarDay[]
  habits: readonly Habit[]
  marketWish: MarketWish
  wishes: readonly Wish[]
}

export interface ProposedGathering extends Sitting {
  kinds: MeetingKind[]
  groupId: string | null
  title: Sentence
  mode: Habit['mode']
  place: string
  meets: Reason[]
  agenda: Sentence[]
  why: Sentence
  clashes: Clash[]
}

/** Kinds to be added to a gathering that is planned and not yet told of. */
export interface ProposedAddition {
  gatheringId: string
  title: string
  day: string
  kinds: MeetingKind[]
  meets: Reason[]
  agenda: Sentence[]
  why: Sentence
}

export interface Arrangement {
  gatherings: ProposedGathering[]
  additions: ProposedAddition[]
  unmet: (Reason & { why: Sentence })[]
  /** Needs served; a duty that asks twice is two. */
  served: number
}

export function arrange(asked: Asked): Arrangement {
  const needs = needsOf(asked)
  const around: Surroundings = {
    today: asked.today,
    calendar: new Map(asked.calendar.map((each) => [each.day, each])),
    gatherings: asked.gatherings,
    proposed: [],
    marketWish: asked.marketWish,
  }
  // All first: the committee and the groups meet on the same day where they can, so that nobody comes twice.
  const inTurn = [...new Set(needs.map(({ people }) => people))].toSorted()
  return inTurn.reduce<Arrangement>(
    (sofar, people) => {
      const some = arrangeFor(
        people,
        needs.filter((need) => need.people === people),
        asked,
        { ...around, proposed: sofar.gatherings },
      )
      return {
        gatherings: [...sofar.gatherings, ...some.gatherings].toSorted((a, b) => (`${a.day}${a.start}` < `${b.day}${b.start}` ? -1 : 1)),
        additions: [...sofar.additions, ...some.additions],
        unmet: [...sofar.unmet, ...some.unmet],
        served: sofar.served + some.served,
      }
    },
    { gatherings: [], additions: [], unmet: [], served: 0 },
  )
}

interface Filled {
  day: string
  gathering: KnownGathering | undefined
  meets: Reason[]
}

/** One round of needs of the same people. */
function arrangeFor(people: People, needs: readonly Need[], asked: Asked, around: Surroundings): Arrangement {
  const hosts = asked.gatherings
    .filter((gathering) => gathering.state === 'PLANNED' && isAlive(gathering, asked.today) && peopleOf(gathering) === people)
    .map((gathering): Filled => ({ day: dayIn(gathering.plannedStart), gathering, meets: [] }))
  const left = needs.map((need) => ({ need, times: need.times - fill(hosts, need, need.times) }))
  const habit = habitOf(people, asked)
  const costs = asked.calendar
    .filter(({ day }) => day >= asked.today && day <= asked.until)
    .map(({ day }) => ({ day, cost: costOf(people, day, habit, around) }))
  const wants = left.flatMap(({ need: { from, until }, times }) => (times > 0 ? [{ from, until, times }] : []))
  const days = fewestDays(wants, costs).map((day): Filled => ({ day, gathering: undefined, meets: [] }))
  // The shortest stretches choose first: what may be held any time of the year goes where it is quiet.
  const unmet = left
    .toSorted((a, b) => (`${a.need.until}${b.need.from}` < `${b.need.until}${a.need.from}` ? -1 : 1))
    .flatMap(({ need, times }) => {
      const missing = times - fill(days, need, times)
      const reason: Reason = { kind: need.kind, duty: need.duty }
      return missing > 0 ? [{ ...reason, missing, why: whyUnmet(reason, missing) }] : []
    })
  return {
    gatherings: days.filter(({ meets }) => meets.length > 0).map((filled) => proposal(people, filled, habit, around)),
    additions: hosts.filter(({ meets }) => meets.length > 0).flatMap(addition),
    unmet: unmet.map(({ missing: _missing, ...reason }) => reason),
    served: needs.reduce((sum, { times }) => sum + times, 0) - unmet.reduce((sum, { missing }) => sum + missing, 0),
  }
}

const kindsIn = ({ gathering, meets }: Filled): string[] => [...(gathering?.kinds ?? []), ...meets.map(({ kind }) => kind)]

/** Gives up to `times` of these days the kind: beside its partner, else where there is least, else the earliest. @returns how many */
function fill(days: Filled[], { kind, from, until, duty }: Need, times: number): number {
  const partner = partnerOf(kind)
  const free = days
    .filter((each) => each.day >= from && each.day <= until && !kindsIn(each).includes(kind))
    .map((each) => ({ each, apart: partner !== undefined && kindsIn(each).includes(partner) ? 0 : 1, full: kindsIn(each).length }))
    .toSorted((a, b) => a.apart - b.apart || a.full - b.full || (a.each.day < b.each.day ? -1 : 1))
    .slice(0, times)
  for (const { each } of free) each.meets.push({ kind, duty })
  return free.length
}

function habitOf(people: People, { habits }: Asked): Habit {
  const own = habits.find((habit) => habit.people === people)
  const all = habits.find((habit) => habit.people === 'ALL')
  const plain = { start: wording('PLAN-DAY', 'start'), minutes: null, mode: 'ONSITE' as const, place: all?.place ?? '' }
  return own ?? { ...plain, people, days: [], fixed: false }
}

/** How little a day suits these people. The committee and the groups like the days on which all meet anyway. */
function costOf(people: People, day: string, habit: Habit, around: Surroundings): number {
  const together = people === 'ALL' || habit.days.length > 0 ? [] : daysOfAll(around)
  const usual = habit.days.length > 0 ? habit.days : together
  const weekday = around.calendar.get(day)?.weekday
  const away = usual.length === 0 ? (weekday === rule('PLAN-DAY').params['weekday'] ? 0 : 1) : costAway(day, usual)
  const against = clashesOf({ people, day, ...timesOn(people, day, habit, 1, around) }, around)
  return away + against.reduce((sum, { cost }) => sum + cost, 0)
}

const sittingsOfAll = ({ gatherings, proposed, today }: Surroundings): Sitting[] => [
  ...gatherings.filter((gathering) => isAlive(gathering, today) && peopleOf(gathering) === 'ALL').map(sittingOf),
  ...proposed.filter(({ people }) => people === 'ALL'),
]

const daysOfAll = (around: Surroundings): string[] => sittingsOfAll(around).map(({ day }) => day)

/** When: the usual hour; on a day on which all meet, the committee right before and a group right after. */
function timesOn(people: People, day: string, habit: Habit, kinds: number, around: Surroundings): { start: string; minutes: number } {
  const minutes = habit.minutes === null ? minutesFor(kinds) : habit.minutes + minutesFor(kinds - 1)
  const all = people === 'ALL' ? undefined : sittingsOfAll(around).find((sitting) => sitting.day === day)
  if (all === undefined || habit.fixed) return { start: habit.start, minutes }
  return { start: timeAfter(all.start, people === 'COMMITTEE' ? -minutes : all.minutes), minutes }
}

function proposal(people: People, { day, meets }: Filled, habit: Habit, around: Surroundings): ProposedGathering {
  const kinds = inOrder(meets.map(({ kind }) => kind))
  const sitting = { people, day, ...timesOn(people, day, habit, kinds.length, around) }
  const together = people !== 'ALL' && daysOfAll(around).includes(day)
  const because = together
    ? { zh: '和全体党员的活动同一天，不用多跑一趟', en: 'on the day on which all meet, so that nobody comes twice' }
    : habit.days.includes(day)
      ? habit.fixed
        ? { zh: '这天是固定的日子', en: 'this is the fixed day' }
        : { zh: '照往常的日子', en: 'this is the usual day' }
      : { zh: '这天大家最方便，也不与别的活动相撞', en: 'this day suits best and nothing else is in its way' }
  return {
    ...sitting,
    kinds,
    groupId: people.startsWith('GROUP:') && people.length > 6 ? people.slice(6) : null,
    title: titleFor(kinds, day),
    mode: habit.mode,
    place: habit.place,
    meets,
    agenda: agendaFor(kinds),
    why: whyGathering(meets, because),
    clashes: clashesOf(sitting, around),
  }
}

function addition({ day, gathering, meets }: Filled): ProposedAddition[] {
  if (gathering === undefined) return []
  const kinds = inOrder(meets.map(({ kind }) => kind))
  const { id: gatheringId, title } = gathering
  return [{ gatheringId, title, day, kinds, meets, agenda: agendaFor(kinds), why: whyAddition(meets, title, day) }]
}

/** As PLAN-TOGETHER names them: the theme day first. */
function inOrder(kinds: readonly MeetingKind[]): MeetingKind[] {
  const order = rule('PLAN-TOGETHER').params['together']
  const place = (kind: string) => (Array.isArray(order) ? order.indexOf(kind) : 0)
  return kinds.toSorted((a, b) => place(a) - place(b))
}

/** A day of the same stretch that suits clearly better, for a gathering something speaks against; undefined when there is none. */
export function betterDay(
  sitting: Sitting,
  stretch: { from: string; until: string },
  around: Surroundings,
  usual: readonly string[] = [],
  except?: string,
): string | undefined {
  const against = (day: string) => clashesOf({ ...sitting, day }, around, except).reduce((sum, { cost }) => sum + cost, 0)
  const here = against(sitting.day)
  if (here === 0) return undefined
  const days = [...around.calendar.keys()].filter((day) => day >= around.today && day >= stretch.from && day <= stretch.until)
  const best = days
    .map((day) => ({ day, against: against(day), away: costAway(day, [sitting.day]) + costAway(day, usual) }))
    .toSorted((a, b) => a.against - b.against || a.away - b.away || (a.day < b.day ? -1 : 1))[0]
  return best !== undefined && best.against < here ? best.day : undefined
}
