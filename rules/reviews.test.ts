/** Given a branch at the end of its year: how many may be 优秀, who has still to talk with whom, and whose political birthday it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excellentQuota, gradeIsNoDecision, politicalBirthday, preparationSteps, talksAsked } from './reviews.ts'

describe('“优秀” for at most a third', () => {
  test.each([
    { members: 2, most: 0 },
    { members: 3, most: 1 },
    { members: 11, most: 3 },
    { members: 12, most: 4 },
    { members: 50, most: 16 },
  ])('of $members: $most', ({ members, most }) => {
    expect(excellentQuota(members, most)).toMatchObject({ met: true, most })
    expect(excellentQuota(members, most + 1)).toMatchObject({ met: false, most })
  })

  test('the sum stands in the sentence', () => {
    expect(excellentQuota(11, 4).sentence.zh).toBe(
      '参加评议11人，“优秀”一般不超过三分之一，即3人；现为4人（11＜4×3），多1人。《中国共产党支部工作条例（试行）》',
    )
    expect(excellentQuota(11, 3).sentence.zh).toContain('11≥3×3')
  })

  test('for any branch the most is within a third and one more is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (members) => {
        const { most } = excellentQuota(members, 0)
        expect(most * 3 <= members && (most + 1) * 3 > members).toBe(true)
      }),
    )
  })
})

describe('谈心谈话', () => {
  const members = ['李', '白', '普', '王'].map((name) => ({ memberId: name, name }))
  const committee = new Set(['李', '白'])
  const metOf = (talks: [string, string][]) => talksAsked(members, committee, talks).map(({ met }) => met)

  test('each pair of the committee, each member with one of it, each member with another', () => {
    expect(metOf([])).toEqual([false, false, false])
    expect(metOf([['白', '李']])).toEqual([true, false, false])
    expect(
      metOf([
        ['普', '李'],
        ['白', '王'],
        ['王', '普'],
      ]),
    ).toEqual([false, true, true])
  })

  test('says by name who has not, and never how often anybody has', () => {
    const [, withMembers] = talksAsked(members, committee, [['普', '李']])
    expect(withMembers?.sentence.zh).toBe('委员和党员之间每年一般不少于1次：王还没有谈。《中国共产党支部工作条例（试行）》')
  })

  test('asks nothing of those who have nobody to talk with', () => {
    expect(talksAsked([{ memberId: 'a', name: 'a' }], new Set(), []).every(({ met }) => met)).toBe(true)
  })
})

test('the political birthday is the anniversary of joining, from the first year on', () => {
  expect(politicalBirthday('2005-07-01', '2026-07')).toEqual({ day: '2026-07-01', years: 21 })
  expect(politicalBirthday('2004-02-29', '2026-02')).toEqual({ day: '2026-02-28', years: 22 })
  expect(politicalBirthday('2005-07-01', '2026-08')).toBeUndefined()
  expect(politicalBirthday('2026-07-01', '2026-07')).toBeUndefined()
})

test('preparing and grading are what the rules say', () => {
  expect(preparationSteps()).toEqual(['STUDY', 'TALKS', 'OPINIONS', 'SELF_CHECK'])
  expect(gradeIsNoDecision().sentence.zh).toContain('《中国共产党不合格党员组织处置办法》')
})
