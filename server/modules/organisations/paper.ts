/** Changes on paper, which move nobody: a new name, an approved exception, a term of office. */
import { addYears, rule } from '#rules'
import { sql } from '#platform'
import { spell } from '#areas'
import { renamed } from './affiliations.ts'
import { thresholds } from './findings.ts'
import { kinds } from './kinds.ts'
import { type Case, type ChangeOf, type Plan, present, tell } from './plan.ts'
import { fullName, tooEarly } from './structure.ts'
import { findTerm, putTerm } from './terms.ts'

/** 更名. */
export async function rename({ ctx, organisation, document }: Case, change: ChangeOf<'RENAME'>): Promise<Plan> {
  const { begins } = await ctx.get(sql<{ begins: string }>`
    select coalesce(max(valid_from), ${organisation.establishedOn}::date) as begins from organisations.affiliation where organisation_id = ${organisation.id}`)
  return {
    effects: [
      {
        zh: `${organisation.shortName}自${document.effectiveOn}起称${change.shortName}；此前的记录仍用原名。`,
        en: `${organisation.shortName} is called ${change.shortName} from ${document.effectiveOn}; earlier records keep the old name.`,
      },
    ],
    blockers: present(tooEarly(document.effectiveOn, begins)),
    organisationsAffected: 1,
    membersAffected: 0,
    otherId: null,
    async apply() {
      const { pinyin, initials } = spell(change.shortName)
      const nameFull = fullName(change.name)
      await ctx.query(sql`
        update organisations.organisation set name_full = ${nameFull}, name = ${change.name}, short_name = ${change.shortName}, pinyin = ${pinyin},
          initials = ${initials}, version = version + 1
        where id = ${organisation.id}`)
      await renamed(ctx, organisation.id, document.effectiveOn)
      tell(ctx, 'renamed', organisation, { oldName: organisation.shortName, newName: change.shortName, effectiveOn: document.effectiveOn })
    },
  }
}

/** 例外: the superior approves that a threshold is not met. */
export async function except({ ctx, organisation, document }: Case, change: ChangeOf<'EXCEPTION'>): Promise<Plan> {
  const until = change.until === null ? '' : `，至${change.until}止`
  return {
    effects: [
      {
        zh: `${organisation.shortName}经批准可以不适用“${nameOfRule(change.ruleId)}”${until}；页面会注明批准文号。`,
        en: `${organisation.shortName} is excepted from ${change.ruleId}${change.until === null ? '' : ` until ${change.until}`}; the approval is shown.`,
      },
    ],
    blockers: present(
      !thresholds.includes(change.ruleId) && {
        zh: `“${change.ruleId}”不是可以批准例外的设置标准，请从列表中选择。`,
        en: `${change.ruleId} is not a threshold that can be excepted; choose one from the list.`,
      },
      ctx.post.node.id === organisation.id && {
        zh: '例外由上级党组织批准，本组织不能批准自己。',
        en: 'An exception is approved by the superior; an organisation cannot approve its own.',
      },
      change.until !== null &&
        change.until < document.effectiveOn && {
          zh: '截止日期早于生效日期，请核对。',
          en: 'The last day is before the first; check the dates.',
        },
    ),
    organisationsAffected: 1,
    membersAffected: 0,
    otherId: null,
    async apply() {
      await ctx.query(sql`
        insert into organisations.exception (organisation_id, rule_id, document_no, reason, from_day, until_day)
        values (${organisation.id}, ${change.ruleId}, ${document.documentNo}, ${change.reason}, ${document.effectiveOn}, ${change.until})
        on conflict (organisation_id, rule_id) do update set document_no = excluded.document_no, reason = excluded.reason,
          from_day = excluded.from_day, until_day = excluded.until_day`)
      await ctx.query(sql`update organisations.organisation set version = version + 1 where id = ${organisation.id}`)
      tell(ctx, 'excepted', organisation, { ruleId: change.ruleId, until: change.until, effectiveOn: document.effectiveOn })
    },
  }
}

const nameOfRule = (ruleId: string) => (thresholds.includes(ruleId) ? rule(ruleId).name_zh : ruleId)

/** 班子: a term of office with its seats. The same number replaces the present term, the next number begins a new one. */
export async function setTerm({ ctx, organisation, document, today }: Case, change: ChangeOf<'TERM'>): Promise<Plan> {
  const { term } = change
  const current = await findTerm(ctx, organisation.id, today)
  const secretaries = term.seats.filter((seat) => seat.role === '书记' && seat.until === null)
  const years = Number(rule('ORG-TERM-EXTEND').params['maxYears'])
  const latestEnd = addYears(term.nominalEndOn, years)
  return {
    effects: [
      {
        zh: `${organisation.shortName}第${term.seq}届任期${term.startOn}至${term.extendedTo ?? term.nominalEndOn}，班子${term.seats.length}人。`,
        en: `Term ${term.seq} of ${organisation.shortName} runs from ${term.startOn} to ${term.extendedTo ?? term.nominalEndOn}, with ${term.seats.length} seats.`,
      },
    ],
    blockers: present(
      term.nominalEndOn <= term.startOn && { zh: '任期届满日期应晚于开始日期。', en: 'The term must end after it begins.' },
      term.extendedTo !== null &&
        term.extendedTo < term.nominalEndOn && {
          zh: '延期后的日期不能早于届满日期。',
          en: 'An extension cannot end before the term does.',
        },
      term.extendedTo !== null &&
        term.extendedTo > latestEnd && {
          zh: `延期一般不超过${years}年（最迟${latestEnd}），请先安排换届。`,
          en: `An extension is generally at most ${years} year (until ${latestEnd}); hold the election first.`,
        },
      current !== null &&
        term.seq !== current.seq &&
        term.seq !== current.seq + 1 && {
          zh: `现在是第${current.seq}届，只能修改本届或登记第${current.seq + 1}届。`,
          en: `This is term ${current.seq}; change it or enter term ${current.seq + 1}.`,
        },
      secretaries.length > 1 && { zh: '同一时间只能有一名书记。', en: 'There can be only one secretary at a time.' },
      !kinds[organisation.kind].elects &&
        term.seats.some((seat) => seat.source !== 'APPOINTED') && {
          zh: `${kinds[organisation.kind].zh}的负责人由上级指定，不经选举。`,
          en: `Leaders of a ${kinds[organisation.kind].en} are appointed, not elected.`,
        },
    ),
    organisationsAffected: 1,
    membersAffected: new Set(term.seats.map((seat) => seat.memberId)).size,
    otherId: null,
    async apply() {
      await putTerm(ctx, organisation.id, term)
      await ctx.query(sql`update organisations.organisation set version = version + 1 where id = ${organisation.id}`)
      tell(ctx, 'termSet', organisation, {
        seq: term.seq,
        startOn: term.startOn,
        endOn: term.extendedTo ?? term.nominalEndOn,
        effectiveOn: document.effectiveOn,
      })
    },
  }
}
