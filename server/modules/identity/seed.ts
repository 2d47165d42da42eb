/** Accounts of the demo: everybody in the branches of 金水河镇, and the people of the stories. All numbers are nobody's. */
import { listPhones } from '#members'
import { demoId, findNode, seatsOf } from '#organisations'
import type { Role } from '#contract/roles'
import { type Context, Scope, type Services, sql } from '#platform'
import { officers, storyTellers, told } from './demo.ts'

const borderTown = demoId('committee', '532530102000')
const since = '2024-01-01'

/** Posts given in the same moment are listed by id: `first` comes before every other. */
const postId = (first: boolean, ...names: string[]) => `${first ? '0' : 'f'}${demoId('post', ...names).slice(1)}`

export async function seed(ctx: Context, services: Services): Promise<void> {
  await Promise.all([addMembers(ctx, services), addOfficers(ctx, services)])
  await ctx.query(sql`
    insert into identity.demo_person (phone, name, post, story, face, place)
    select * from unnest(${told.map((p) => p.phone)}::text[], ${told.map((p) => p.name)}::text[], ${told.map((p) => p.post)}::text[],
      ${told.map((p) => p.story)}::text[], ${told.map((p) => p.face)}::text[], ${told.map((_, n) => n + 1)}::int[])`)
}

/** Each member has the post of a member; whoever leads a branch or keeps its minutes has that post first. */
async function addMembers(ctx: Context, { identity, secrets }: Services): Promise<void> {
  const scopes = await Promise.all(
    [borderTown, ...storyTellers.map(({ branch }) => branch)].map(async (id) => (await findNode(ctx, id))?.path),
  )
  const people = (
    await Promise.all(scopes.flatMap((path) => (path === undefined ? [] : [listPhones(ctx, secrets, new Scope(path))])))
  ).flat()
  const wanted = people.filter(({ phone, organisationId }) => storyTellers.every((s) => s.branch !== organisationId || s.phone === phone))
  const seats = await seatsOf(ctx, [...new Set(wanted.map((person) => person.organisationId))])
  const holder = (organisationId: string, role: string) =>
    seats.find((seat) => seat.organisationId === organisationId && seat.role === role)?.memberId
  const posts = wanted.flatMap((person): { role: Role; first: boolean; person: typeof person }[] => {
    const { memberId, organisationId } = person
    const recorder =
      holder(organisationId, '组织委员') ??
      wanted.find((p) => p.organisationId === organisationId && p.memberId !== holder(organisationId, '书记'))?.memberId
    const own = { role: 'MEMBER' as const, first: false, person }
    if (memberId === holder(organisationId, '书记')) return [{ role: 'BRANCH_SECRETARY', first: true, person }, own]
    if (memberId === recorder && storyTellers.every((s) => s.branch !== organisationId))
      return [{ role: 'RECORDER', first: true, person }, own]
    return [own]
  })
  await identity.addPeople(
    ctx,
    posts.map(({ role, first, person: { memberId, organisationId, name, phone } }) => ({
      accountId: demoId('account', memberId),
      name,
      phone,
      subjectId: memberId,
      postId: postId(first, memberId, role),
      role,
      nodeId: organisationId,
      from: since,
    })),
  )
}

/** People who work at a committee or look after the machine; their own membership is elsewhere. */
async function addOfficers(ctx: Context, { identity }: Services): Promise<void> {
  await identity.addPeople(
    ctx,
    officers.map(({ phone, name, role, nodeId }) => ({
      accountId: demoId('account', phone),
      name,
      phone,
      subjectId: null,
      postId: postId(true, phone, role),
      role,
      nodeId,
      from: since,
    })),
  )
}
