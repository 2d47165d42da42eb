/** Which gatherings each branch of the demo held, missed or has before it, and who came: fourteen months, the same on every machine. */
import { Dice } from '#members'
import { addDays, addMonths, dayOf } from '#rules'
import type { State } from '../states.ts'
import type { DemoBranch, DemoGathering, Kind } from './gathering.ts'
import { rollOf } from './roll.ts'
import { cancelReasons, committees, generals, lateReasons, lectures, themes, type Topic, yearly } from './topics.ts'

/** Calendar months before the present one. */
export const monthsBack = 13
/** Gatherings so many days ahead are planned, and so many already announced. */
const plannedAhead = 12
const announcedAhead = 5
/** Longer than any of them lasts: what is confirmed has ended. */
const recordedAfterMinutes = 150

/** Everything of one branch, oldest first. */
export function gatheringsOf(branch: DemoBranch, now: Date): DemoGathering[] {
  const dice = new Dice(`${branch.id} gatherings`)
  const today = dayOf(now)
  const firstMonth = addMonths(`${today.slice(0, 7)}-01`, -monthsBack)
  const habits = habitsOf(branch, dice)
  const found: DemoGathering[] = []
  for (let m = 0; m <= monthsBack + 1; m += 1) {
    const month = addMonths(firstMonth, m)
    for (const { day, kinds, topic } of inMonth(branch, habits, month, m, dice)) {
      if (day < branch.establishedOn) continue
      const gathering = hold(
        branch,
        kinds,
        topic,
        `${day}T${kinds.includes('COMMITTEE_MEETING') ? habits.noon : habits.evening}:00+08:00`,
        now,
        dice,
      )
      if (gathering !== undefined) found.push(gathering)
    }
  }
  return found
}

/** What stays the same in a branch: its fixed day, its hours, and whether it holds the general meeting on the theme day. */
function habitsOf(branch: DemoBranch, dice: Dice) {
  const rural = branch.name.includes('村')
  return {
    themeDay: 2 + dice.below(24),
    committeeDay: 1 + dice.below(25),
    generalMonth: dice.below(3),
    apart: dice.permille(300),
    lectureMonth: dice.below(4),
    evening: rural ? dice.of(['19:00', '19:30', '20:00']) : dice.of(['09:30', '14:30', '15:00']),
    noon: rural ? dice.of(['18:30', '20:30']) : dice.of(['10:00', '16:00']),
  }
}

function inMonth(branch: DemoBranch, habits: ReturnType<typeof habitsOf>, month: string, m: number, dice: Dice) {
  const number = Number(month.slice(5, 7))
  const theme = themes[number - 1] ?? yearly
  const isGeneral = (number - 1) % 3 === habits.generalMonth
  const isLecture = m % 4 === habits.lectureMonth
  const general = generals[Math.floor((number - 1) / 3)] ?? yearly
  const list: { day: string; kinds: readonly Kind[]; topic: Topic }[] = []
  list.push({
    day: addDays(month, habits.themeDay),
    kinds: [
      'THEME_DAY',
      ...(isLecture ? (['PARTY_LECTURE'] as const) : []),
      ...(isGeneral && !habits.apart ? (['GENERAL_MEETING'] as const) : []),
    ],
    topic: {
      title: `${theme.title}${isLecture ? dice.of(lectures) : ''}${isGeneral && !habits.apart ? '，并开支部党员大会' : ''}`,
      minutes: isGeneral && !habits.apart ? `${theme.minutes}\n${general.minutes}` : theme.minutes,
    },
  })
  if (isGeneral && habits.apart) list.push({ day: addDays(month, (habits.themeDay + 9) % 26), kinds: ['GENERAL_MEETING'], topic: general })
  if (branch.committee.length > 0)
    list.push({ day: addDays(month, habits.committeeDay), kinds: ['COMMITTEE_MEETING'], topic: dice.of(committees) })
  if (number === 12) list.push({ day: addDays(month, 8 + dice.below(18)), kinds: ['ORG_LIFE_MEETING', 'DEMOCRATIC_REVIEW'], topic: yearly })
  return list
}

const minutesBetween = (from: number, until: number) => (until - from) / 60_000

/** The gathering as it stands now; undefined when it was missed or lies too far ahead. */
function hold(branch: DemoBranch, kinds: readonly Kind[], topic: Topic, start: string, now: Date, dice: Dice): DemoGathering | undefined {
  const ago = minutesBetween(Date.parse(start), now.getTime())
  const day = start.slice(0, 10)
  const daysAgo = ago / 1440
  const missed = dice.permille(45)
  const mode = dice.permille(180) ? 'HYBRID' : 'ONSITE'
  const few = !missed && dice.permille(9)
  const late = daysAgo > 20 && dice.permille(18)
  const state = stateOf(ago, missed, late, dice)
  if (state === undefined) return undefined
  const expected = (kinds.includes('COMMITTEE_MEETING') ? branch.committee : branch.people).filter((person) => person.since <= day)
  if (expected.length === 0) return undefined
  return {
    branch,
    kinds,
    ...topic,
    start,
    lasts: kinds.includes('COMMITTEE_MEETING') ? 60 : 90 + 15 * dice.below(4),
    mode,
    place: branch.name.includes('村') ? '村民小组活动室' : '党员活动室',
    state,
    lateReason: late ? dice.of(lateReasons) : '',
    cancelReason: state === 'CANCELLED' ? dice.of(cancelReasons) : '',
    roll: rollOf(expected, branch, state, mode, few, dice),
    agenda: [],
    speeches: [],
    resolutions: [],
  }
}

function stateOf(ago: number, missed: boolean, late: boolean, dice: Dice): State | undefined {
  if (ago < 0) return -ago > plannedAhead * 1440 ? undefined : -ago > announcedAhead * 1440 ? 'PLANNED' : 'NOTIFIED'
  if (missed) return dice.permille(150) ? 'CANCELLED' : undefined
  if (ago < recordedAfterMinutes) return 'IN_PROGRESS'
  if (ago < 2 * 1440 && dice.permille(400)) return 'DRAFT_MINUTES'
  return ago > 30 * 1440 || (late && dice.permille(700)) ? 'ARCHIVED' : 'CONFIRMED'
}
