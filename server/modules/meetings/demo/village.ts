/** The history of 隔界村: told in its own words, with this quarter's general meeting still to be held. */
import { demoId } from '#organisations'
import { addDays, addMonths, dayOf, headsOf, judgeVote } from '#rules'
import { isOfCommittee } from '../verdicts.ts'
import { monthsBack } from './calendar.ts'
import type { Answer, DemoBranch, DemoGathering, Kind } from './gathering.ts'
import { type Told, villageCommittees, villageGenerals, villageThemes, villageYearly } from './village.words.ts'

const [evening, night] = ['19:30', '20:30']

/** Everything of the village, oldest first. */
export function villageGatherings(branch: DemoBranch, now: Date): DemoGathering[] {
  const today = dayOf(now)
  const upcoming = addDays(today, 2)
  const yesterday = addDays(today, -1)
  const thisMonth = `${today.slice(0, 7)}-01`
  const firstMonth = addMonths(thisMonth, -monthsBack)
  const months = Array.from({ length: monthsBack + 1 }, (_, m) => addMonths(firstMonth, m))
  const held = months.flatMap((month, m) => [
    ...(month === thisMonth
      ? []
      : [tell(branch, ['COMMITTEE_MEETING'], taken(villageCommittees, m), at(month, 5, night), m === 9 ? 'late' : 'held')]),
    ...(month === `${upcoming.slice(0, 7)}-01` ? [] : [tell(branch, themeKinds(month), themeOf(month), at(month, 20, evening), 'held')]),
    ...generals(branch, month, today),
    ...(month.slice(5, 7) === '12' && month < thisMonth
      ? [tell(branch, ['ORG_LIFE_MEETING', 'DEMOCRATIC_REVIEW'], villageYearly, at(month, 10, evening), 'held')]
      : []),
  ])
  return [
    ...held.filter((gathering) => gathering.start.slice(0, 10) < yesterday),
    tell(branch, ['COMMITTEE_MEETING'], taken(villageCommittees, 0), `${yesterday}T${night}:00+08:00`, 'toConfirm'),
    tell(branch, themeKinds(upcoming), themeOf(upcoming), `${upcoming}T${evening}:00+08:00`, 'ahead'),
  ]
}

const at = (month: string, day: number, time: string) => `${addDays(month, day - 1)}T${time}:00+08:00`
const taken = (list: readonly Told[], n: number): Told => list[n % list.length] ?? villageYearly
const themeOf = (day: string) => taken(villageThemes, Number(day.slice(5, 7)) - 1)
const themeKinds = (day: string): readonly Kind[] =>
  ['04', '07'].includes(day.slice(5, 7)) ? ['THEME_DAY', 'PARTY_LECTURE'] : ['THEME_DAY']
const quarterOf = (day: string) => Math.floor((Number(day.slice(5, 7)) - 1) / 3)

/** In the middle month of each quarter before this one. The last of them had too few at first, and was held again a week later. */
function generals(branch: DemoBranch, month: string, today: string): DemoGathering[] {
  const thisQuarter = `${today.slice(0, 4)}-${String(quarterOf(today) * 3 + 1).padStart(2, '0')}-01`
  if (Number(month.slice(5, 7)) % 3 !== 2 || month >= thisQuarter) return []
  const told = taken(villageGenerals, quarterOf(month))
  const again = month >= addMonths(thisQuarter, -3)
  return [
    ...(again
      ? [
          tell(
            branch,
            ['GENERAL_MEETING'],
            { ...told, minutes: '暴雨后多数党员在清理塌方，到会人数不够，不表决，改期再开。' },
            at(month, 12, evening),
            'few',
          ),
        ]
      : []),
    tell(branch, ['GENERAL_MEETING'], told, at(month, again ? 19 : 12, evening), 'held'),
  ]
}

type Way = 'held' | 'late' | 'few' | 'toConfirm' | 'ahead'

function tell(branch: DemoBranch, kinds: readonly Kind[], told: Told, start: string, way: Way): DemoGathering {
  const person = (name: string) => branch.people.find((one) => one.name === name)
  const expected = kinds.includes('COMMITTEE_MEETING') ? branch.committee : branch.people
  const roll = expected.map((one, n): Answer => {
    const reason = told.away?.find(([name]) => name === one.name)?.[1]
    if (way === 'ahead') return { person: one, state: 'EXPECTED', reason: null }
    if (way === 'few' && n >= Math.floor((expected.length - 1) / 2)) return { person: one, state: 'LEAVE', reason: 'WORK_DUTY' }
    if (reason !== undefined) return { person: one, state: 'LEAVE', reason }
    return { person: one, state: told.online?.includes(one.name) === true ? 'PRESENT_ONLINE' : 'PRESENT_ONSITE', reason: null }
  })
  const counted = headsOf(roll.map(({ person: { hasVote }, state }) => ({ state, hasVote, expected: true })))
  const id = (what: string) => demoId('village', branch.id, start, what)
  const agenda = told.agenda.map(([title, note], n) => ({ id: id(`agenda ${n}`), title, note: way === 'ahead' ? '' : note }))
  const resolved =
    way === 'held' && told.resolved !== undefined && agenda[0] !== undefined ? [{ title: told.resolved, itemId: agenda[0].id }] : []
  return {
    branch,
    kinds,
    title: told.title,
    minutes: way === 'ahead' ? '' : told.minutes,
    start,
    lasts: kinds.includes('COMMITTEE_MEETING') ? 50 : 110,
    mode: kinds.includes('THEME_DAY') ? 'HYBRID' : 'ONSITE',
    place: '隔界村党员活动室',
    state: way === 'ahead' ? 'NOTIFIED' : way === 'toConfirm' ? 'DRAFT_MINUTES' : 'ARCHIVED',
    lateReason: way === 'late' ? '连续暴雨断电断网，纸质记录，通电后补录' : '',
    cancelReason: '',
    roll,
    agenda,
    speeches:
      way === 'ahead' || way === 'few' ? [] : told.gists.flatMap(([name, gist]) => speechOf(person(name), gist, agenda[0]?.id ?? null)),
    resolutions: resolved.map(({ title, itemId }) => {
      const cast = { kind: 'ORDINARY', ballot: 'HANDS', agree: counted.presentVoting, against: 0, abstain: 0 } as const
      const vote = { ...cast, itemId, title, writtenOpinions: 0, papers: null }
      return { ...vote, ...judgeVote(vote, counted, isOfCommittee(kinds.map((kind) => ({ kind })))) }
    }),
  }
}

const speechOf = (person: { memberId: string } | undefined, gist: string, itemId: string | null) =>
  person === undefined ? [] : [{ memberId: person.memberId, gist, itemId, proposal: false }]
