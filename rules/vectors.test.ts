/**
 * The vectors of the domain reference, for every runtime the rules run in: Node by vitest, a real Chromium by `web/e2e/vectors.test.ts`,
 * which bundles this very file. It asks for nothing but `test`, `test.each` and `toEqual`.
 */
import { expect, test } from 'vitest'
import { leastCandidates } from './candidates.ts'
import { addMonths, dayOf } from './dates.ts'
import { probationEnds, probationExtendedUntil, remindOn, removalFrom, suspensionFrom, talkBy, targetFrom } from './deadlines.ts'
import { type Circumstances, dutiesOf, type OnRecord } from './duties.ts'
import { cheapestWay, wayInWords } from './dutiesWay.ts'
import { checkIdentityNumber } from './identity.ts'
import { correctionNoticeBy, decisionBy } from './licence.ts'
import { admissionQuorum, committeeQuorum, electionQuorum, meetingQuorum, resolution } from './quorum.ts'

// n: with a vote · four fifths to elect · half to meet · more than half to pass and to admit
test.each([
  [3, 3, 2, 2],
  [5, 4, 3, 3],
  [7, 6, 4, 4],
  [11, 9, 6, 6],
  [23, 19, 12, 12],
  [24, 20, 12, 13],
  [50, 40, 25, 26],
])('of %i with a vote: %i to elect, %i to meet, %i to pass', (n, elect, meet, pass) => {
  const all = { eligible: n, present: n }
  expect([electionQuorum(all).need, meetingQuorum(all).need, committeeQuorum(all).need]).toEqual([elect, meet, meet])
  expect([admissionQuorum(all).need, resolution({ eligible: n, agree: n }).need]).toEqual([pass, pass])
  const enough = (present: number) => [electionQuorum, meetingQuorum, admissionQuorum].map((judge) => judge({ eligible: n, present }).met)
  expect(enough(elect - 1)[0]).toEqual(false)
  expect(enough(meet - 1)[1]).toEqual(false)
  expect(enough(pass - 1)[2]).toEqual(false)
})

test('a fifth more candidates than seats, and at least one', () => {
  expect([3, 5, 7].map((seats) => leastCandidates(seats).need)).toEqual([4, 6, 9])
})

test('the deadlines of joining and leaving', () => {
  expect(talkBy('2025-01-31').day).toEqual('2025-02-28')
  expect(targetFrom('2025-03-10').day).toEqual('2026-03-10')
  expect(probationEnds('2026-06-30').day).toEqual('2027-06-30')
  const extended = probationExtendedUntil('2026-06-30')
  expect([extended.earliest, extended.latest]).toEqual(['2027-12-30', '2028-06-30'])
  expect(suspensionFrom('2026-01-15').day).toEqual('2026-07-15')
  expect(removalFrom('2026-08-01').day).toEqual('2028-08-01')
  expect(remindOn('2029-05-20').day).toEqual('2028-11-20')
})

test('the clock of a licence', () => {
  const notice = correctionNoticeBy('2026-03-02')
  expect([notice.day, notice.elseAcceptedOn, decisionBy('2026-03-02').day]).toEqual(['2026-03-09', '2026-03-02', '2026-03-30'])
})

test('identity numbers of nobody', () => {
  const numbers = ['530000190001010002', '530000190001010010', '530628190002290025', '530000190001010003']
  expect(numbers.map((number) => checkIdentityNumber(number).ok)).toEqual([true, true, false, false])
})

test('days are those of Asia/Shanghai, wherever the device is', () => {
  expect([dayOf(new Date('2026-03-31T15:59:59Z')), dayOf(new Date('2026-03-31T16:00:00Z'))]).toEqual(['2026-03-31', '2026-04-01'])
  expect(addMonths('2024-01-31', 1)).toEqual('2024-02-29')
})

const branch: Circumstances = {
  kind: 'BRANCH',
  units: [],
  establishedOn: '2010-07-01',
  dissolvedOn: null,
  term: { startOn: '2024-05-20', nominalEndOn: '2029-05-20', extendedTo: null, seats: [{ role: '书记' }, { role: '组织委员' }] },
  counts: { full: 11, all: 11 },
  committees: [{ from: '2024-05-20', until: null }],
  groups: [],
  exceptions: [],
}
const on = (kind: string, heldOn: string, more: Partial<OnRecord> = {}): OnRecord => ({
  gatheringId: `${kind} ${heldOn}`,
  groupId: null,
  kind,
  heldOn,
  valid: true,
  lateEntry: false,
  ...more,
})

test('the duties of the border village in spring', () => {
  const record = [
    on('THEME_DAY', '2026-01-05'),
    on('THEME_DAY', '2026-02-05', { lateEntry: true }),
    on('GENERAL_MEETING', '2026-03-20', { valid: false }),
    on('COMMITTEE_MEETING', '2026-03-02'),
  ]
  const states = (today: string) =>
    dutiesOf(branch, record, today)
      .filter(({ period }) => ['2026-01', '2026-02', '2026-03', '2026-Q1'].includes(period))
      .map(({ ruleId, period, state, done }) => `${ruleId} ${period} ${state} ${done}`)
  expect(states('2026-03-25')).toEqual([
    'MEET-GENERAL 2026-Q1 DUE_SOON 0',
    'MEET-COMMITTEE 2026-01 MISSED 0',
    'MEET-COMMITTEE 2026-02 MISSED 0',
    'MEET-COMMITTEE 2026-03 MET 1',
    'MEET-THEME 2026-01 MET 1',
    'MEET-THEME 2026-02 MET_LATE_ENTRY 1',
    'MEET-THEME 2026-03 DUE_SOON 0',
  ])
  const general = dutiesOf(branch, record, '2026-03-25').find(({ ruleId, period }) => ruleId === 'MEET-GENERAL' && period === '2026-Q1')
  expect(general?.sentence.zh).toEqual(
    '2026年第一季度应召开支部党员大会1次，已有0次，另有1次因到会人数不足不计入，还差1次，请在2026-03-31前完成。《中国共产党支部工作条例（试行）》第十一条',
  )
})

const march = { periodStart: '2026-03-01', periodEnd: '2026-03-31' }
const planned = (title: string, day: string, kinds: string[], state = 'PLANNED') => ({ title, day, kinds, state })
const general = { zh: '召开支部党员大会', en: 'general meeting' }

test.each([
  ['nothing is planned', [], '没有可以合开的活动，建议安排在3月28日召开支部党员大会。'],
  ['no Saturday is left', [], '没有可以合开的活动，建议安排在3月31日召开支部党员大会。', '2026-03-28'],
  [
    'a theme day is planned',
    [planned('三月主题党日', '2026-03-28', ['THEME_DAY'])],
    '最省事：和3月28日“三月主题党日”合开，加上这一项就行。',
  ],
  [
    'only a committee meets, whose roster is another',
    [planned('支委会', '2026-03-28', ['COMMITTEE_MEETING'])],
    '没有可以合开的活动，建议安排在3月28日召开支部党员大会。',
  ],
  [
    'the theme day comes after the period',
    [planned('四月主题党日', '2026-04-05', ['THEME_DAY'])],
    '没有可以合开的活动，建议安排在3月28日召开支部党员大会。',
  ],
  [
    'it was called off',
    [planned('主题党日', '2026-03-28', ['THEME_DAY'], 'CANCELLED')],
    '没有可以合开的活动，建议安排在3月28日召开支部党员大会。',
  ],
  [
    'it is planned already',
    [planned('党员大会', '2026-03-30', ['GENERAL_MEETING'])],
    '已排在3月30日“党员大会”，开好、记录并确认就完成了。',
  ],
  [
    'its record waits for the second person',
    [planned('党员大会', '2026-03-12', ['GENERAL_MEETING'], 'DRAFT_MINUTES')],
    '3月12日“党员大会”的记录确认后就完成了。',
  ],
] as const)('the cheapest way when %s', (...[, gatherings, zh, today = '2026-03-24']) => {
  expect(wayInWords(cheapestWay({ kind: 'GENERAL_MEETING', ...march }, gatherings, today), general).zh).toEqual(zh)
})
