/** Kinds of organisations: what each may stand under and whether members belong to it directly (domain: organisation types). */
import type { organisationKinds } from '#contract/organisations'
import type { Sentence } from '#platform'

export type Kind = (typeof organisationKinds)[number]

interface KindOf extends Sentence {
  /** Kinds that may be its direct superior. */
  under: readonly Kind[]
  /** Members belong to it directly. */
  holdsMembers: boolean
  /** Its committee is elected for a term; otherwise leaders are appointed. */
  elects: boolean
}

const committees: readonly Kind[] = ['LOCAL_COMMITTEE', 'WORK_COMMITTEE', 'GRASSROOTS_COMMITTEE']
const aboveBranches: readonly Kind[] = [...committees, 'GENERAL_BRANCH', 'FLOATING_ORG']

export const kinds: Record<Kind, KindOf> = {
  LOCAL_COMMITTEE: { zh: '地方委员会', en: 'local committee', under: ['LOCAL_COMMITTEE'], holdsMembers: false, elects: true },
  ORG_DEPT: { zh: '组织部', en: 'organisation department', under: ['LOCAL_COMMITTEE'], holdsMembers: false, elects: false },
  WORK_COMMITTEE: { zh: '党工委', en: 'work committee', under: ['LOCAL_COMMITTEE', 'WORK_COMMITTEE'], holdsMembers: false, elects: false },
  PARTY_GROUP: { zh: '党组', en: 'leading group', under: ['LOCAL_COMMITTEE', 'WORK_COMMITTEE'], holdsMembers: false, elects: false },
  GRASSROOTS_COMMITTEE: { zh: '基层党委', en: 'grassroots committee', under: committees, holdsMembers: false, elects: true },
  GENERAL_BRANCH: { zh: '党总支', en: 'general branch', under: committees, holdsMembers: false, elects: true },
  BRANCH: { zh: '党支部', en: 'branch', under: aboveBranches, holdsMembers: true, elects: true },
  JOINT_BRANCH: { zh: '联合党支部', en: 'joint branch', under: aboveBranches, holdsMembers: true, elects: true },
  TEMP_BRANCH: { zh: '临时党支部', en: 'temporary branch', under: aboveBranches, holdsMembers: true, elects: false },
  FLOATING_ORG: { zh: '流动党员党组织', en: 'organisation of floating members', under: aboveBranches, holdsMembers: true, elects: true },
  GROUP: {
    zh: '党小组',
    en: 'group',
    under: ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG'],
    holdsMembers: false,
    elects: false,
  },
}

/** The reason why this kind cannot stand under that one, or undefined when it can. */
export function misplaced(kind: Kind, superior: Kind): Sentence | undefined {
  if (kinds[kind].under.includes(superior)) return undefined
  return {
    zh: `${kinds[kind].zh}不能设在${kinds[superior].zh}之下，请选择合适的上级党组织。`,
    en: `A ${kinds[kind].en} cannot stand under a ${kinds[superior].en}; choose another superior.`,
  }
}
