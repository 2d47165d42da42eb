/** Given so many members with a vote, when so many come and so many agree, then — by tables, and by what must hold for any numbers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastCandidates } from './candidates.ts'
import { admissionQuorum, committeeQuorum, electionQuorum, electionWinner, meetingQuorum, resolution } from './quorum.ts'

describe('how many must come', () => {
  // n: with a vote · elect: four fifths · meet: half · pass: more than half · admit: more than half
  test.each([
    { n: 3, elect: 3, meet: 2, pass: 2, admit: 2 },
    { n: 5, elect: 4, meet: 3, pass: 3, admit: 3 },
    { n: 7, elect: 6, meet: 4, pass: 4, admit: 4 },
    { n: 11, elect: 9, meet: 6, pass: 6, admit: 6 },
    { n: 23, elect: 19, meet: 12, pass: 12, admit: 12 },
    { n: 24, elect: 20, meet: 12, pass: 13, admit: 13 },
    { n: 50, elect: 40, meet: 25, pass: 26, admit: 26 },
  ])('of $n: $elect to elect, $meet to meet, $pass to pass, $admit to admit', ({ n, elect, meet, pass, admit }) => {
    for (const [judge, need] of [
      [electionQuorum, elect],
      [meetingQuorum, meet],
      [committeeQuorum, meet],
      [admissionQuorum, admit],
    ] as const) {
      expect(judge({ eligible: n, present: need })).toMatchObject({ met: true, need, missing: 0 })
      expect(judge({ eligible: n, present: need - 1 })).toMatchObject({ met: false, need, missing: 1 })
    }
    expect(resolution({ eligible: n, agree: pass })).toMatchObject({ met: true, need: pass })
    expect(resolution({ eligible: n, agree: pass - 1 })).toMatchObject({ met: false, missing: 1 })
    expect(electionWinner({ eligible: n, present: n, agree: pass }).met).toBe(true)
    expect(electionWinner({ eligible: n, present: n, agree: pass - 1 }).met).toBe(false)
  })

  test('half is enough to meet and not enough to admit', () => {
    expect(meetingQuorum({ eligible: 24, present: 12 }).met).toBe(true)
    expect(admissionQuorum({ eligible: 24, present: 12 }).met).toBe(false)
  })

  test('without anybody to vote nothing is valid', () => {
    expect(meetingQuorum({ eligible: 0, present: 0 })).toMatchObject({
      met: false,
      sentence: { zh: '没有应到会有表决权的党员，会议无效，不能表决。《中国共产党支部工作条例（试行）》第十一条' },
    })
  })
})

describe('the sentence', () => {
  test('of a meeting with too few says by how many and by which article', () => {
    const { sentence, ruleId, ruleVersion } = meetingQuorum({ eligible: 11, present: 5 })
    expect(sentence).toEqual({
      zh: '应到会有表决权的党员11人，实到5人，须有6人（半数以上：5×2＜11），还差1人：会议无效，不能表决。《中国共产党支部工作条例（试行）》第十一条',
      en: '5 of 11 members with a vote are present, 6 are needed (at least half: 5×2＜11), 1 missing: the meeting is not valid and cannot vote. 《中国共产党支部工作条例（试行）》 Art. 11',
    })
    expect([ruleId, ruleVersion]).toEqual(['MEET-GENERAL-Q', expect.stringMatching(/^1-[0-9a-f]{8}$/)])
  })

  test('of a valid meeting does the sum again', () => {
    expect(meetingQuorum({ eligible: 11, present: 6 }).sentence.zh).toBe(
      '应到会有表决权的党员11人，实到6人，须有6人（半数以上：6×2≥11），达到法定人数。《中国共产党支部工作条例（试行）》第十一条',
    )
  })

  test('of a committee names its members', () => {
    expect(committeeQuorum({ eligible: 5, present: 2 }).sentence.zh).toBe(
      '应到会的委员5人，实到2人，须有3人（半数以上：2×2＜5），还差1人：会议无效，不能作出决定。《中国共产党支部工作条例（试行）》第十二条',
    )
  })

  test('of an admission says 超过半数', () => {
    expect(admissionQuorum({ eligible: 24, present: 12 }).sentence.zh).toBe(
      '应到会有表决权的党员24人，实到12人，须有13人（超过半数：12×2≤24），还差1人：会议无效，不能讨论接收和转正。《中国共产党发展党员工作细则》第二十条',
    )
  })

  test('of an election says four fifths and prints no article, since none is verified', () => {
    expect(electionQuorum({ eligible: 11, present: 8 }).sentence.zh).toBe(
      '应到会有选举权的党员11人，实到8人，须有9人（五分之四以上：8×5＜11×4），还差1人：不能进行选举。《中国共产党基层组织选举工作条例》',
    )
  })

  test('of a vote counts by those expected, not by those who came', () => {
    expect(resolution({ eligible: 11, agree: 5 }).sentence.zh).toBe(
      '应到会有表决权的党员11人，赞成5票，须有6票（超过半数：5×2≤11），还差1票，决议没有通过。《中国共产党支部工作条例（试行）》第十一条',
    )
    expect(electionWinner({ eligible: 11, present: 9, agree: 5 }).sentence.zh).toBe(
      '应到会有选举权的党员11人，赞成5票，须有6票（超过半数：5×2≤11），还差1票，没有当选。《中国共产党基层组织选举工作条例》',
    )
    expect(resolution({ eligible: 11, agree: 6, kind: 'ADMISSION' }).sentence.zh).toBe(
      '应到会有表决权的党员11人，赞成6票，须有6票（超过半数：6×2＞11），决议通过。《中国共产党发展党员工作细则》',
    )
  })
})

describe('差额', () => {
  test.each([
    { seats: 1, need: 2 },
    { seats: 3, need: 4 },
    { seats: 5, need: 6 },
    { seats: 7, need: 9 },
    { seats: 10, need: 12 },
  ])('for $seats seats $need candidates', ({ seats, need }) => {
    expect(leastCandidates(seats)).toMatchObject({
      need,
      sentence: { zh: `应选${seats}人，候选人差额不少于20%，至少提名${need}人。《中国共产党基层组织选举工作条例》` },
    })
  })
})

describe('for any numbers', () => {
  const heads = fc.integer({ min: 0, max: 100_000 })
  const quorums = fc.constantFrom(meetingQuorum, committeeQuorum, admissionQuorum, electionQuorum)

  test('one more never makes a valid meeting invalid, and one more expected never makes an invalid one valid', () => {
    fc.assert(
      fc.property(heads, heads, quorums, (eligible, present, judge) => {
        const { met } = judge({ eligible, present })
        expect(!met || judge({ eligible, present: present + 1 }).met).toBe(true)
        expect(met || eligible === 0 || !judge({ eligible: eligible + 1, present }).met).toBe(true)
      }),
    )
  })

  test('the number needed is the smallest that is enough, and is reached when all come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), quorums, (eligible, judge) => {
        const { need } = judge({ eligible, present: 0 })
        expect(need).toBeLessThanOrEqual(eligible)
        expect(judge({ eligible, present: need }).met).toBe(true)
        expect(judge({ eligible, present: need - 1 }).met).toBe(false)
      }),
    )
  })

  test('the four tests are ordered: who may elect may admit, who may admit may meet', () => {
    fc.assert(
      fc.property(heads, heads, (eligible, present) => {
        const counted = { eligible, present: Math.min(present, eligible) }
        expect(!electionQuorum(counted).met || admissionQuorum(counted).met).toBe(true)
        expect(!admissionQuorum(counted).met || meetingQuorum(counted).met).toBe(true)
      }),
    )
  })

  test('they agree with the fractions of the regulations in whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), heads, (eligible, n) => {
        expect(meetingQuorum({ eligible, present: n }).met).toBe(n * 2 >= eligible && n > 0)
        expect(admissionQuorum({ eligible, present: n }).met).toBe(n * 2 > eligible)
        expect(electionQuorum({ eligible, present: n }).met).toBe(n * 5 >= eligible * 4)
        expect(resolution({ eligible, agree: n }).met).toBe(n * 2 > eligible)
      }),
    )
  })

  test('the denominator is who is expected: how many came changes no vote', () => {
    fc.assert(
      fc.property(heads, heads, heads, heads, (eligible, agree, some, others) => {
        expect(electionWinner({ eligible, present: some, agree }).met).toBe(electionWinner({ eligible, present: others, agree }).met)
      }),
    )
  })
})
