/**
 * The to-help list of a superior: only what is still missing after its period and the time to record it have passed, branch by branch in
 * the order of areas, each with what help would do. No counts and no order of merit: there is nothing here to compare branches by.
 */
import type { listToHelp as contract } from '#contract/duties'
import type { QueryOf, ReturnsOf } from '#contract/operation'
import { heldSegments, plannedGatherings } from '#meetings'
import { namesOf } from '#organisations'
import { type Context, type Node, Scope, sql, wrongCursor } from '#platform'
import { addMonths, count, dayOf, helpFor } from '#rules'
import { named } from './read.ts'

interface Missed {
  county: string
  organisationId: string
  path: string
  ruleId: string
  period: string
  periodStart: string
  periodEnd: string
}

/** Missed duties of so many organisations below this node that closed within DUTY-HELP. */
async function listMissed(ctx: Context, node: Node, after: string, organisations: number): Promise<Missed[]> {
  const since = addMonths(dayOf(ctx.now), -count('DUTY-HELP', 'monthsBack'))
  const missed = sql`${new Scope(node.path).covers(sql`path`)} and state = 'MISSED' and state in ('DUE_SOON', 'MISSED') and period_end >= ${since}
    and organisation_id <> ${node.id} and path > ${after}`
  return ctx.query(sql<Missed>`
    select county, organisation_id as "organisationId", path, rule_id as "ruleId", period, period_start as "periodStart", period_end as "periodEnd"
    from duties.duty where ${missed} and path in (select distinct path from duties.duty where ${missed} order by path limit ${organisations})
    order by path, organisation_id, period_end, rule_id`)
}

export async function listToHelp(ctx: Context, node: Node, query: QueryOf<typeof contract>): Promise<ReturnsOf<typeof contract>> {
  const after = query.cursor === undefined ? '' : Buffer.from(query.cursor, 'base64url').toString()
  if (!/^([0-9a-z]+\/)*$/.test(after)) throw wrongCursor()
  const rows = await listMissed(ctx, node, after, query.limit + 1)
  const groups = [...Map.groupBy(rows, ({ path }) => path)]
  const shown = groups.slice(0, query.limit)
  const of = shown.flatMap(([, duties]) => duties)
  const ids = [...new Set(of.map(({ organisationId }) => organisationId))]
  const counties = [...new Set(of.map(({ county }) => county))]
  const from = of.reduce((first, { periodStart }) => (periodStart < first ? periodStart : first), dayOf(ctx.now))
  const until = of.reduce((last, { periodEnd }) => (periodEnd > last ? periodEnd : last), '')
  const [names, planned, held] = await Promise.all([
    namesOf(ctx, ids),
    plannedGatherings(ctx, counties, ids, from, until),
    Promise.all(counties.map((county) => heldSegments(ctx, county, ids, from, until))),
  ])
  const notValid = held.flat().filter(({ valid }) => !valid)
  const [last] = shown.at(-1) ?? []
  return {
    items: shown.flatMap(([, duties]) => {
      const [{ organisationId } = { organisationId: '' }] = duties
      const items = duties.map(({ ruleId, period, periodStart, periodEnd }) => {
        const rule = named(ruleId)
        const within = (day: string) => day >= periodStart && day <= periodEnd
        const own = planned.filter(
          (g) => g.organisationId === organisationId && within(g.day) && g.kinds.some((kind) => kind === rule.kind),
        )
        const short = notValid.some((s) => s.organisationId === organisationId && s.kind === rule.kind && within(s.heldOn))
        return { ruleId, ...rule, period, periodStart, periodEnd, help: helpFor(rule.kind, own, short) }
      })
      return [{ organisationId, organisationName: names.get(organisationId) ?? '', items }]
    }),
    next: groups.length > query.limit && last !== undefined ? Buffer.from(last).toString('base64url') : null,
  }
}
