/** Reading the members of many branches at once, for what is set up for all of them: accounts, imports, the demo. */
import { type Context, type Scope, type Secrets, sql } from '#platform'
import { onRoster, type RosterMember, type RosterRow } from './roster.ts'

/** Who attends the meetings of each branch inside the scope and since when, by branch, in the order of their ids. */
export async function rostersWithin(ctx: Context, scope: Scope): Promise<Map<string, (RosterMember & { since: string })[]>> {
  const rows = await ctx.query(sql<RosterRow & { organisationId: string; since: string }>`
    select m.organisation_id as "organisationId", m.id as "memberId", m.name, m.group_id as "groupId", m.stage, m.membership,
      m.rights_suspended_until as "rightsSuspendedUntil", a.valid_from as since
    from members.member m join members.affiliation a on a.county = m.county and a.member_id = m.id and a.valid_to is null
    where ${scope.covers(sql`m.path`)} and m.stage in ('FULL', 'PROBATIONARY') and m.membership = 'NORMAL' order by m.id`)
  const people = rows.map(({ organisationId, since, ...row }) => ({ organisationId, since, ...onRoster(ctx, row) }))
  return Map.groupBy(people, (person) => person.organisationId)
}

/** Members inside the scope who left a telephone number, with the number opened: for opening accounts, never for a list. */
export async function listPhones(ctx: Context, secrets: Secrets, scope: Scope) {
  const rows = await ctx.query(sql<{ memberId: string; organisationId: string; name: string; phone: Buffer }>`
    select id as "memberId", organisation_id as "organisationId", name, phone_sealed as phone from members.member m
    where ${scope.covers(sql`m.path`)} and phone_sealed is not null and stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL' order by id`)
  return rows.map((row) => ({ ...row, phone: secrets.open(row.phone) }))
}
