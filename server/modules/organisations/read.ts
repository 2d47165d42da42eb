/** Reading organisations, today or as they stood on a day. */
import type { z } from 'zod'
import type { Organisation } from '#contract/organisations'
import { type Context, sql } from '#platform'
import { dayOf } from '#rules'
import { findingsOf } from './findings.ts'
import { superiorsOf, trailOf } from './nodes.ts'
import { allColumns, type OrganisationRow, rowColumns, type Stored } from './rows.ts'
import { findTerm } from './terms.ts'

/** The organisation as stored now, dissolved ones too. @throws DomainError NOT_FOUND */
export const getStored = (ctx: Context, id: string) =>
  ctx.get(sql<Stored>`select ${allColumns} from organisations.organisation o where o.id = ${id}`)

/** SQL: does this affiliation hold on the day? */
const holdsOn = (day: string) => sql`a.valid_from <= ${day} and (a.valid_to is null or a.valid_to > ${day})`

/** The affiliation of the day; after its dissolution, the last one. Before the first there is none. */
const affiliationOn = (day: string) => sql`
  select distinct on (organisation_id) * from organisations.affiliation a where a.valid_from <= ${day} order by organisation_id, valid_from desc`

/** Organisations below this path on a day: `below` at every level, `children` directly. */
const countsOn = (day: string) => sql`
  (select count(*)::int from organisations.affiliation a where a.parent_id = o.id and ${holdsOn(day)}) as children,
  (select count(*)::int from organisations.affiliation a where a.path > o.path and a.path < rtrim(o.path, '/') || '0' and ${holdsOn(day)}) as below`

/** Stored columns with name, superior and path of the day in the place of today's. */
const asOfColumns = (
  day: string,
) => sql`o.id, a.name, a.short_name, o.kind, a.parent_id, o.area_code, o.county, a.path, a.name_full, o.org_code, o.sector,
  o.unit_situation, o.units, o.contact_name, o.contact_phone, o.established_on,
  case when o.dissolved_on <= ${day} then o.dissolved_on end as dissolved_on, o.version`

/**
 * One organisation with its superiors, its term and what its thresholds say.
 * @param asOf a day that is not after today gives the answer of that day, for ever the same; thresholds are only judged today
 * @throws DomainError NOT_FOUND before it was established
 */
export async function get(ctx: Context, id: string, asOf: string | undefined): Promise<z.output<typeof Organisation>> {
  const today = dayOf(ctx.now)
  const past = asOf === undefined || asOf >= today ? undefined : asOf
  // Sent together, twice: what the second needs the first has brought.
  const [{ path, ...organisation }, term] = await Promise.all([
    past === undefined
      ? getStored(ctx, id)
      : ctx.get(sql<Stored>`
          select ${allColumns} from (select o.*, ${countsOn(past)} from (
            select ${asOfColumns(past)} from organisations.organisation o join (${affiliationOn(past)}) a on a.organisation_id = o.id
            where o.id = ${id}) o) o`),
    findTerm(ctx, id, past ?? today),
  ])
  const [superiors, findings] = await Promise.all([
    superiorsOf(ctx, [path], past),
    past === undefined ? findingsOf(ctx, { ...organisation, path, term }) : [],
  ])
  return {
    ...organisation,
    term,
    trail: trailOf(path, superiors).map(({ id: superiorId, name, kind }) => ({ id: superiorId, name, kind })),
    findings,
  }
}

/** Organisations directly below, living ones, by path; with `asOf` those of that day under the names of that day. */
export async function listChildren(ctx: Context, id: string, asOf: string | undefined): Promise<OrganisationRow[]> {
  if (asOf === undefined || asOf >= dayOf(ctx.now)) {
    return ctx.query(sql<OrganisationRow>`
      select ${rowColumns} from organisations.organisation o where o.parent_id = ${id} and o.dissolved_on is null order by o.area_code, o.path`)
  }
  return ctx.query(sql<OrganisationRow>`
    select ${rowColumns} from (select o.*, ${countsOn(asOf)} from (
      select ${asOfColumns(asOf)} from organisations.organisation o join organisations.affiliation a on a.organisation_id = o.id
      where a.parent_id = ${id} and ${holdsOn(asOf)}) o) o
    order by o.area_code, o.path`)
}
