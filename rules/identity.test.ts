/** Numbers of impossible persons, born in 1900. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIdentityNumber } from './identity.ts'

const reason = (number: string) => {
  const verdict = checkIdentityNumber(number)
  return verdict.ok ? undefined : verdict.reason.zh
}

describe('an identity number', () => {
  test.each(['530000190001010002', '530000190001010010'])('%s is right', (number) => {
    expect(checkIdentityNumber(number)).toEqual({ ok: true })
  })

  test('with a right check character and an impossible day is refused for its day', () => {
    expect(checkIdentityNumber('530628190002290025')).toEqual({
      ok: false,
      reason: {
        zh: '公民身份号码第7至14位是出生日期，但1900-02-29不是真实的日期，请核对（GB 11643-1999）。',
        en: 'Characters 7 to 14 are a date of birth, and 1900-02-29 is not a day (GB 11643-1999).',
      },
    })
  })

  test('says what the last character should be', () => {
    expect(reason('530000190001010003')).toBe('公民身份号码末位应为2，现在是3，至少有一位写错，请核对（GB 11643-1999）。')
  })

  test('says how long it is, and which characters it may have', () => {
    expect(reason('53000019000101000')).toContain('应为18位，现在是17位')
    expect(reason('53000019000101000x')).toContain('末位为数字或大写X')
    expect(reason('5300001900O1010002')).toContain('前17位应为数字')
  })

  test('with one digit changed is never right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (place, more) => {
        const number = '530000190001010002'
        const other = (Number(number[place]) + more) % 10
        expect(checkIdentityNumber(`${number.slice(0, place)}${other}${number.slice(place + 1)}`).ok).toBe(false)
      }),
    )
  })
})
