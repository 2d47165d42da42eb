/** What the thresholds and terms say of an organisation on a day. They warn and become duties; they never block (approved exceptions count). */
import { cite } from './cite.ts'
import { remindOn } from './deadlines.ts'
import { count, type Sentence } from './rule.ts'

/** An organisation as far as the thresholds look at it. */
export interface Measured {
  kind: string
  units: readonly unknown[]
  establishedOn: string
  term: { startOn: string; nominalEndOn: string; extendedTo: string | null; seats: readonly { role: string }[] } | null
}

export interface Headcount {
  /** 正式党员. */
  full: number
  /** 正式 and 预备党员. */
  all: number
}

export interface OrganisationFinding {
  ruleId: string
  severity: 'WARN' | 'DUTY'
  sentence: Sentence
  excepted: boolean
}

/** A finding with the days it knows: from which it calls for something, and by which it should be done. */
export interface DatedFinding extends OrganisationFinding {
  since?: string
  by?: string
}

const branches = ['BRANCH', 'JOINT_BRANCH', 'FLOATING_ORG']
const elected = [...branches, 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE']
/** Seats that make a committee; a branch without one has a secretary and perhaps a deputy. */
export const committeeRoles: readonly string[] = ['组织委员', '宣传委员', '纪检委员', '委员']

/** Is there a 支部委员会 in office? */
const hasCommittee = (term: Measured['term']): boolean => term !== null && term.seats.some(({ role }) => committeeRoles.includes(role))

/** What is found. `exceptions` are those in force on the day. */
export function organisationFindings(
  organisation: Measured,
  counts: Headcount,
  exceptions: readonly { ruleId: string }[],
  today: string,
): OrganisationFinding[] {
  return datedFindings(organisation, counts, exceptions, today).map(({ ruleId, severity, sentence, excepted }) => ({
    ruleId,
    severity,
    sentence,
    excepted,
  }))
}

/** The same with the days, for the duties made of them. */
export function datedFindings(
  organisation: Measured,
  counts: Headcount,
  exceptions: readonly { ruleId: string }[],
  today: string,
): DatedFinding[] {
  const all = [
    ...size(organisation, counts),
    ...units(organisation),
    ...committee(organisation, counts),
    ...termOfOffice(organisation, today),
  ]
  return all.map(({ said, ...found }) => {
    const source = cite(found.ruleId)
    const excepted = exceptions.some(({ ruleId }) => ruleId === found.ruleId)
    const approved = excepted ? { zh: '（已经上级批准例外）', en: ' (excepted by the superior)' } : { zh: '', en: '' }
    const sentence = { zh: `${said.zh}${approved.zh}。${source.zh}`, en: `${said.en}${approved.en}. ${source.en}` }
    return { ...found, sentence, excepted }
  })
}

interface Found {
  ruleId: string
  severity: 'WARN' | 'DUTY'
  said: Sentence
  since?: string
  by?: string
}

/** Does any threshold look at how many members an organisation of this kind has? Those of `size` and of `committee` do. */
export const isSized = (kind: string): boolean => [...branches, 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE'].includes(kind)

function size({ kind }: Measured, { full, all }: Headcount): Found[] {
  const found: Found[] = []
  if (branches.includes(kind)) {
    const least = count('ORG-BRANCH-MIN', 'min')
    if (full < least) {
      const zh = `有正式党员${full}人，少于${least}人，还差${least - full}人：应与邻近单位成立联合党支部或调整设置`
      found.push({
        ruleId: 'ORG-BRANCH-MIN',
        severity: 'DUTY',
        said: { zh, en: `${full} full members, ${least - full} fewer than the ${least} of a branch: join or regroup it` },
      })
    }
    const most = count('ORG-BRANCH-MAX', 'max')
    if (all > most) {
      const zh = `有党员${all}人，超过一般不超过的${most}人：可以拆分支部或报上级批准`
      found.push({
        ruleId: 'ORG-BRANCH-MAX',
        severity: 'DUTY',
        said: { zh, en: `${all} members, generally at most ${most}: split it, or ask for approval` },
      })
    }
  }
  if (kind === 'GENERAL_BRANCH') {
    const [least, most] = [count('ORG-GENERAL-BRANCH', 'min'), count('ORG-GENERAL-BRANCH', 'max')]
    if (all < least || all > most) {
      const zh = `有党员${all}人，党总支一般为${least}至${most}人：请考虑调整设置或报上级批准`
      found.push({
        ruleId: 'ORG-GENERAL-BRANCH',
        severity: 'WARN',
        said: { zh, en: `${all} members; a general branch has ${least} to ${most}` },
      })
    }
  }
  if (kind === 'GRASSROOTS_COMMITTEE') {
    const least = count('ORG-COMMITTEE-100', 'min')
    if (all < least) {
      const zh = `有党员${all}人，设基层党委一般要${least}人：请核对，因工作需要设立的应有上级批准`
      found.push({
        ruleId: 'ORG-COMMITTEE-100',
        severity: 'WARN',
        said: { zh, en: `${all} members; a committee generally has ${least}, unless approved` },
      })
    }
  }
  return found
}

function units({ kind, units: covered }: Measured): Found[] {
  const most = count('ORG-JOINT-UNITS', 'maxUnits')
  if (kind !== 'JOINT_BRANCH' || covered.length <= most) return []
  const zh = `覆盖${covered.length}个单位，一般不超过${most}个：请考虑分设`
  return [
    {
      ruleId: 'ORG-JOINT-UNITS',
      severity: 'DUTY',
      said: { zh, en: `It covers ${covered.length} units, generally at most ${most}: consider dividing it` },
    },
  ]
}

function committee({ kind, term: current }: Measured, { full }: Headcount): Found[] {
  const least = count('ORG-COMMITTEE-MIN', 'min')
  if (!branches.includes(kind) || full < least || hasCommittee(current)) return []
  const zh = `有正式党员${full}人，达到${least}人，还没有支部委员会：应当选举产生支部委员会`
  return [
    {
      ruleId: 'ORG-COMMITTEE-MIN',
      severity: 'DUTY',
      said: { zh, en: `${full} full members, ${least} or more, and no committee yet: elect one` },
    },
  ]
}

function termOfOffice({ kind, term: current }: Measured, today: string): Found[] {
  if (!elected.includes(kind) || current === null) return []
  const end = current.extendedTo ?? current.nominalEndOn
  const from = remindOn(end).day
  if (today < from) return []
  const said =
    today > end
      ? {
          zh: `本届任期已于${end}届满：应当换届，延期须报上级批准`,
          en: `The term ended on ${end}: hold the election; an extension needs approval`,
        }
      : {
          zh: `本届任期至${end}届满，自${from}起提醒：请准备换届`,
          en: `The term ends on ${end} (reminded from ${from}): prepare the election`,
        }
  return [{ ruleId: 'ORG-TERM-REMIND', severity: 'DUTY', said, since: from, by: end }]
}
