/** Changes of the tree: founding, moving and dissolving an organisation. */
import { type Context, type Sentence, sql } from '#platform'
import { cite } from '#rules'
import { addOrganisations } from './add.ts'
import { countAbove, end, latestBeginning, moveSubtree, standsSince } from './affiliations.ts'
import { countMembers, countMembersWithin } from './counts.ts'
import { misplaced } from './kinds.ts'
import { pathUnder } from './paths.ts'
import { type Case, type ChangeOf, endedAlready, getOther, type Plan, present, refuseTaken, tell } from './plan.ts'

/** 成立: a new organisation under a superior inside the caller's scope. */
export async function create({ ctx, document }: Case, change: ChangeOf<'CREATE'>): Promise<Plan> {
  const superior = await getOther(ctx, change.parentId)
  const path = pathUnder(superior.path, change.newId)
  const affected = {
    zh: `${superior.shortName}之下成立${change.shortName}，自${document.effectiveOn}起。`,
    en: `${change.shortName} is founded under ${superior.shortName} from ${document.effectiveOn}.`,
  }
  return {
    effects: [affected],
    blockers: present(
      superior.dissolvedOn !== null && endedAlready(superior.shortName),
      misplaced(change.organisationKind, superior.kind),
      change.organisationKind === 'FLOATING_ORG' && !approvesFloating(ctx) && needsCounty(),
      beforeSuperior(document.effectiveOn, superior),
    ),
    organisationsAffected: 1,
    membersAffected: 0,
    otherId: change.newId,
    async apply() {
      await refuseTaken(ctx, change.newId, path)
      const { newId, name, shortName, organisationKind: kind, sector, units, contactName, contactPhone } = change
      await addOrganisations(ctx, [
        {
          id: newId,
          nameFull: fullName(name),
          name,
          shortName,
          kind,
          sector,
          units,
          contactName,
          contactPhone,
          path,
          unitSituation: units.length > 1 ? 'JOINT' : units.length === 1 ? 'LEGAL_UNIT' : 'SAME_AS_SUPERIOR',
          parentId: superior.id,
          county: superior.county,
          areaCode: superior.areaCode,
          establishedOn: document.effectiveOn,
        },
      ])
      await countAbove(ctx, path, 1, 1)
      const { effectiveOn } = document
      tell(
        ctx,
        'created',
        { id: newId, county: superior.county, path },
        { newPath: path, parentId: superior.id, kind, sector, effectiveOn },
      )
    },
  }
}

/** 流动党员党组织 are approved by a committee of a county or above, whose department writes the document. Source: ORG-FLOAT-ORG. */
const approvesFloating = ({ caller }: Context): boolean => caller.post?.role === 'ORG_DEPARTMENT'
const needsCounty = (): Sentence => {
  const { zh, en } = cite('ORG-FLOAT-ORG')
  return {
    zh: `流动党员党组织须经县级以上党委批准，请县委组织部办理。${zh}`,
    en: `An organisation of floating members is approved by a county committee or above; ask the county's department. ${en}`,
  }
}

const beforeSuperior = (day: string, superior: { shortName: string; establishedOn: string }): Sentence | undefined =>
  day >= superior.establishedOn
    ? undefined
    : {
        zh: `${superior.shortName}于${superior.establishedOn}成立，生效日期不能早于这一天。`,
        en: `${superior.shortName} was founded on ${superior.establishedOn}; the change cannot take effect earlier.`,
      }

/** The name on the seal begins with the party's name. */
export const fullName = (name: string): string => (/^(中共|中国共产党)/.test(name) ? name : `中共${name}`)

/** 隶属关系调整: the organisation and everything below stand under another superior. */
export async function move({ ctx, organisation, document }: Case, change: ChangeOf<'MOVE'>): Promise<Plan> {
  const superior = await getOther(ctx, change.newParentId)
  const newPath = pathUnder(superior.path, organisation.id)
  const latest = await latestBeginning(ctx, organisation.path)
  const standing = await standsSince(ctx, superior.id)
  const collision = await ctx.find(sql`select from organisations.organisation where path = ${newPath} and id <> ${organisation.id}`)
  const moved = organisation.below + 1
  const members = await countMembersWithin(ctx, organisation.path)
  return {
    effects: [
      {
        zh: `${organisation.shortName}及其下级共${moved}个党组织改隶${superior.shortName}，自${document.effectiveOn}起；此前的统计不变。`,
        en: `${organisation.shortName} and those below, ${moved} in all, stand under ${superior.shortName} from ${document.effectiveOn}; earlier figures stay.`,
      },
      {
        zh: `${members.all}名党员的组织关系随所在支部一并调整，不需本人办理。`,
        en: `${members.all} members go along with their branches and need do nothing.`,
      },
    ],
    blockers: present(
      superior.dissolvedOn !== null && endedAlready(superior.shortName),
      misplaced(organisation.kind, superior.kind),
      superior.path.startsWith(organisation.path) && {
        zh: `${superior.shortName}在${organisation.shortName}之内，不能隶属于自己的下级。`,
        en: `${superior.shortName} is part of ${organisation.shortName}; nothing can stand under its own subordinate.`,
      },
      collision !== undefined && {
        zh: `${superior.shortName}之下已有路径相同的党组织，不能移入；请联系系统管理员。`,
        en: `An organisation with the same path exists under ${superior.shortName}; ask the system administrator.`,
      },
      superior.id === organisation.parentId && {
        zh: `${organisation.shortName}已经隶属于${superior.shortName}。`,
        en: `${organisation.shortName} already stands under ${superior.shortName}.`,
      },
      organisation.parentId === null && {
        zh: '最高一级党组织没有上级，不能改隶。',
        en: 'The highest organisation has no superior and cannot be moved.',
      },
      // A superior that itself came here later would have had its past rewritten, or be found below its own subordinate.
      tooEarly(document.effectiveOn, standing > latest ? standing : latest),
      beforeSuperior(document.effectiveOn, superior),
    ),
    organisationsAffected: moved,
    membersAffected: members.all,
    otherId: superior.id,
    async apply() {
      const oldPath = organisation.path
      await countAbove(ctx, oldPath, -moved, -1)
      await ctx.query(
        sql`update organisations.organisation set parent_id = ${superior.id}, version = version + 1 where id = ${organisation.id}`,
      )
      await moveSubtree(ctx, oldPath, newPath, document.effectiveOn)
      await countAbove(ctx, newPath, moved, 1)
      tell(
        ctx,
        'moved',
        { ...organisation, path: newPath },
        {
          oldPath,
          newPath,
          oldParentId: organisation.parentId,
          newParentId: superior.id,
          effectiveOn: document.effectiveOn,
        },
      )
    },
  }
}

/** Nothing may take effect before what is already on record. */
export const tooEarly = (day: string, latest: string): Sentence | undefined =>
  day >= latest
    ? undefined
    : {
        zh: `已有自${latest}起生效的记录，生效日期不能早于这一天。`,
        en: `There are records in effect from ${latest}; the change cannot take effect earlier.`,
      }

export const hasChildren = (organisation: { shortName: string; children: number }): Sentence | undefined =>
  organisation.children === 0
    ? undefined
    : {
        zh: `${organisation.shortName}还有${organisation.children}个直接下级党组织，请先调整它们的隶属关系。`,
        en: `${organisation.shortName} still has ${organisation.children} organisations directly below; move them first.`,
      }

/** 撤销: ends an organisation that has neither subordinates nor members. */
export async function dissolve({ ctx, organisation, document }: Case): Promise<Plan> {
  const members = await countMembers(ctx, organisation)
  return {
    effects: [
      {
        zh: `${organisation.shortName}自${document.effectiveOn}起撤销；它的记录保留，仍可查阅。`,
        en: `${organisation.shortName} is dissolved from ${document.effectiveOn}; its records stay and can be read.`,
      },
    ],
    blockers: present(
      hasChildren(organisation),
      members.all > 0 && {
        zh: `${organisation.shortName}还有${members.all}名党员，请先转接组织关系，或改用合并。`,
        en: `${organisation.shortName} still has ${members.all} members; transfer them first, or merge it.`,
      },
      organisation.parentId === null && { zh: '最高一级党组织不能撤销。', en: 'The highest organisation cannot be dissolved.' },
      tooEarly(document.effectiveOn, await latestBeginning(ctx, organisation.path)),
    ),
    organisationsAffected: 1,
    membersAffected: members.all,
    otherId: null,
    async apply() {
      await end(ctx, organisation.id, organisation.path, document.effectiveOn)
      tell(ctx, 'dissolved', organisation, { oldPath: organisation.path, effectiveOn: document.effectiveOn })
    },
  }
}
