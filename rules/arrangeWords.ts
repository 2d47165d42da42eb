/** How a proposed gathering is called, what it may be about, and why it is proposed, in words. */
import type { MeetingKind } from './arrangeNeeds.ts'
import { cite } from './cite.ts'
import { shortDay } from './dates.ts'
import { nameOfPeriod, type Per } from './periods.ts'
import type { Sentence } from './rule.ts'

const names: Record<MeetingKind, Sentence> = {
  THEME_DAY: { zh: '主题党日', en: 'theme day' },
  GENERAL_MEETING: { zh: '支部党员大会', en: 'general meeting' },
  PARTY_LECTURE: { zh: '党课', en: 'party lecture' },
  ORG_LIFE_MEETING: { zh: '组织生活会', en: 'organisational-life meeting' },
  DEMOCRATIC_REVIEW: { zh: '民主评议党员', en: 'democratic review' },
  COMMITTEE_MEETING: { zh: '支委会', en: 'committee meeting' },
  GROUP_MEETING: { zh: '党小组会', en: 'group meeting' },
}

/** What is commonly on the agenda: a beginning that the secretary changes. */
const agendas: Record<MeetingKind, readonly Sentence[]> = {
  THEME_DAY: [
    { zh: '集中学习', en: 'Study together' },
    { zh: '民主议事', en: 'Talk over the affairs of the branch' },
    { zh: '志愿服务', en: 'Voluntary work' },
  ],
  GENERAL_MEETING: [
    { zh: '支委会报告本季度工作', en: 'The committee reports on the quarter' },
    { zh: '讨论需要表决的事项', en: 'Matters to be voted on' },
  ],
  PARTY_LECTURE: [{ zh: '党课', en: 'Lecture' }],
  ORG_LIFE_MEETING: [
    { zh: '通报上次整改情况', en: 'What became of the last list of corrections' },
    { zh: '批评和自我批评', en: 'Criticism and self-criticism' },
    { zh: '列出整改清单', en: 'List what is to be corrected' },
  ],
  DEMOCRATIC_REVIEW: [
    { zh: '个人自评、党员互评', en: 'Reviews by oneself and by each other' },
    { zh: '民主测评', en: 'Ballot' },
  ],
  COMMITTEE_MEETING: [
    { zh: '研究本月重点工作', en: 'The work of the month' },
    { zh: '商定党员大会和主题党日的议题', en: 'Agree on the agenda of the meetings of all' },
  ],
  GROUP_MEETING: [
    { zh: '传达支部安排', en: 'Pass on what the branch has planned' },
    { zh: '汇报思想和工作', en: 'Report on thoughts and work' },
  ],
}

export const agendaFor = (kinds: readonly MeetingKind[]): Sentence[] => kinds.flatMap((kind) => agendas[kind])

/** 12月主题党日、支部党员大会. */
export function titleFor(kinds: readonly MeetingKind[], day: string): Sentence {
  const month = Number(day.slice(5, 7))
  return {
    zh: `${month}月${kinds.map((kind) => names[kind].zh).join('、')}`,
    en: `${kinds.map((kind) => names[kind].en).join(' and ')}, ${day.slice(0, 7)}`,
  }
}

/** A duty as a sentence names it: 第四季度支部党员大会. */
function named(kind: MeetingKind, { period }: { period: string }): Sentence {
  const per: Per = period.length === 4 ? 'YEAR' : period.includes('Q') ? 'QUARTER' : 'MONTH'
  const when = nameOfPeriod({ per, id: period, start: '', end: '' })
  // The year goes without saying where a month or a quarter is named.
  const short = per === 'YEAR' ? when.zh : when.zh.slice('2026年'.length)
  return { zh: `${short}${names[kind].zh}`, en: `${names[kind].en} of ${when.en}` }
}

/** Where these duties come from, each document once: 《…》第十六条、第十一条. */
function sourcesOf(reasons: readonly Reason[]): Sentence {
  const cited = reasons.flatMap(({ duty }) => (duty === null ? [] : [cite(duty.ruleId)]))
  const gather = (citations: readonly string[], and: string) => {
    const byDocument = Map.groupBy(citations, (citation) => /^.*》/.exec(citation)?.[0] ?? citation)
    return [...byDocument]
      .map(
        ([document, of]) =>
          `${document}${[...new Set(of.map((each) => each.slice(document.length)))].filter((place) => place !== '').join(and)}`,
      )
      .join(and)
  }
  return {
    zh: gather(
      cited.map(({ zh }) => zh),
      '、',
    ),
    en: gather(
      cited.map(({ en }) => en),
      ',',
    ),
  }
}

export interface Reason {
  kind: MeetingKind
  duty: { ruleId: string; period: string } | null
}

/** Why it is proposed: what it meets with its articles, and why this day. */
export function whyGathering(reasons: readonly Reason[], because: Sentence): Sentence {
  const owed = reasons.flatMap(({ kind, duty }) => (duty === null ? [] : [named(kind, duty)]))
  const wished = reasons.flatMap(({ kind, duty }) => (duty === null ? [names[kind]] : []))
  const zh = [
    ...(owed.length === 0 ? [] : [`${owed.length > 1 ? '合开一次，完成' : '完成'}${owed.map((each) => each.zh).join('、')}`]),
    ...(wished.length === 0 ? [] : [`照惯例开展${wished.map((each) => each.zh).join('、')}`]),
    because.zh,
  ]
  const en = [
    ...(owed.length === 0 ? [] : [`${owed.length > 1 ? 'one gathering meets' : 'meets'} ${owed.map((each) => each.en).join(' and ')}`]),
    ...(wished.length === 0 ? [] : [`${wished.map((each) => each.en).join(' and ')} as usual`]),
    because.en,
  ]
  const source = sourcesOf(reasons)
  const by = source.zh === '' ? { zh: '', en: '' } : { zh: `依据：${source.zh}`, en: ` ${source.en}` }
  return { zh: `${zh.join('；')}。${by.zh}`, en: `${capital(en.join('; '))}.${by.en}` }
}

/** Why a kind is added to a gathering that is planned already. */
export function whyAddition(reasons: readonly Reason[], title: string, day: string): Sentence {
  return whyGathering(reasons, {
    zh: `加到${shortDay(day)}已安排的“${title}”里，不用另开一次`,
    en: `added to “${title}”, already planned for ${day}: no gathering more`,
  })
}

/** Why something cannot be arranged any more. */
export const whyUnmet = (reason: Reason, missing: number): Sentence => {
  const what = reason.duty === null ? names[reason.kind] : named(reason.kind, reason.duty)
  const source = sourcesOf([reason])
  return {
    zh: `${what.zh}还差${missing}次，剩下的日子排不下了：请补开后补录，或向上级说明。${source.zh}`,
    en: `${capital(what.en)}: ${missing} more than there are days left; hold it later as a late entry, or tell your superior. ${source.en}`,
  }
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
