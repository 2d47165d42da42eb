import { expect, test } from 'vitest'
import { inHours, learningOf, minutesThatCount } from './study.ts'

const lessons = (n: number, minutes: number, training = false) => Array.from({ length: n }, () => ({ minutes, training }))

test('a member is told what is missing of 32, and in the years after that it stayed less', () => {
  const now = learningOf(lessons(12, 90), false, '2026', '2026-11-25')
  expect(now).toMatchObject({ tenths: 180, requiredTenths: 320, missingTenths: 140, ruleId: 'EDU-HOURS-MEMBER' })
  expect(now.sentence.zh).toContain('还差14学时')
  expect(learningOf(lessons(12, 90), false, '2026', '2027-01-01').sentence.zh).toContain('少14学时')
})

test('32 hours to the minute are reached, one minute less is not', () => {
  expect(learningOf(lessons(32, 60), false, '2026', '2026-12-31')).toMatchObject({ missingTenths: 0 })
  expect(learningOf([...lessons(31, 60), ...lessons(1, 59)], false, '2026', '2026-12-31')).toMatchObject({ tenths: 319, missingTenths: 1 })
})

test('who leads is asked for 56 and a training', () => {
  const alone = learningOf(lessons(56, 60), true, '2026', '2026-12-01')
  expect(alone).toMatchObject({ missingTenths: 0, trainingsMissing: 1 })
  expect(alone.sentence.zh).toContain('还差1次集中培训')
  expect(learningOf(lessons(56, 60, true), true, '2026', '2026-12-01').sentence.zh).toContain('已经达到')
})

test('a gathering never counts for longer than it lasted', () => {
  expect(minutesThatCount([{ minutes: 60 }, { minutes: 45 }], 90)).toBe(90)
  expect(minutesThatCount([{ minutes: 60 }], null)).toBe(60)
  expect(minutesThatCount([], 90)).toBe(0)
  expect([0, 5, 187, 320].map(inHours)).toEqual(['0', '0.5', '18.7', '32'])
})
