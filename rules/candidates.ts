/** 差额: how many candidates an election of committee members needs at least. */
import { cite } from './cite.ts'
import { count, type Ruled, rule, ruled } from './rule.ts'

/** At least a fifth more than there are seats, rounded up, and at least one more. Whole numbers: the ratio is read as a share of 100. */
export function leastCandidates(seats: number): { seats: number; need: number } & Ruled {
  const percent = Math.round(Number(rule('ELEC-SURPLUS').params['minRatio']) * 100)
  const hundredths = seats * (100 + percent)
  const ceiling = (hundredths - (hundredths % 100)) / 100 + (hundredths % 100 === 0 ? 0 : 1)
  const need = Math.max(seats + count('ELEC-SURPLUS', 'minExtra'), ceiling)
  const source = cite('ELEC-SURPLUS')
  const sentence = {
    zh: `应选${seats}人，候选人差额不少于${percent}%，至少提名${need}人。${source.zh}`,
    en: `${seats} seats, at least ${percent}% more candidates than seats: nominate ${need} or more. ${source.en}`,
  }
  return { seats, need, ...ruled('ELEC-SURPLUS', sentence) }
}
