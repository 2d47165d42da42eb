/** Adding organisations, one or many, in one statement each for the rows and their first affiliation. */
import type { z } from 'zod'
import type { sectors, Unit, unitSituations } from '#contract/organisations'
import { spell } from '#areas'
import { type Context, sql } from '#platform'
import type { Kind } from './kinds.ts'

export interface NewOrganisation {
  id: string
  nameFull: string
  name: string
  shortName: string
  kind: Kind
  sector: (typeof sectors)[number]
  unitSituation: (typeof unitSituations)[number]
  units: z.output<typeof Unit>[]
  parentId: string | null
  path: string
  county: string
  areaCode: string
  contactName: string
  contactPhone: string
  establishedOn: string
}

/**
 * Adds organisations with their first affiliation. Superiors come before those below; counters are the caller's matter
 * (`recountAll` for many, the change of one does its own).
 */
export async function addOrganisations(ctx: Context, rows: readonly NewOrganisation[]): Promise<void> {
  const spelt = rows.map((row) => spell(row.shortName))
  const all = <K extends keyof NewOrganisation>(key: K) => rows.map((row) => row[key])
  await ctx.query(sql`
    insert into organisations.organisation (id, name_full, name, short_name, pinyin, initials, kind, sector, unit_situation, units, parent_id,
      path, county, area_code, contact_name, contact_phone, established_on)
    select id, name_full, name, short_name, pinyin, initials, kind, sector, unit_situation, units, parent_id,
      path, county, area_code, contact_name, contact_phone, established_on
    from unnest(${all('id')}::uuid[], ${all('nameFull')}::text[], ${all('name')}::text[], ${all('shortName')}::text[],
      ${spelt.map((s) => s.pinyin)}::text[], ${spelt.map((s) => s.initials)}::text[],
      ${all('kind')}::text[], ${all('sector')}::text[], ${all('unitSituation')}::text[], ${rows.map((row) => JSON.stringify(row.units))}::jsonb[],
      ${all('parentId')}::uuid[], ${all('path')}::text[], ${all('county')}::text[], ${all('areaCode')}::text[], ${all('contactName')}::text[],
      ${all('contactPhone')}::text[], ${all('establishedOn')}::date[])
      as o(id, name_full, name, short_name, pinyin, initials, kind, sector, unit_situation, units, parent_id, path, county, area_code,
        contact_name, contact_phone, established_on)`)
  await ctx.query(sql`
    insert into organisations.affiliation (organisation_id, valid_from, parent_id, path, name_full, name, short_name)
    select id, established_on, parent_id, path, name_full, name, short_name from organisations.organisation where id = any(${all('id')}::uuid[])`)
}

/** Counts `children` and `below` of every organisation afresh, after many were added. */
export async function recountAll(ctx: Context): Promise<void> {
  await ctx.query(sql`
    with living as (select id, parent_id, path from organisations.organisation where dissolved_on is null),
    superior as (
      select array_to_string((string_to_array(rtrim(l.path, '/'), '/'))[1:n], '/') || '/' as path, count(*)::int as below
      from living l, generate_series(1, length(l.path) - length(replace(l.path, '/', '')) - 1) n group by 1),
    direct as (select parent_id, count(*)::int as children from living group by 1)
    update organisations.organisation o set below = coalesce(s.below, 0), children = coalesce(d.children, 0)
    from organisations.organisation x left join superior s on s.path = x.path left join direct d on d.parent_id = x.id
    where x.id = o.id and (o.below, o.children) is distinct from (coalesce(s.below, 0), coalesce(d.children, 0))`)
}
