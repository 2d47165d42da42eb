/**
 * 公民身份号码: shape, date and check character. A right number proves nothing about a person, and nothing is derived from it:
 * the region may be a historical one (trap 23). Source: GB 11643-1999, check by ISO 7064 MOD 11-2.
 */
import { isDay } from './dates.ts'
import type { Sentence } from './rule.ts'

export type IdentityVerdict = { ok: true } | { ok: false; reason: Sentence }

const source = 'GB 11643-1999'
const wrong = (zh: string, en: string): IdentityVerdict => ({ ok: false, reason: { zh: `${zh}（${source}）。`, en: `${en} (${source}).` } })

/** Checks in the order in which a person can put it right: length, characters, date, check character. */
export function checkIdentityNumber(number: string): IdentityVerdict {
  if (number.length !== 18) {
    return wrong(
      `公民身份号码应为18位，现在是${number.length}位，请补全或删去多余的字`,
      `An identity number has 18 characters, this one has ${number.length}`,
    )
  }
  if (!/^\d{17}[\dX]$/.test(number)) {
    return wrong('公民身份号码前17位应为数字，末位为数字或大写X，请核对', 'The first 17 characters must be digits, the last a digit or X')
  }
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(day)) {
    return wrong(
      `公民身份号码第7至14位是出生日期，但${day}不是真实的日期，请核对`,
      `Characters 7 to 14 are a date of birth, and ${day} is not a day`,
    )
  }
  const check = checkCharacter(number.slice(0, 17))
  if (check !== number[17]) {
    return wrong(
      `公民身份号码末位应为${check}，现在是${number[17]}，至少有一位写错，请核对`,
      `The last character should be ${check}, not ${number[17]}: at least one is wrong`,
    )
  }
  return { ok: true }
}

/** ISO 7064 MOD 11-2: each digit is added and the sum doubled, modulo 11; what is missing to 12 is the check, 10 written X. */
export function checkCharacter(digits: string): string {
  const sum = digits.split('').reduce((sofar, digit) => ((sofar + Number(digit)) * 2) % 11, 0)
  const value = (12 - sum) % 11
  return value === 10 ? 'X' : String(value)
}
