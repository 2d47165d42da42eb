/** Days of the regulations, each with its sentence. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, addYears, dayOf, daysFrom, isDay } from './dates.ts'
import { probationEnds, probationExtendedUntil, remindOn, removalFrom, suspensionFrom, talkBy, targetFrom } from './deadlines.ts'
import { correctionNoticeBy, decisionBy } from './licence.ts'

describe('development of members', () => {
  test('the talk comes within a month of the application, the last day of a shorter month', () => {
    expect(talkBy('2025-01-31')).toMatchObject({
      day: '2025-02-28',
      sentence: { zh: '2025-01-31递交入党申请书，1个月内派人谈话，最迟2025-02-28。《中国共产党发展党员工作细则》' },
    })
  })

  test('an activist is trained for a year', () => {
    expect(targetFrom('2025-03-10')).toMatchObject({
      day: '2026-03-10',
      sentence: { zh: '2025-03-10确定为入党积极分子，培养教育考察至少1年，最早2026-03-10可以列为发展对象。《中国共产党发展党员工作细则》' },
    })
  })

  test('probation runs from the admission meeting, and may be extended once', () => {
    expect(probationEnds('2026-06-30')).toMatchObject({
      day: '2027-06-30',
      sentence: { zh: '预备期1年，从2026-06-30支部大会通过之日算起，到2027-06-30止。《中国共产党发展党员工作细则》' },
    })
    expect(probationExtendedUntil('2026-06-30')).toMatchObject({
      earliest: '2027-12-30',
      latest: '2028-06-30',
      sentence: {
        zh: '预备期到2027-06-30止，可以延长一次，不少于6个月、不超过12个月，即延长到2027-12-30至2028-06-30之间。《中国共产党发展党员工作细则》',
      },
    })
  })
})

describe('membership', () => {
  test('may be stopped six months after the last contact', () => {
    expect(suspensionFrom('2026-01-15')).toMatchObject({
      day: '2026-07-15',
      sentence: {
        zh: '最后一次联系在2026-01-15，失联满6个月、查找无果的，从2026-07-15起可以停止党籍。《中国共产党党员教育管理工作条例》第二十四条',
      },
    })
  })

  test('may end by removal two years after it was stopped', () => {
    expect(removalFrom('2026-08-01')).toMatchObject({
      day: '2028-08-01',
      sentence: {
        zh: '2026-08-01停止党籍，满2年仍无法联系的，从2028-08-01起可以按自行脱党除名。《中国共产党党员教育管理工作条例》第二十四条',
      },
    })
  })
})

test('a term of office is called to mind six months before its end', () => {
  expect(remindOn('2029-05-20')).toMatchObject({
    day: '2028-11-20',
    sentence: { zh: '任期至2029-05-20届满，提前6个月、从2028-11-20起提醒换届。《中国共产党支部工作条例（试行）》' },
  })
})

describe('the clock of a licence', () => {
  test('silence for five working days is acceptance on the day of receipt', () => {
    expect(correctionNoticeBy('2026-03-02')).toMatchObject({
      day: '2026-03-09',
      elseAcceptedOn: '2026-03-02',
      sentence: {
        zh: '2026-03-02收到材料，5个工作日内一次告知补正，最迟2026-03-09；逾期不告知的，自2026-03-02起即为受理。《行政许可法》',
      },
    })
  })

  test('the decision is due after twenty working days', () => {
    expect(decisionBy('2026-03-02')).toMatchObject({
      day: '2026-03-30',
      sentence: { zh: '2026-03-02受理，20个工作日内作出决定，最迟2026-03-30。《行政许可法》第四十二条' },
    })
  })

  test('holidays do not count and make-up Saturdays do', () => {
    // 2025: 1–8 October are holidays, Saturday 11 October is worked.
    expect(correctionNoticeBy('2025-09-30').day).toBe('2025-10-14')
  })

  test('a year whose holidays are not published yet is counted by weekends, and the sentence says so', () => {
    const { day, sentence } = decisionBy('2035-03-01')
    expect(day).toBe('2035-03-29')
    expect(sentence.zh).toContain('2035年节假日安排尚未公布，按周末推算')
  })
})

describe('dates', () => {
  test('are those of Asia/Shanghai, whatever the clock of the server', () => {
    expect(dayOf(new Date('2026-03-31T15:59:59Z'))).toBe('2026-03-31')
    expect(dayOf(new Date('2026-03-31T16:00:00Z'))).toBe('2026-04-01')
  })

  test('clamp to the last day of a shorter month and keep the day otherwise', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2025-01-31', -2)).toBe('2024-11-30')
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(daysFrom('2026-03-01', '2026-03-31')).toBe(31)
  })

  test('that are no days are refused', () => {
    for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '', '1900-02-29']) {
      expect(isDay(day)).toBe(false)
      expect(() => addMonths(day, 1)).toThrow(RangeError)
    }
  })

  test('any real day survives there and back, and months never leave their month', () => {
    const days = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1950-01-01', n))
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (day, n) => {
        expect(isDay(day)).toBe(true)
        expect(addDays(addDays(day, n), -n)).toBe(day)
        const moved = addMonths(day, n)
        expect(isDay(moved)).toBe(true)
        const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(months(moved) - months(day)).toBe(n)
        expect(Number(moved.slice(8))).toBeLessThanOrEqual(Number(day.slice(8)))
      }),
    )
  })
})
