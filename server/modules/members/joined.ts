/** Since when somebody belongs: the day the admission meeting passed. */
import { type Context, type Node, Scope, sql } from '#platform'

/** Members of this branch whose 入党时间 is on record, in the order of their names. Source: MEM-JOIN-DATE. */
export function joinedIn(ctx: Context, branch: Node): Promise<{ memberId: string; name: string; joinedOn: string }[]> {
  return ctx.query(sql<{ memberId: string; name: string; joinedOn: string }>`
    select id as "memberId", name, joined_on as "joinedOn" from members.member m
    where county = ${branch.county} and ${new Scope(branch.path).covers(sql`m.path`)} and stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL'
      and joined_on is not null
    order by pinyin, id`)
}
