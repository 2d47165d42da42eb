/** Where organisations stand and stood, as a relation for what is counted per organisation and added up for its superiors. */
import { type RawBuilder, sql } from '#platform'
import { isWithin } from './paths.ts'

/** Kinds that are counted as branches 党支部. */
const branchKinds = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH']

/** SQL: one row for each living branch: `county`, `organisation_id`, `branches` (1). @param among a relation of ids, or undefined for all organisations */
export const branchesOf = (among: RawBuilder<unknown> | undefined): RawBuilder<unknown> => sql`
  select county, id as organisation_id, 1 as branches from organisations.organisation
  where kind = any(${branchKinds}::text[]) and dissolved_on is null and ${among === undefined ? sql`true` : sql`id in (${among})`}`

/** SQL: the ids of these organisations and of all that were ever above them, for `with recursive`. */
const upwards = (among: RawBuilder<unknown>) => sql`
  line as (
    select i.id from (${among}) i(id)
    union select a.parent_id from line l join organisations.affiliation a on a.organisation_id = l.id where a.parent_id is not null),`

/**
 * SQL: under whom organisations stood, month by month, dissolved ones too: a row for each time between two changes of any superior, with `county`,
 * `organisation_id`, `since` (the first month, empty for the first row), `until` (the first month in which it no longer holds, null while it does),
 * and itself with all its superiors, the highest first, as `adds_to` and `adds_to_counties`.
 *
 * A month belongs to those who were superiors on its last day, the running month to those of today (nothing takes effect in the future).
 * Months before an organisation was founded and after it ended, in which there is hardly anything to count, go with its first and its last place.
 * Superiors are followed step by step through their own history, so that in every month each has exactly one superior and sums are sums.
 * @param among a relation of ids, or undefined for all organisations
 */
export const placesOf = (among: RawBuilder<unknown> | undefined): RawBuilder<unknown> => sql`
  with recursive ${among === undefined ? sql`` : upwards(among)} stood as materialized (
    select s.*, o.county from (
      select a.organisation_id, a.parent_id,
        (case when lag(a.valid_from) over history is null then '' else to_char(a.valid_from, 'YYYY-MM') end) collate "C" as since,
        to_char(lead(a.valid_from) over history, 'YYYY-MM') collate "C" as until
      from organisations.affiliation a where ${among === undefined ? sql`true` : sql`a.organisation_id in (select id from line)`}
      window history as (partition by a.organisation_id order by a.valid_from)) s
    join organisations.organisation o on o.id = s.organisation_id
    where s.until is null or s.since < s.until),
  climbed as (
    select s.organisation_id, s.county, s.since, s.until, s.parent_id as above, array[s.organisation_id] as adds_to, array[s.county] as adds_to_counties
    from stood s where ${among === undefined ? sql`true` : sql`s.organisation_id in (${among})`}
    union all
    select c.organisation_id, c.county, greatest(c.since, s.since), least(c.until, s.until), s.parent_id, array_prepend(s.organisation_id, c.adds_to),
      array_prepend(s.county, c.adds_to_counties)
    from climbed c join stood s on s.organisation_id = c.above and (s.until is null or c.since < s.until) and (c.until is null or s.since < c.until)
    where s.organisation_id <> all(c.adds_to))
  select county, organisation_id, since, lead(since) over (partition by organisation_id order by since) as until, adds_to, adds_to_counties
  from (
    select c.*, lag(c.adds_to) over (partition by c.organisation_id order by c.since) as before from climbed c where c.above is null) p
  where before is distinct from adds_to`

/** SQL: ids of this organisation and everything that stands below it or ever stood below it, dissolved ones too. */
export const everBelow = (organisationId: string): RawBuilder<unknown> => sql`
  with recursive below as (
    select ${organisationId}::uuid as id
    union select a.organisation_id from below b join organisations.affiliation a on a.parent_id = b.id)
  select id from below`

/** SQL: ids of the living organisations inside this subtree, its head included. */
export const livingWithin = (path: string): RawBuilder<unknown> =>
  sql`select id from organisations.organisation where ${isWithin(sql`path`, path)} and dissolved_on is null`

/** SQL: `county` and `organisation_id` of the organisations of one county, dissolved ones too. */
export const organisationsOf = (county: string): RawBuilder<unknown> =>
  sql`select county, id as organisation_id from organisations.organisation where county = ${county}`

/** SQL: living organisations directly below these, with what a list shows. */
export const directlyBelow = (superiorIds: readonly string[]): RawBuilder<unknown> => sql`
  select o.id, o.county, o.parent_id, o.path, o.name, o.short_name, o.kind, o.area_code, o.children from organisations.organisation o
  where o.parent_id = any(${superiorIds}::uuid[]) and o.dissolved_on is null`

/**
 * SQL: organisations that stood directly below this one on the last day of a month or ended under it in that month, with what a list shows and
 * `stays`: it stands there still.
 * @param month `2026-03`
 */
export const stoodBelow = (superiorId: string, month: string): RawBuilder<unknown> => sql`
  select o.id, o.county, a.parent_id, o.path, o.name, o.short_name, o.kind, o.area_code, o.children, o.parent_id = a.parent_id as stays
  from (select to_date(${month}, 'YYYY-MM') as first_day, (to_date(${month}, 'YYYY-MM') + interval '1 month')::date as next_month) m
  join organisations.affiliation a on a.parent_id = ${superiorId} and a.valid_from < m.next_month
  join organisations.organisation o on o.id = a.organisation_id and (o.dissolved_on is null or o.dissolved_on >= m.first_day)
  where not exists (
    select from organisations.affiliation later
    where later.organisation_id = a.organisation_id and later.valid_from > a.valid_from and later.valid_from < m.next_month)`
