/** Changes by which members come to another organisation: merging and splitting. The members themselves follow the events. */
import { addOrganisations } from './add.ts'
import { countAbove, end, latestBeginning } from './affiliations.ts'
import { countMembers } from './counts.ts'
import { kinds } from './kinds.ts'
import { pathUnder } from './paths.ts'
import { type Case, type ChangeOf, endedAlready, getOther, type Plan, present, refuseTaken, tell } from './plan.ts'
import { fullName, hasChildren, tooEarly } from './structure.ts'

const holdsNoMembers = (name: string) => ({
  zh: `${name}不直接管理党员，不能这样合并或拆分；请用隶属调整或撤销。`,
  en: `No members belong to ${name} directly; move or dissolve it instead.`,
})

/** 合并: this organisation's members go to another one, and it is dissolved. */
export async function merge({ ctx, organisation, document }: Case, change: ChangeOf<'MERGE'>): Promise<Plan> {
  const into = await getOther(ctx, change.into)
  const members = await countMembers(ctx, organisation)
  return {
    effects: [
      {
        zh: `${organisation.shortName}的${members.all}名党员自${document.effectiveOn}起编入${into.shortName}。`,
        en: `The ${members.all} members of ${organisation.shortName} belong to ${into.shortName} from ${document.effectiveOn}.`,
      },
      {
        zh: `${organisation.shortName}同日撤销；它的记录保留，仍可查阅。`,
        en: `${organisation.shortName} is dissolved the same day; its records stay and can be read.`,
      },
    ],
    blockers: present(
      into.id === organisation.id && {
        zh: '不能与自己合并，请选择另一个党组织。',
        en: 'An organisation cannot be merged into itself; choose another.',
      },
      into.dissolvedOn !== null && endedAlready(into.shortName),
      !kinds[organisation.kind].holdsMembers && holdsNoMembers(organisation.shortName),
      !kinds[into.kind].holdsMembers && holdsNoMembers(into.shortName),
      into.county !== organisation.county && {
        zh: '两个党组织不在同一县（市、区），党员须逐人转接组织关系，再撤销本组织。',
        en: 'The two are in different counties: transfer the members one by one, then dissolve this one.',
      },
      hasChildren(organisation),
      tooEarly(document.effectiveOn, await latestBeginning(ctx, organisation.path)),
    ),
    organisationsAffected: 2,
    membersAffected: members.all,
    otherId: into.id,
    async apply() {
      const { effectiveOn } = document
      await end(ctx, organisation.id, organisation.path, effectiveOn)
      tell(ctx, 'merged', organisation, { into: into.id, intoPath: into.path, oldPath: organisation.path, effectiveOn })
    },
  }
}

/** 拆分: named members leave for a new organisation of the same kind under the same superior. */
export async function split({ ctx, organisation, document }: Case, change: ChangeOf<'SPLIT'>): Promise<Plan> {
  const superiorPath = organisation.path.slice(0, organisation.path.slice(0, -1).lastIndexOf('/') + 1)
  const path = pathUnder(superiorPath, change.newId)
  const members = await countMembers(ctx, organisation)
  const leaving = new Set(change.memberIds).size
  return {
    effects: [
      {
        zh: `自${document.effectiveOn}起，从${organisation.shortName}分出${change.shortName}，${leaving}名党员编入新组织，${members.all - leaving}名留下。`,
        en: `From ${document.effectiveOn} ${change.shortName} is split off ${organisation.shortName}: ${leaving} members go, ${members.all - leaving} stay.`,
      },
    ],
    blockers: present(
      !kinds[organisation.kind].holdsMembers && holdsNoMembers(organisation.shortName),
      leaving > members.all && {
        zh: `名单有${leaving}人，而${organisation.shortName}只有${members.all}名党员，请核对名单。`,
        en: `The list names ${leaving} people, ${organisation.shortName} has ${members.all} members; check the list.`,
      },
      tooEarly(document.effectiveOn, await latestBeginning(ctx, organisation.path)),
    ),
    organisationsAffected: 2,
    membersAffected: leaving,
    otherId: change.newId,
    async apply() {
      await refuseTaken(ctx, change.newId, path)
      const { kind, sector, unitSituation, units, parentId, county, areaCode, contactName, contactPhone } = organisation
      const { effectiveOn } = document
      await addOrganisations(ctx, [
        {
          id: change.newId,
          nameFull: fullName(change.name),
          name: change.name,
          shortName: change.shortName,
          path,
          establishedOn: effectiveOn,
          kind,
          sector,
          unitSituation,
          units,
          parentId,
          county,
          areaCode,
          contactName,
          contactPhone,
        },
      ])
      await countAbove(ctx, path, 1, 1)
      tell(
        ctx,
        'created',
        { id: change.newId, county, path },
        { newPath: path, parentId, kind, sector, effectiveOn, from: organisation.id },
      )
      tell(ctx, 'split', organisation, { newId: change.newId, newPath: path, memberIds: [...new Set(change.memberIds)], effectiveOn })
    },
  }
}
