/** Where organisations stand, as a relation for what is counted per organisation and added up for its superiors. */
import { type RawBuilder, sql } from '#platform'

/** Kinds that are counted as branches 党支部. */
const branchKinds = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH']

/**
 * SQL: one row for each organisation, dissolved ones too: `county`, `organisation_id`, `branches` (1 for a living branch), and itself with all
 * its superiors, the highest first, as `adds_to` and `adds_to_counties`.
 * @param among a relation of ids, or undefined for all organisations
 */
export const placesOf = (among: RawBuilder<unknown> | undefined): RawBuilder<unknown> => sql`
  select o.county, o.id as organisation_id, (o.kind = any(${branchKinds}::text[]) and o.dissolved_on is null)::int as branches,
    array_agg(s.id order by length(s.path)) as adds_to, array_agg(s.county order by length(s.path)) as adds_to_counties
  from (select county, id, kind, dissolved_on, string_to_array(rtrim(path, '/'), '/') as segments from organisations.organisation
    where ${among === undefined ? sql`true` : sql`id in (${among})`}) o
  cross join generate_series(1, cardinality(o.segments)) n
  join organisations.organisation s on s.path = array_to_string(o.segments[1:n], '/') || '/'
  group by o.county, o.id, o.kind, o.dissolved_on`

/** SQL: ids of this organisation and everything below it, dissolved ones too. */
export const subtreeOf = (organisationId: string): RawBuilder<unknown> => sql`
  select below.id from organisations.organisation top
  join organisations.organisation below on below.path >= top.path and below.path < rtrim(top.path, '/') || '0'
  where top.id = ${organisationId}`

/** SQL: living organisations directly below these, and those that ended on or after `endedFrom`, with what a list shows. */
export const directlyBelow = (superiorIds: readonly string[], endedFrom: string): RawBuilder<unknown> => sql`
  select o.id, o.county, o.parent_id, o.path, o.name, o.short_name, o.kind, o.area_code, o.children from organisations.organisation o
  where o.parent_id = any(${superiorIds}::uuid[]) and (o.dissolved_on is null or o.dissolved_on >= ${endedFrom})`
