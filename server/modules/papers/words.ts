/** The field's words and dates as they stand on paper. Paper is Chinese, whatever language the pages are read in. */
import type { z } from 'zod'
import type { Gathering as GatheringShape } from '#contract/meetings'
import type { dutyStates } from '#contract/duties'
import { dayOf as dayOfDate } from '#rules'

export type Gathering = z.output<typeof GatheringShape>
type Of<Key extends string> = Readonly<Record<Key, string>>

export const kinds: Of<Gathering['segments'][number]['kind']> = {
  GENERAL_MEETING: '支部党员大会',
  COMMITTEE_MEETING: '支部委员会会议',
  GROUP_MEETING: '党小组会',
  PARTY_LECTURE: '党课',
  THEME_DAY: '主题党日',
  ORG_LIFE_MEETING: '组织生活会',
  DEMOCRATIC_REVIEW: '民主评议党员',
}
export const states: Of<Gathering['state']> = {
  PLANNED: '已安排',
  NOTIFIED: '已通知',
  IN_PROGRESS: '进行中',
  DRAFT_MINUTES: '待确认',
  CONFIRMED: '已确认',
  ARCHIVED: '已归档',
  CANCELLED: '已取消',
  POSTPONED: '已延期',
}
export const modes: Of<Gathering['mode']> = { ONSITE: '现场', HYBRID: '现场和线上', ONLINE: '线上' }
export const leaveReasons: Of<NonNullable<Gathering['roster'][number]['leaveReason']>> = {
  ILLNESS: '生病',
  WORK_DUTY: '工作',
  TRAVEL: '外出',
  FAMILY: '家事',
  AGE_OR_DISABILITY: '年老或行动不便',
  BORDER_PATROL: '巡边',
  FLOATING: '流动在外',
  OTHER: '其他',
}
export const capacities: Of<Gathering['roster'][number]['capacity']> = {
  MEMBER: '正式党员',
  PROBATIONARY: '预备党员',
  FLOW_IN: '流入党员',
  OBSERVER: '列席',
  LEADER: '上级领导',
}
export const ballots: Of<Gathering['resolutions'][number]['ballot']> = {
  VOICE: '口头表决',
  HANDS: '举手表决',
  SECRET_PAPER: '无记名投票',
}
export const duties: Of<(typeof dutyStates)[number]> = {
  NOT_APPLICABLE: '不适用',
  UPCOMING: '未到期',
  DUE_SOON: '快到期',
  MET: '已完成',
  MET_LATE_ENTRY: '已补录',
  MISSED: '逾期',
  EXEMPT: '已批准例外',
}
export const amended: Of<'title' | 'place' | 'minutes'> = { title: '名称', place: '地点', minutes: '记录' }

/** 支部党员大会、主题党日 — the kinds of a gathering in the order of its segments. */
export const kindsOf = ({ segments }: Pick<Gathering, 'segments'>): string => segments.map(({ kind }) => kinds[kind]).join('、')

/** Confirmed, so that it can no longer change unseen. */
export const isSettled = ({ state }: Pick<Gathering, 'state'>): boolean => state === 'CONFIRMED' || state === 'ARCHIVED'

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** 2026年11月5日. @param day `YYYY-MM-DD` */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** The day of a moment in Asia/Shanghai, `YYYY-MM-DD`. */
export const dayOfMoment = (moment: string): string => dayOfDate(new Date(moment))

/** 19:30. */
export const timeOf = (moment: string): string => new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(11, 16)

/** 2026年11月5日（星期四）. */
export function dateOf(moment: string): string {
  const day = dayOfMoment(moment)
  return `${dayInWords(day)}（星期${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}）`
}

/** 2026年11月5日（星期四）19:30至21:00. */
export function spanOf(from: string, until: string | null): string {
  const start = `${dateOf(from)}${timeOf(from)}`
  if (until === null) return start
  return dayOfMoment(until) === dayOfMoment(from) ? `${start}至${timeOf(until)}` : `${start}至${dateOf(until)}${timeOf(until)}`
}

/** The day it counts for: on which it was held, or is to be. */
export const dayOf = ({ heldOn, plannedStart }: Pick<Gathering, 'heldOn' | 'plannedStart'>): string => heldOn ?? dayOfMoment(plannedStart)

/** A sentence of the platform as it is printed: no space between Chinese and a number. */
export const tight = (sentence: string): string =>
  sentence.replaceAll(/(?<=[\p{Script=Han}（，；。]) (?=\d)|(?<=\d) (?=\p{Script=Han})/gu, '')

/** A name for a file, without what a file system refuses, never too long. */
export const fileName = (parts: readonly string[], ending: string): string =>
  `${parts
    .map((part) => part.replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ').trim())
    .filter((part) => part !== '')
    .join('_')
    .slice(0, 100)}.${ending}`
