/** Reading organisations, today or as they stood on a day. */
import type { z } from 'zod'
import type { Organisation } from '#contract/organisations'
import { type Context, type Node, sql } from '#platform'
import { dayOf } from '#rules'
import { exceptionsOn, headcountOf, judge } from './findings.ts'
import type { Kind } from './kinds.ts'
import { superiorsOf, trailOf } from './nodes.ts'
import { superiorPathsOf } from './paths.ts'
import { allColumns, type OrganisationRow, rowColumns, type Stored } from './rows.ts'
import { findTerm, seatedOn, termOn } from './terms.ts'

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

type Whole = z.output<typeof Organisation>

/**
 * One organisation with its superiors, its term and what its thresholds say.
 * @param node it, or as it was remembered a few seconds ago
 * @param asOf a day that is not after today gives the answer of that day, for ever the same; thresholds are only judged today
 * @throws DomainError NOT_FOUND before it was established
 */
export async function get(ctx: Context, node: Node, asOf: string | undefined): Promise<Whole> {
  const today = dayOf(ctx.now)
  return asOf === undefined || asOf >= today ? getToday(ctx, node, today) : getPast(ctx, node.id, asOf)
}

/** In one statement, and one for the members: this is what every page of an organisation begins with. */
async function getToday(ctx: Context, node: Node, today: string): Promise<Whole> {
  const [{ path: _path, exceptions, term, ...organisation }, counts] = await Promise.all([
    ctx.get(sql<Stored & Pick<Whole, 'term' | 'trail'> & { exceptions: { ruleId: string }[] }>`
      select ${allColumns},
        (select to_jsonb(t) from (${termOn(sql`o.id`, today)}) t) as term,
        (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (${exceptionsOn(sql`o.id`, today)}) e) as exceptions,
        (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.short_name, 'kind', s.kind) order by s.path), '[]')
          from organisations.organisation s where s.path = any(${superiorPathsOf(sql`o.path`)})) as trail
      from organisations.organisation o where o.id = ${node.id}`),
    headcountOf(ctx, node as Node & { kind: Kind }),
  ])
  const whole = { ...organisation, term: term === null ? null : seatedOn(today, term) }
  return { ...whole, findings: judge(whole, counts, exceptions, today) }
}

async function getPast(ctx: Context, id: string, day: string): Promise<Whole> {
  const [{ path, ...organisation }, term] = await Promise.all([
    ctx.get(sql<Stored>`
      select ${allColumns} from (select o.*, ${countsOn(day)} from (
        select ${asOfColumns(day)} from organisations.organisation o join (${affiliationOn(day)}) a on a.organisation_id = o.id
        where o.id = ${id}) o) o`),
    findTerm(ctx, id, day),
  ])
  const superiors = trailOf(path, await superiorsOf(ctx, [path], day))
  return { ...organisation, term, trail: superiors.map(({ id: superiorId, name, kind }) => ({ id: superiorId, name, kind })), findings: [] }
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
