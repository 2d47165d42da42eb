/** Dates of a member that must agree with one another and with the stage (domain: modelling trap 5). */
import type { putMember } from '#contract/members'
import type { BodyOf } from '#contract/operation'
import { DomainError } from '#platform'

type Input = BodyOf<typeof putMember>
type Disagreement = readonly [wrong: boolean, field: keyof Input, zh: string, en: string]

/** @param today the legal date, Asia/Shanghai. @throws DomainError DATES_DISAGREE naming every date that is wrong */
export function checkDates(input: Input, today: string): void {
  const { stage, bornOn, joinedOn, fullMemberOn, contact, lostContactSince } = input
  const isMember = stage === 'FULL' || stage === 'PROBATIONARY'
  const all: readonly Disagreement[] = [
    [bornOn > today, 'bornOn', '出生日期不能晚于今天', 'the date of birth is in the future'],
    [isMember && joinedOn === null, 'joinedOn', '党员需要填写入党日期', 'a member needs the date of joining'],
    [joinedOn !== null && joinedOn <= bornOn, 'joinedOn', '入党日期应晚于出生日期', 'the date of joining must be after birth'],
    [joinedOn !== null && joinedOn > today, 'joinedOn', '入党日期不能晚于今天', 'the date of joining is in the future'],
    [stage === 'FULL' && fullMemberOn === null, 'fullMemberOn', '正式党员需要填写转正日期', 'a full member needs the date of becoming one'],
    [
      stage === 'PROBATIONARY' && fullMemberOn !== null,
      'fullMemberOn',
      '预备党员还没有转正日期，请删去',
      'a member on probation has no such date yet',
    ],
    [
      fullMemberOn !== null && fullMemberOn > today,
      'fullMemberOn',
      '转正日期不能晚于今天',
      'the date of becoming a full member is in the future',
    ],
    [
      joinedOn !== null && fullMemberOn !== null && fullMemberOn < joinedOn,
      'fullMemberOn',
      '转正日期不能早于入党日期',
      'a member cannot become full before joining',
    ],
    [
      contact === 'IN_CONTACT' && lostContactSince !== null,
      'lostContactSince',
      '未失联的党员不填失去联系日期',
      'only a member who lost contact has that date',
    ],
    [
      contact === 'LOST_CONTACT' && lostContactSince === null,
      'lostContactSince',
      '失联党员需要填写失去联系日期',
      'a member who lost contact needs the date',
    ],
    [
      lostContactSince !== null && lostContactSince > today,
      'lostContactSince',
      '失去联系日期不能晚于今天',
      'contact cannot be lost in the future',
    ],
  ]
  const wrong = all.filter(([isWrong]) => isWrong)
  const [first] = wrong
  if (first === undefined) return
  throw new DomainError('DATES_DISAGREE', {
    status: 400,
    sentence: { zh: `${first[2]}，请核对日期。`, en: `Please check the dates: ${first[3]}.` },
    fields: wrong.map(([, field, zh, en]) => ({ path: `body.${field}`, message: `${zh} / ${en}` })),
  })
}
