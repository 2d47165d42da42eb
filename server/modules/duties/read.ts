/** Reading duties inside a scope: lists, counts, and sums for the screens. */
import type { z } from 'zod'
import { type Duty, dutyStates, type RuleView, type listDuties, type summariseDuties } from '#contract/duties'
import type { QueryOf, ReturnsOf } from '#contract/operation'
import { namesOf } from '#organisations'
import { type Context, DomainError, isDay, type Node, type RawBuilder, Scope, sql, wrongCursor } from '#platform'
import { citationOf, dayOf, findRule, kindFor, versionOf } from '#rules'

type Row = Omit<z.output<typeof Duty>, 'organisationName' | 'ruleName' | 'citation' | 'kind'> & { path: string }

interface Cursor {
  path: string
  periodEnd: string
  ruleId: string
}

const encode = ({ path, periodEnd, ruleId }: Cursor) => Buffer.from(`${path} ${periodEnd} ${ruleId}`).toString('base64url')

function decode(cursor: string): Cursor {
  const parts = /^((?:[0-9a-z]+\/)+) (\d{4}-\d\d-\d\d) ([A-Z0-9-]+)$/.exec(Buffer.from(cursor, 'base64url').toString())
  const [, path = '', periodEnd, ruleId = ''] = parts ?? []
  if (!isDay(periodEnd)) throw wrongCursor()
  return { path, periodEnd, ruleId }
}

/** What a rule is called, what meets it and where it comes from; a rule that has left `rules.json` is called by its id. */
export const named = (ruleId: string) => {
  const found = findRule(ruleId)
  return { ruleName: found?.name_zh ?? ruleId, kind: kindFor(ruleId), citation: found === undefined ? '' : citationOf(ruleId) }
}

/** Duties of this node, or of it and everything below: one organisation after another, each with the latest period first. */
export async function list(ctx: Context, node: Node, query: QueryOf<typeof listDuties>): Promise<ReturnsOf<typeof listDuties>> {
  const after = query.cursor === undefined ? undefined : decode(query.cursor)
  const conditions: RawBuilder<boolean>[] = [
    query.reach === 'own' ? sql<boolean>`county = ${node.county} and organisation_id = ${node.id}` : new Scope(node.path).covers(sql`path`),
    ...(query.state === undefined ? [] : [sql<boolean>`state = ${query.state}`]),
    // Said once more in the words of the partial index.
    ...(query.state === 'DUE_SOON' || query.state === 'MISSED' ? [sql<boolean>`state in ('DUE_SOON', 'MISSED')`] : []),
    ...(query.ruleId === undefined ? [] : [sql<boolean>`rule_id = ${query.ruleId}`]),
    ...(query.from === undefined ? [] : [sql<boolean>`period_end >= ${query.from}`]),
    ...(query.until === undefined ? [] : [sql<boolean>`period_start <= ${query.until}`]),
    ...(after === undefined
      ? []
      : [
          sql<boolean>`path >= ${after.path} and (path > ${after.path} or period_end < ${after.periodEnd}
            or (period_end = ${after.periodEnd} and rule_id > ${after.ruleId}))`,
        ]),
  ]
  const rows = await ctx.query(sql<Row>`
    select organisation_id as "organisationId", county, path, rule_id as "ruleId", period, period_start as "periodStart", period_end as "periodEnd",
      state, required, done, gathering_ids as "gatheringIds", why, rule_version as "ruleVersion"
    from duties.duty where ${sql.join(conditions, sql` and `)} order by path, period_end desc, rule_id limit ${query.limit + 1}`)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const names = await namesOf(ctx, [...new Set(shown.map((row) => row.organisationId))])
  return {
    items: shown.map(({ path: _path, ...row }) => ({
      ...row,
      ...named(row.ruleId),
      organisationName: names.get(row.organisationId) ?? '',
    })),
    next: last === undefined ? null : encode(last),
  }
}

/** How many duties of the current periods are in which state, at this node and below. No names, no order of merit. */
export async function summarise(ctx: Context, node: Node): Promise<ReturnsOf<typeof summariseDuties>> {
  const today = dayOf(ctx.now)
  const rows = await ctx.query(sql<{ ruleId: string; period: string; state: (typeof dutyStates)[number]; count: number }>`
    select rule_id as "ruleId", period, state, count(*)::int as count from duties.duty
    where ${new Scope(node.path).covers(sql`path`)} and (period = '-' or (period_end >= ${today} and period_start <= ${today}))
    group by 1, 2, 3 order by 1, 2`)
  const groups = Map.groupBy(rows, ({ ruleId, period }) => `${ruleId} ${period}`)
  return {
    items: [...groups.values()].flatMap((of) => {
      const [first] = of
      if (first === undefined) return []
      const { ruleName, citation } = named(first.ruleId)
      const none = Object.fromEntries(dutyStates.map((state) => [state, 0])) as Record<(typeof dutyStates)[number], number>
      const counts = of.reduce((sofar, { state, count }) => ({ ...sofar, [state]: count }), none)
      return [{ ruleId: first.ruleId, ruleName, citation, period: first.period, counts }]
    }),
  }
}

/** One rule. @throws DomainError NOT_FOUND */
export function viewRule(ruleId: string): z.output<typeof RuleView> {
  const found = findRule(ruleId)
  if (found === undefined) throw new DomainError('NOT_FOUND')
  const { id, name_zh: name, scope, confidence, params } = found
  return { id, name, citation: citationOf(id), scope, confidence, params, version: versionOf(id) }
}

/**
 * SQL: duties per organisation and the month in which their period ends, as a relation: `county`, `organisation_id`, `period` (2026-03),
 * `duties_met` (late entries too), `duties_due` (neither met nor missed yet), `duties_missed`. Standing duties belong to no month.
 * @param among a relation (county, organisation id), undefined for all
 */
export const dutiesByMonth = (among?: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select d.county, d.organisation_id, to_char(d.period_end, 'YYYY-MM') as period,
    (count(*) filter (where d.state in ('MET', 'MET_LATE_ENTRY')))::int as duties_met,
    (count(*) filter (where d.state in ('UPCOMING', 'DUE_SOON')))::int as duties_due,
    (count(*) filter (where d.state = 'MISSED'))::int as duties_missed
  from duties.duty d where d.period <> '-' and ${among === undefined ? sql`true` : sql`(d.county, d.organisation_id) in (${among})`}
  group by 1, 2, 3`
