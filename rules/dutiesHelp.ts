/** What help would do for an organisation that did not manage something, seen from what it planned and held. No judgement, no number. */
import { type AboutPlan, isOpenRecord } from './dutiesWay.ts'
import type { Sentence } from './rule.ts'

/**
 * @param planned gatherings of the period that have the kind, whatever became of them
 * @param notValid one was held and confirmed, with too few people
 */
export function helpFor(kind: string | null, planned: readonly AboutPlan[], notValid: boolean): Sentence {
  if (kind === null) {
    return {
      zh: '派人指导，把该办的手续一起办了；确有困难的，可以报批延期或例外。',
      en: 'Send somebody to go through the steps with them; where it cannot be done, an extension or exception may be approved.',
    }
  }
  const unconfirmed = planned.find(({ state }) => isOpenRecord(state))
  if (unconfirmed !== undefined) {
    return {
      zh: `“${unconfirmed.title}”开过了，只差记录没有确认：帮助书记核对、确认。`,
      en: `“${unconfirmed.title}” was held, only its record is not confirmed: help to check and confirm it.`,
    }
  }
  if (notValid) {
    return {
      zh: '到会人数不足：帮助联系在外和年老体弱的党员线上参加，再开一次。',
      en: 'It was held with too few people: help to reach those away, old or ill, who may join online, and hold it again.',
    }
  }
  if (planned.length > 0) {
    return {
      zh: '安排过，没有开成：问一问难在哪里，一起定一个能到齐的日子。',
      en: 'It was planned and not held: ask what stood in the way, and find a day together on which people can come.',
    }
  }
  return {
    zh: '没有安排过：派人参加并帮助组织，也可以与邻近支部合开。',
    en: 'Nothing was planned: send somebody who takes part and helps, or hold it together with a neighbouring branch.',
  }
}
