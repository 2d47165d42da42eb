/** What happened, in one sentence. Nobody is named. */
import type { segmentKinds } from '#contract/meetings'
import type { AboutGathering } from '#meetings'
import type { Event, Sentence } from '#platform'

const kindWords: Record<(typeof segmentKinds)[number], Sentence> = {
  GENERAL_MEETING: { zh: '支部党员大会', en: 'general meeting' },
  COMMITTEE_MEETING: { zh: '支部委员会会议', en: 'committee meeting' },
  GROUP_MEETING: { zh: '党小组会', en: 'group meeting' },
  PARTY_LECTURE: { zh: '党课', en: 'party lecture' },
  THEME_DAY: { zh: '主题党日', en: 'theme day' },
  ORG_LIFE_MEETING: { zh: '组织生活会', en: 'organisational life meeting' },
  DEMOCRATIC_REVIEW: { zh: '民主评议党员', en: 'democratic review' },
}

/** What is known about an event when it is told. */
export interface Told {
  event: Pick<Event, 'type' | 'data'>
  /** Everyday name of the organisation. */
  name: string
  gathering: AboutGathering | undefined
  /** Names of other organisations by id. */
  names: ReadonlyMap<string, string>
}

const said = (zh: string, en: string): Sentence => ({ zh, en })

/** `主题党日、党课“学习新党章”`; the title alone is enough where it says the kind. */
function titled(gathering: AboutGathering | undefined): Sentence {
  if (gathering === undefined) return said('活动', 'a gathering')
  const kinds = gathering.kinds.filter((kind) => !gathering.title.includes(kindWords[kind].zh))
  return said(
    `${kinds.map((kind) => kindWords[kind].zh).join('、')}“${gathering.title}”`,
    `${gathering.kinds.map((kind) => kindWords[kind].en).join(', ')} “${gathering.title}”`,
  )
}

type Teller = (told: Told, titled: Sentence) => Sentence

const other = ({ event, names }: Told, key: string) => names.get(String(event.data[key])) ?? ''

const tellers: Record<string, Teller> = {
  'meetings.gathering.notified': ({ name }, g) => said(`${name}通知${g.zh}`, `${name} announced ${g.en}`),
  'meetings.gathering.postponed': ({ name }, g) => said(`${name}推迟${g.zh}`, `${name} postponed ${g.en}`),
  'meetings.gathering.cancelled': ({ name }, g) => said(`${name}取消${g.zh}`, `${name} cancelled ${g.en}`),
  'meetings.gathering.started': ({ name }, g) => said(`${name}开始${g.zh}`, `${name} began ${g.en}`),
  'meetings.gathering.confirmed': ({ name, event }, g) =>
    said(
      `${name}确认${g.zh}，应到 ${Number(event.data.expected)} 人，实到 ${Number(event.data.present)} 人`,
      `${name} confirmed ${g.en}: ${Number(event.data.present)} of ${Number(event.data.expected)} expected came`,
    ),
  'meetings.gathering.archived': ({ name }, g) => said(`${name}归档${g.zh}`, `${name} filed ${g.en}`),
  'members.member.registered': ({ name }) => said(`${name}登记 1 名党员`, `${name} registered a member`),
  'organisations.organisation.created': ({ name }) => said(`${name}成立`, `${name} was founded`),
  'organisations.organisation.renamed': ({ name }) => said(`${name}启用新名称`, `${name} took its new name`),
  'organisations.organisation.moved': (told) =>
    said(`${told.name}改隶${other(told, 'newParentId')}`, `${told.name} now stands under ${other(told, 'newParentId')}`),
  'organisations.organisation.merged': (told) =>
    said(`${told.name}并入${other(told, 'into')}`, `${told.name} was merged into ${other(told, 'into')}`),
  'organisations.organisation.split': (told) =>
    said(`${told.name}分出${other(told, 'newId')}`, `${other(told, 'newId')} was split off ${told.name}`),
  'organisations.organisation.dissolved': ({ name }) => said(`${name}撤销`, `${name} was dissolved`),
}

/** Is this one of the things that are told? */
export const isTold = (type: string): boolean => type in tellers

/** The sentence. @throws Error for a type that is not told */
export function sentenceOf(told: Told): Sentence {
  const teller = tellers[told.event.type]
  if (teller === undefined) throw new Error(`${told.event.type} is not told`)
  return teller(told, titled(told.gathering))
}
