/** The record check and the end it proposes, by examples: advice where a careful colleague would ask, silence where all is plain. */
import { describe, expect, test } from 'vitest'
import { type Elsewhere, proposedEnd, recordAdvice, type RecordToCheck } from './check.ts'
import { headsOf, judgeVote, votesAmiss } from './quorumVote.ts'

const plain: RecordToCheck = {
  now: '2026-03-20T22:00:00+08:00',
  plannedStart: '2026-03-20T19:30:00+08:00',
  actualStart: '2026-03-20T19:35:00+08:00',
  actualEnd: '2026-03-20T20:50:00+08:00',
  place: '村活动室',
  hostName: '李阿普',
  hostSigned: true,
  segments: [{ zh: '支部党员大会', en: 'general meeting' }],
  agenda: [{ title: '更换饮水管', note: '先换上寨，全长两公里三。' }],
  speeches: [],
  minutes: '大家看了现场的照片，讨论并通过了更换饮水管的方案。',
  resolutions: 1,
  roster: [
    { name: '李阿普', state: 'PRESENT_ONSITE' },
    { name: '普阿诺', state: 'LEAVE' },
    { name: '陶老', state: 'EXCUSED_LONG_TERM' },
  ],
}
const nowhere: Elsewhere = { overlaps: [], texts: [], photos: [] }
const earlier = (text: string) => ({ ...nowhere, texts: [{ title: '二月的大会', heldOn: '2026-02-20', text }] })

describe('the record check', () => {
  test('says nothing of a plain record', () => {
    expect(recordAdvice(plain, nowhere)).toEqual([])
  })

  test.each<[string, Partial<RecordToCheck>, string]>([
    ['too short', { actualEnd: '2026-03-20T19:39:00+08:00' }, '前后只有 4 分钟'],
    ['too long', { actualStart: '2026-03-20T09:35:00+08:00' }, '前后有 11 小时'],
    ['an end to come', { now: '2026-03-20T20:00:00+08:00' }, '结束时间还没有到'],
    ['at night', { actualStart: '2026-03-20T02:00:00+08:00', actualEnd: '2026-03-20T03:00:00+08:00' }, '夜里 2 点'],
    ['another day', { plannedStart: '2026-03-18T19:30:00+08:00' }, '不是同一天'],
    ['no place', { place: '' }, '没有写地点'],
    ['nobody signed', { hostSigned: false }, '主持人李阿普还没有签名'],
    ['absent without a reason', { roster: [{ name: '普阿诺', state: 'ABSENT' }] }, '普阿诺没有到会'],
    [
      'fewer items than it counts as',
      { segments: [...plain.segments, { zh: '主题党日', en: 'theme day' }] },
      '合开了支部党员大会、主题党日，议题却只有 1 项',
    ],
  ])('%s', (_what, more, said) => {
    const advice = recordAdvice({ ...plain, ...more }, nowhere)
    expect(advice.map(({ sentence }) => sentence.zh).join()).toContain(said)
    // A sentence to think about, never a measure of somebody.
    for (const { sentence } of advice) expect(sentence.zh).not.toMatch(/%|分数|得分|相似度/)
  })

  test('knows a text again with other stops, and does not mistake another one for it', () => {
    const own = `${plain.minutes}\n${plain.agenda[0]?.note ?? ''}`
    const said = (text: string) =>
      recordAdvice(plain, earlier(text)).map(({ sentence }) => sentence.zh.includes('几乎一样') || sentence.zh.includes('一模一样'))
    expect(said(own.replaceAll('，', '、'))).toEqual([true])
    expect(said(own.replace('两公里三', '两公里'))).toEqual([true])
    expect(said('集中学习，讨论了春耕互助组的分工，三组各出两头牛，先帮缺劳力的两户。')).toEqual([])
  })
})

describe('a proposed end', () => {
  test.each([
    ['planned and past', '2026-03-20T21:00:00+08:00', '2026-03-20T22:00:00+08:00', '2026-03-20T13:00:00.000Z'],
    ['planned and still to come', '2026-03-20T21:00:00+08:00', '2026-03-20T20:10:00+08:00', '2026-03-20T12:10:00.000Z'],
    ['not planned', null, '2026-03-21T08:00:00+08:00', '2026-03-20T13:00:00.000Z'],
    ['just begun', null, '2026-03-20T19:30:20+08:00', '2026-03-20T11:31:00.000Z'],
  ])('%s', (_what, planned, now, end) => {
    expect(proposedEnd('2026-03-20T19:30:00+08:00', planned, now)).toBe(end)
  })
})

describe('a vote while it is typed', () => {
  const roster = Array.from({ length: 11 }, (_, n) => ({ state: n < 9 ? 'PRESENT_ONSITE' : 'LEAVE', expected: true, hasVote: true }))
  const cast = { kind: 'ORDINARY', ballot: 'HANDS', agree: 6, against: 2, abstain: 1, writtenOpinions: 0, papers: null } as const

  test('passes by more than half of those expected; of a committee by its own rule', () => {
    const heads = headsOf(roster)
    expect(judgeVote(cast, heads)).toMatchObject({ passed: true, eligible: 11, present: 9, ruleId: 'MEET-GENERAL-Q' })
    expect(judgeVote({ ...cast, agree: 5 }, heads)).toMatchObject({ passed: false })
    expect(judgeVote(cast, heads, true)).toMatchObject({ passed: true, ruleId: 'MEET-COMMITTEE-PASS' })
  })

  test('does not add up when more came back than was given, or more was cast than came back', () => {
    const heads = headsOf(roster)
    const secret = { ...cast, ballot: 'SECRET_PAPER' } as const
    expect(votesAmiss({ ...secret, papers: { given: 9, returned: 9, invalid: 0 } }, heads)).toBeUndefined()
    expect(votesAmiss({ ...secret, papers: { given: 8, returned: 9, invalid: 0 } }, heads)?.sentence.zh).toContain('投票无效')
    expect(votesAmiss({ ...secret, papers: { given: 9, returned: 9, invalid: 1 } }, heads)?.field).toBe('papers')
    expect(votesAmiss({ ...cast, agree: 7, against: 3 }, heads)?.field).toBe('agree')
  })
})
