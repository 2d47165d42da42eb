/** 双重组织生活: who of the superiors may be invited to take part. */
import { superiorsOf } from '#organisations'
import { type Context, type Node, sql } from '#platform'
import { roles } from '#contract/roles'

/** Those who hold a leading post at an organisation above and have a record of their own, nearest first. */
export async function leadersAbove(ctx: Context, organisation: Node) {
  const superiors = await superiorsOf(ctx, [organisation.path])
  const names = new Map([...superiors.values()].map(({ id, name }) => [id, name]))
  const rows = await ctx.query(sql<{ memberId: string; name: string; nodeId: string; role: 'COMMITTEE_ADMIN' | 'ORG_DEPARTMENT' }>`
    select distinct a.subject_id as "memberId", a.name, p.node_id as "nodeId", p.role from platform.post p
    join platform.account a on a.id = p.account_id
    where p.node_id = any(${[...names.keys()]}::uuid[]) and p.role in ('COMMITTEE_ADMIN', 'ORG_DEPARTMENT') and a.subject_id is not null
      and a.closed_at is null and p.from_day <= current_date and (p.until_day is null or p.until_day >= current_date)
    order by a.name limit 200`)
  return rows.map(({ nodeId, role, ...leader }) => ({ ...leader, organisationName: names.get(nodeId) ?? '', role: roles[role].zh }))
}
