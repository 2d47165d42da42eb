/**
 * What the rules ask of an organisation, seen from what is on record on a day. The same function on the phone and in the server:
 * rules × organisation × record × today → duties, each with the state, the count and the sentence that explains it.
 *
 * UPCOMING until the last days of the period, then DUE_SOON, and still DUE_SOON while a gathering of the period may be recorded in
 * time (MEET-LATE-ENTRY); MISSED after that. MET when enough valid segments are on record, MET_LATE_ENTRY when it takes late ones
 * to reach the number. NOT_APPLICABLE and EXEMPT say why.
 */
import { type Fraction, fractionOf, leastOf } from './arithmetic.ts'
import { cite } from './cite.ts'
import { addDays, addMonths, daysFrom } from './dates.ts'
import { committeeRoles, datedFindings, type Headcount, type Measured } from './findings.ts'
import { daysCovered, isPer, nameOfPeriod, type Per, type Period, periodOf, periodsBetween, type Span } from './periods.ts'
import { count, type Ruled, rule, ruled, type Sentence } from './rule.ts'

export type DutyState = 'NOT_APPLICABLE' | 'UPCOMING' | 'DUE_SOON' | 'MET' | 'MET_LATE_ENTRY' | 'MISSED' | 'EXEMPT'

export interface Circumstances extends Measured {
  /** First day on which it no longer exists. */
  dissolvedOn: string | null
  counts: Headcount
  /** When a 支部委员会 sat; spans do not overlap. */
  committees: readonly Span[]
  groups: readonly Span[]
  exceptions: readonly ({ ruleId: string } & Span)[]
}

/** A confirmed segment. */
export interface OnRecord {
  gatheringId: string
  groupId: string | null
  kind: string
  heldOn: string
  valid: boolean
  lateEntry: boolean
}

export interface OwedDuty extends Ruled {
  /** `2026-03`, `2026-Q1`, `2026`, or `-` for a standing duty. */
  period: string
  periodStart: string
  /** For a standing duty without a date: `forever`. */
  periodEnd: string
  state: DutyState
  required: number
  done: number
  gatheringIds: string[]
}

/** The end of a duty that has none: the last day the contract knows. */
export const forever = '2199-12-31'

/** Kinds with an organisational life of their own. */
const holdMeetings = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']
/** Kinds whose duties are worth computing: those, and those with a term of office below the local committees. */
export const kindsWithDuties: readonly string[] = [...holdMeetings, 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE']

/** Which segments meet which rule. */
const meetings = [
  { ruleId: 'MEET-GENERAL', kind: 'GENERAL_MEETING', activity: { zh: '召开支部党员大会', en: 'general meeting' } },
  { ruleId: 'MEET-COMMITTEE', kind: 'COMMITTEE_MEETING', activity: { zh: '召开支部委员会会议', en: 'committee meeting' } },
  { ruleId: 'MEET-GROUP', kind: 'GROUP_MEETING', activity: { zh: '召开党小组会', en: 'group meeting' } },
  { ruleId: 'MEET-LECTURE', kind: 'PARTY_LECTURE', activity: { zh: '开展党课', en: 'party lecture' } },
  { ruleId: 'MEET-THEME', kind: 'THEME_DAY', activity: { zh: '开展主题党日', en: 'theme day' } },
  { ruleId: 'LIFE-ORG-MEETING', kind: 'ORG_LIFE_MEETING', activity: { zh: '召开组织生活会', en: 'organisational life meeting' } },
  { ruleId: 'LIFE-REVIEW', kind: 'DEMOCRATIC_REVIEW', activity: { zh: '开展民主评议党员', en: 'democratic review' } },
] as const satisfies readonly { ruleId: string; kind: string; activity: Sentence }[]

/** The kind of segment that meets a rule; null where no meeting does (thresholds, terms of office). */
export function kindFor(ruleId: string): Meeting['kind'] | null {
  return meetings.find((meeting) => meeting.ruleId === ruleId)?.kind ?? null
}

/** What a rule of organisational life asks for, in a few words: 开展主题党日. @throws Error on a rule that asks for no meeting */
export function activityOf(ruleId: string): Sentence {
  const found = meetings.find((meeting) => meeting.ruleId === ruleId)
  if (found === undefined) throw new Error(`${ruleId} asks for no meeting`)
  return found.activity
}

/** First and last day of the records the duties of this day look at. */
export function recordsLookedAt(today: string): { from: string; until: string } {
  return { from: periodOf('YEAR', firstMonth(today)).start, until: today }
}

/** First day of the oldest month that is kept. */
const firstMonth = (today: string) => addMonths(periodOf('MONTH', today).start, -count('DUTY-PERIODS', 'monthsBack'))

/** All duties of one organisation, in the order of rules and periods. */
export function dutiesOf(organisation: Circumstances, record: readonly OnRecord[], today: string): OwedDuty[] {
  const life = holdMeetings.includes(organisation.kind)
    ? meetings.flatMap((meeting) => {
        const held = record.filter(({ kind }) => kind === meeting.kind)
        return dutiesOfLife(organisation, meeting, held, today)
      })
    : []
  return [...life, ...standing(organisation, today)]
}

type Meeting = (typeof meetings)[number]

function dutiesOfLife(organisation: Circumstances, meeting: Meeting, held: readonly OnRecord[], today: string): OwedDuty[] {
  const { per, appliesIf } = rule(meeting.ruleId).params
  if (!isPer(per)) return periodsKept('YEAR', organisation, today).map((period) => uncounted(meeting, period, held))
  const condition = typeof appliesIf === 'string' ? conditions[appliesIf] : undefined
  if (condition !== undefined && condition.spans(organisation).length === 0) return [neverApplied(organisation, meeting, condition.absent)]
  return periodsKept(per, organisation, today).map((period) => judged({ organisation, meeting, period, held, condition, today }))
}

/** Those periods kept on this day in which the organisation existed. */
function periodsKept(per: Per, { establishedOn, dissolvedOn }: Circumstances, today: string): Period[] {
  return calendarOf(per, today).filter(({ start, end }) => establishedOn <= end && (dissolvedOn === null || start < dissolvedOn))
}

/** Months up to the end of the quarter, quarters and years up to the end of the year: the same for everybody, so made once a day. */
function calendarOf(per: Per, today: string): readonly Period[] {
  if (made.today !== today) made = { today, calendars: new Map() }
  const known = made.calendars.get(per)
  if (known !== undefined) return known
  const until = periodOf(per === 'MONTH' ? 'QUARTER' : 'YEAR', today).end
  const calendar = periodsBetween(per, firstMonth(today), until)
  made.calendars.set(per, calendar)
  return calendar
}

let made: { today: string; calendars: Map<Per, readonly Period[]> } = { today: '', calendars: new Map() }

/** What must be there for a rule to apply, and what is said when it is not. */
interface Condition {
  spans(organisation: Circumstances): readonly Span[]
  absent: Sentence
  /** Each of them owes by itself (groups); otherwise all together owe once (one committee after another). */
  each: boolean
}

/** By the name `appliesIf` gives it in `rules.json`. */
const conditions: Readonly<Record<string, Condition>> = {
  hasCommittee: {
    spans: ({ committees }) => committees,
    absent: { zh: '没有设支部委员会', en: 'There is no committee' },
    each: false,
  },
  hasGroups: {
    spans: ({ groups }) => groups,
    absent: { zh: '没有划分党小组', en: 'There are no groups' },
    each: true,
  },
}

interface Case {
  organisation: Circumstances
  meeting: Meeting
  period: Period
  held: readonly OnRecord[]
  condition: Condition | undefined
  today: string
}

/** One rule in one period. */
function judged({ organisation, meeting, period, held, condition, today }: Case): OwedDuty {
  const { ruleId } = meeting
  const existed: Span = {
    from: organisation.establishedOn,
    until: organisation.dissolvedOn === null ? null : addDays(organisation.dissolvedOn, -1),
  }
  const least = count(ruleId, 'min')
  const owing = owed(period, condition?.spans(organisation) ?? [existed], condition?.each ?? false)
  const required = isThereLongEnough(period, [existed]) ? owing * least : 0
  const within = held.filter(({ heldOn }) => heldOn >= period.start && heldOn <= period.end)
  const valid = within.filter((segment) => segment.valid)
  const counts = (segments: readonly OnRecord[]) => (condition?.each === true ? oneForEachGroup(segments, least) : segments)
  const counted = counts(valid)
  const done = counted.length
  const inTime = counts(valid.filter(({ lateEntry }) => !lateEntry))
  const told: Told = { meeting, period, required, done, late: done - inTime.length, invalid: within.length - valid.length, today }
  const excepted = organisation.exceptions.some(
    (exception) => exception.ruleId === ruleId && exception.from <= period.end && (exception.until ?? forever) >= period.start,
  )
  const [state, why] =
    required === 0
      ? (['NOT_APPLICABLE', notLongEnough(told, owing === 0 ? condition?.absent : undefined)] as const)
      : inTime.length >= required
        ? (['MET', met(told)] as const)
        : done >= required
          ? (['MET_LATE_ENTRY', met(told)] as const)
          : excepted
            ? (['EXEMPT', exempt(told)] as const)
            : stillOwed(told)
  return entry(ruleId, period, state, required, counted, why)
}

/** How many of these were there for long enough; together they are one unless each owes. */
function owed(period: Period, spans: readonly Span[], each: boolean): number {
  if (each) return spans.filter((span) => isThereLongEnough(period, [span])).length
  return isThereLongEnough(period, spans) ? 1 : 0
}

function isThereLongEnough(period: Period, spans: readonly Span[]): boolean {
  const always = spans.some(({ from, until }) => from <= period.start && (until === null || until >= period.end))
  if (always) return true
  const half: Fraction = fractionOf('DUTY-PRORATE', 'test')
  return daysCovered(period, spans) >= leastOf(daysFrom(period.start, period.end), half)
}

/** At most so many meetings of each group; a meeting that names no group stands for one of its own. */
function oneForEachGroup(segments: readonly OnRecord[], most: number): OnRecord[] {
  const byGroup = Map.groupBy(segments, ({ groupId, gatheringId }) => groupId ?? gatheringId)
  return [...byGroup.values()].flatMap((of) => of.slice(0, most))
}

interface Told {
  meeting: Meeting
  period: Period
  required: number
  done: number
  late: number
  invalid: number
  today: string
}

/** 2026年第一季度应召开支部党员大会1次，已1次. */
function counting({ meeting, period, required, done, late, invalid }: Told): Sentence {
  const name = nameOfPeriod(period)
  const lateZh = late > 0 ? `（补录${late}次）` : ''
  const lateEn = late > 0 ? ` (${late} entered late)` : ''
  const invalidZh = invalid > 0 ? `，另有${invalid}次因到会人数不足不计入` : ''
  const invalidEn = invalid > 0 ? `, ${invalid} more not valid` : ''
  return {
    zh: `${name.zh}应${meeting.activity.zh}${required}次，已有${done}次${lateZh}${invalidZh}`,
    en: `${meeting.activity.en}, ${name.en}: ${done} of ${required}${lateEn}${invalidEn}`,
  }
}

const join = (a: Sentence, b: Sentence): Sentence => ({ zh: `${a.zh}${b.zh}`, en: `${a.en}${b.en}` })

const met = (told: Told) => join(counting(told), { zh: '，已完成', en: ': done' })
const exempt = (told: Told) => join(counting(told), { zh: '；上级已批准例外，本期不作要求', en: ': excepted by the superior' })

/** Not yet: how many are missing, until when, and from which day it is urgent. */
function stillOwed(told: Told): readonly [DutyState, Sentence] {
  const { period, required, done, today } = told
  const missing = required - done
  const recordBy = addDays(period.end, count('MEET-LATE-ENTRY', 'withinDays'))
  if (today > recordBy) return ['MISSED', join(counting(told), { zh: `，少${missing}次`, en: `: ${missing} missed` })]
  if (today > period.end) {
    const said = {
      zh: `，少${missing}次；已经开过的请在${recordBy}前记录`,
      en: `: ${missing} missing; record by ${recordBy} what was held`,
    }
    return ['DUE_SOON', join(counting(told), said)]
  }
  const said = { zh: `，还差${missing}次，请在${period.end}前完成`, en: `: ${missing} to go by ${period.end}` }
  return [today >= dueSoonFrom(period) ? 'DUE_SOON' : 'UPCOMING', join(counting(told), said)]
}

const dueSoonFrom = ({ per, end }: Period) => addDays(end, -count('DUTY-DUE-SOON', per))

function notLongEnough({ meeting, period }: Told, absent: Sentence | undefined): Sentence {
  const name = nameOfPeriod(period)
  const because = absent ?? { zh: '党支部存在的时间不足一半', en: 'The branch existed for less than half of the time' }
  return {
    zh: `${name.zh}${because.zh}，不要求${meeting.activity.zh}`,
    en: `${because.en} in ${name.en}: no ${meeting.activity.en} is required`,
  }
}

/** A rule without a number: nothing is asked, what was done is shown. */
function uncounted(meeting: Meeting, period: Period, held: readonly OnRecord[]): OwedDuty {
  const counted = held.filter(({ heldOn, valid }) => valid && heldOn >= period.start && heldOn <= period.end)
  const name = nameOfPeriod(period)
  return entry(meeting.ruleId, period, 'NOT_APPLICABLE', 0, counted, {
    zh: `应当定期${meeting.activity.zh}，没有规定次数；${name.zh}已有${counted.length}次`,
    en: `${meeting.activity.en}: regularly, no number is laid down; ${counted.length} in ${name.en}`,
  })
}

/** One line instead of a line for each month, where what the rule speaks of was never there. */
function neverApplied({ establishedOn }: Circumstances, { ruleId, activity }: Meeting, absent: Sentence): OwedDuty {
  return entry(ruleId, { id: '-', start: establishedOn, end: forever }, 'NOT_APPLICABLE', 0, [], {
    zh: `${absent.zh}，不要求${activity.zh}`,
    en: `${absent.en}: no ${activity.en} is required`,
  })
}

function entry(
  ruleId: string,
  { id, start, end }: Pick<Period, 'id' | 'start' | 'end'>,
  state: DutyState,
  required: number,
  counted: readonly OnRecord[],
  said: Sentence,
): OwedDuty {
  const source = cite(ruleId)
  return {
    period: id,
    periodStart: start,
    periodEnd: end,
    state,
    required,
    done: counted.length,
    gatheringIds: counted.map(({ gatheringId }) => gatheringId),
    ...ruled(ruleId, { zh: `${said.zh}。${source.zh}`, en: `${said.en}. ${source.en}` }),
  }
}

/** Thresholds and terms that call for something: open until it is done, overdue once its last day has passed. */
function standing(organisation: Circumstances, today: string): OwedDuty[] {
  if (organisation.dissolvedOn !== null && organisation.dissolvedOn <= today) return []
  const inForce = organisation.exceptions.filter(({ from, until }) => from <= today && (until ?? forever) >= today)
  return datedFindings(organisation, organisation.counts, inForce, today)
    .filter(({ severity }) => severity === 'DUTY')
    .map(({ ruleId, sentence, excepted, since, by }) => ({
      period: '-',
      periodStart: since ?? organisation.establishedOn,
      periodEnd: by ?? forever,
      state: excepted ? 'EXEMPT' : by !== undefined && today > by ? 'MISSED' : 'DUE_SOON',
      required: 1,
      done: 0,
      gatheringIds: [],
      ...ruled(ruleId, sentence),
    }))
}

/** When a committee sat, from the seats of one term after another. An expired committee stays in office until the next. */
export function committeesOf(
  terms: readonly { startOn: string; seats: readonly { role: string; from: string; until: string | null }[] }[],
): Span[] {
  const inOrder = [...terms].sort((a, b) => (a.startOn < b.startOn ? -1 : 1))
  return inOrder.flatMap(({ seats }, i) => {
    const members = seats.filter(({ role }) => committeeRoles.includes(role))
    if (members.length === 0) return []
    const next = inOrder[i + 1]
    const last = next === undefined ? null : addDays(next.startOn, -1)
    const from = members.reduce((first, seat) => (seat.from < first ? seat.from : first), forever)
    const until = members.reduce<string | null>((latest, seat) => later(latest, seat.until), '')
    const ends = until === null || (last !== null && last < until) ? last : until
    return [{ from, until: ends }]
  })
}

/** The later of two last days; none is the latest. */
const later = (a: string | null, b: string | null) => (a === null || b === null ? null : a > b ? a : b)

/**
 * The next day on which these duties may look different although nothing happens: a period becomes urgent, its recording time
 * ends, a term falls due, or a new month begins.
 */
export function lookAgainOn(organisation: Circumstances, duties: readonly OwedDuty[], today: string): string {
  const newMonth = addDays(periodOf('MONTH', today).end, 1)
  const open = duties.filter(({ state }) => state === 'UPCOMING' || state === 'DUE_SOON')
  const days = [
    newMonth,
    ...open.flatMap(({ period, periodEnd }) => {
      if (period === '-') return periodEnd === forever ? [] : [addDays(periodEnd, 1)]
      const per: Per = period.length === 4 ? 'YEAR' : period.includes('Q') ? 'QUARTER' : 'MONTH'
      return [
        addDays(periodEnd, -count('DUTY-DUE-SOON', per)),
        addDays(periodEnd, 1),
        addDays(periodEnd, count('MEET-LATE-ENTRY', 'withinDays') + 1),
      ]
    }),
    ...organisation.exceptions.flatMap(({ from, until }) => [from, ...(until === null ? [] : [addDays(until, 1)])]),
  ]
  return days.filter((day) => day > today).reduce((first, day) => (day < first ? day : first), newMonth)
}
