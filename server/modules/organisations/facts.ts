/** Organisations with their terms, groups and exceptions, many at a time: what the duties are computed from. */
import { type Context, type RawBuilder, sql } from '#platform'
import type { Exception } from './findings.ts'
import type { Kind } from './kinds.ts'
import type { TermHeld } from './terms.ts'

export interface OrganisationFacts {
  id: string
  county: string
  path: string
  name: string
  kind: Kind
  units: unknown[]
  establishedOn: string
  /** First day on which it no longer exists. */
  dissolvedOn: string | null
  /** All terms on record, the first one first. */
  terms: TermHeld[]
  /** 党小组, dissolved ones too. */
  groups: { id: string; establishedOn: string; dissolvedOn: string | null }[]
  /** All approved exceptions, also those not in force today. */
  exceptions: Omit<Exception, 'organisationId'>[]
}

const factsWhere = (condition: RawBuilder<boolean>, order: RawBuilder<unknown>) => sql<OrganisationFacts>`
  select o.id, o.county, o.path, o.short_name as name, o.kind, o.units, o.established_on as "establishedOn", o.dissolved_on as "dissolvedOn",
    (select coalesce(jsonb_agg(jsonb_build_object('seq', t.seq, 'startOn', t.start_on, 'nominalEndOn', t.nominal_end_on, 'extendedTo', t.extended_to,
      'seats', t.seats) order by t.seq), '[]') from organisations.term t where t.organisation_id = o.id) as terms,
    (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'establishedOn', g.established_on, 'dissolvedOn', g.dissolved_on) order by g.path), '[]')
      from organisations.organisation g where g.parent_id = o.id and g.kind = 'GROUP') as groups,
    (select coalesce(jsonb_agg(jsonb_build_object('ruleId', e.rule_id, 'from', e.from_day, 'until', e.until_day) order by e.rule_id), '[]')
      from organisations.exception e where e.organisation_id = o.id) as exceptions
  from organisations.organisation o where ${condition} ${order}`

/** Those of these organisations that are of these kinds; for a group, the branch it is part of. Dissolved ones too. */
export function factsOf(ctx: Context, ids: readonly string[], ofKinds: readonly string[]): Promise<OrganisationFacts[]> {
  return ctx.query(
    factsWhere(
      sql<boolean>`o.kind = any(${ofKinds}::text[]) and o.id in (
        select id from unnest(${ids}::uuid[]) as named(id)
        union select g.parent_id from organisations.organisation g where g.id = any(${ids}::uuid[]) and g.kind = 'GROUP')`,
      sql`order by o.path`,
    ),
  )
}

/** The next organisations of these kinds after a path, in the order of their paths; from the beginning after the empty path. */
export function factsAfter(ctx: Context, path: string, ofKinds: readonly string[], limit: number): Promise<OrganisationFacts[]> {
  return ctx.query(factsWhere(sql<boolean>`o.path > ${path} and o.kind = any(${ofKinds}::text[])`, sql`order by o.path limit ${limit}`))
}
