/** The tests of the rules, such as `present*5>=eligible*4`, in whole numbers. */
import { inChinese } from './cite.ts'
import { type Sentence, wording } from './rule.ts'

/** `part × per ≥ whole × share` (or `>` when strict), read from the rule. */
export interface Fraction {
  strict: boolean
  per: number
  share: number
}

/** @throws Error when the rule states no such test */
export function fractionOf(ruleId: string, name: string): Fraction {
  const test = wording(ruleId, name)
  const match = /^[a-z]+(?:\*(\d+))?(>=|>)[a-z]+(?:\*(\d+))?$/.exec(test)
  if (match === null) throw new Error(`rules.json: ${ruleId} has a test that cannot be read: ${test}`)
  return { strict: match[2] === '>', per: Number(match[1] ?? 1), share: Number(match[3] ?? 1) }
}

/** The smallest part of `whole` that meets the fraction; at least one, because nobody decides nothing. */
export function leastOf(whole: number, { strict, per, share }: Fraction): number {
  const product = whole * share
  const floor = (product - (product % per)) / per
  return Math.max(1, strict || product % per !== 0 ? floor + 1 : floor)
}

/** 半数以上 · 超过半数 · 五分之四以上. */
export function inWords({ strict, per, share }: Fraction): Sentence {
  const [zh, en] = per === 2 && share === 1 ? ['半数', 'half'] : [`${inChinese(per)}分之${inChinese(share)}`, `${share}/${per}`]
  return strict ? { zh: `超过${zh}`, en: `more than ${en}` } : { zh: `${zh}以上`, en: `at least ${en}` }
}

/** 7×2＝14，不少于11 — the sum a person can do again. */
export function inSigns(part: number, whole: number, { strict, per, share }: Fraction): string {
  const [left, right] = [part * per, whole * share]
  const met = strict ? left > right : left >= right
  const sign = strict ? (met ? '＞' : '≤') : met ? '≥' : '＜'
  const side = (n: number, by: number) => (by === 1 ? `${n}` : `${n}×${by}`)
  return `${side(part, per)}${sign}${side(whole, share)}`
}
