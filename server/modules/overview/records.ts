/** What the rollups must say, computed from the records: the one definition that settling, filling and reconciling share. */
import { dutiesByMonth } from '#duties'
import { heldByDay, heldByMonth, signedIn } from '#meetings'
import { talliesOf } from '#members'
import { branchesOf } from '#organisations'
import { type Context, type RawBuilder, sql, unreadOf } from '#platform'
import { addDays, dayOf } from '#rules'
import { each, kindColumns, type Measure, type Span } from './measures.ts'

/** Name of the projection that keeps the rollups. */
export const rollupsName = 'overview.rollups'

/** The first day that has a row of its own. A day is kept for as long as somewhere it may still be called today. */
export const firstDayKept = (ctx: Context): string => addDays(dayOf(ctx.now), -1)

interface Source {
  span: Span
  gives: readonly Measure[]
  relation: RawBuilder<unknown>
}

/** @param among a relation (county, organisation id), undefined for all */
function sources(ctx: Context, among: RawBuilder<unknown> | undefined): Source[] {
  const ids = among === undefined ? undefined : sql`select a.organisation_id from (${among}) a`
  return [
    { span: 'now', gives: ['branches'], relation: sql`select b.*, 'now' as period from (${branchesOf(ids)}) b` },
    {
      span: 'now',
      gives: ['members', 'full_members', 'floating'],
      relation: sql`select t.*, 'now' as period from (${talliesOf(among)}) t`,
    },
    { span: 'month', gives: ['gatherings', ...Object.values(kindColumns), 'expected', 'present'], relation: heldByMonth(among) },
    { span: 'month', gives: ['duties_met', 'duties_due', 'duties_missed'], relation: dutiesByMonth(among) },
    { span: 'day', gives: ['gatherings', 'sign_ins'], relation: heldByDay(firstDayKept(ctx), among) },
    { span: 'day', gives: ['sign_ins'], relation: signInsToCome(firstDayKept(ctx), among) },
  ]
}

/** SQL: sign-ins that are on record and whose events are not read yet, as numbers below 0: they are added when they are read. */
const signInsToCome = (from: string, among: RawBuilder<unknown> | undefined) => sql`
  select e.county, e.node_id as organisation_id, e.data ->> 'heldOn' as period, -count(*)::int as sign_ins from (${unreadOf(rollupsName, signedIn)}) e
  where e.data ->> 'heldOn' >= ${from} and ${among === undefined ? sql`true` : sql`(e.county, e.node_id) in (${among})`} group by 1, 2, 3`

/**
 * SQL: every row of `overview.own` as it should be; what is all nothing is left out.
 * @param spans only these spans · @param among a relation (county, organisation_id), undefined for all organisations
 */
export function recorded(ctx: Context, spans: readonly Span[], among?: RawBuilder<unknown>): RawBuilder<unknown> {
  const parts = sources(ctx, among)
    .filter((source) => spans.includes(source.span))
    .map(({ gives, relation }) => {
      const counts = each((column, name) => (gives.includes(name) ? column : sql`0 as ${column}`))
      return sql`select county, organisation_id, period, ${counts} from (${relation}) source`
    })
  return sql`
    select county, organisation_id, period collate "C" as period, ${each((column) => sql`sum(${column})::int as ${column}`)}
    from (${sql.join(parts, sql` union all `)}) part group by 1, 2, 3
    having (${each((column) => sql`sum(${column})`)}) <> (${each(() => sql`0`)})`
}
