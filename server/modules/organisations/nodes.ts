/** Organisations as places in the hierarchy: what the platform and the modules above ask for. */
import { type Context, type Node, type RawBuilder, sql } from '#platform'
import type { Kind } from './kinds.ts'
import { isWithin, superiorPaths } from './paths.ts'

/** Organisations as nodes of the hierarchy, dissolved ones too; their names are the everyday ones. Ids that do not exist are left out. */
export function findNodes(ctx: Context, ids: readonly string[]): Promise<Node[]> {
  return ctx.query(sql<Node>`
    select id, path, county, short_name as name, kind, parent_id as "parentId" from organisations.organisation where id = any(${ids}::uuid[])`)
}

/** One of them. */
export const findNode = async (ctx: Context, id: string): Promise<Node | undefined> => (await findNodes(ctx, [id]))[0]

/** Everyday names by id; ids that do not exist are left out. */
export async function namesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.query(sql<{ id: string; name: string }>`
    select id, short_name as name from organisations.organisation where id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export interface Superior {
  id: string
  name: string
  kind: Kind
  path: string
  county: string
}

/** All superiors of these paths by their own path, with the names they carry today or carried on a day. */
export async function superiorsOf(ctx: Context, paths: readonly string[], asOf?: string): Promise<Map<string, Superior>> {
  const wanted = [...new Set(paths.flatMap(superiorPaths))]
  if (wanted.length === 0) return new Map()
  const query: RawBuilder<Superior> =
    asOf === undefined
      ? sql`select id, short_name as name, kind, path, county from organisations.organisation where path = any(${wanted}::text[])`
      : sql`
          select o.id, a.short_name as name, o.kind, a.path, o.county from organisations.affiliation a
          join organisations.organisation o on o.id = a.organisation_id
          where a.path = any(${wanted}::text[]) and a.valid_from <= ${asOf} and (a.valid_to is null or a.valid_to > ${asOf})`
  return new Map((await ctx.query(query)).map((row) => [row.path, row]))
}

/** The superiors of one path, the highest first. */
export const trailOf = (path: string, superiors: ReadonlyMap<string, Superior>): Superior[] =>
  superiorPaths(path).flatMap((above) => superiors.get(above) ?? [])

/** One row for each living organisation inside a subtree, in the order of their paths; for counters and duties kept per organisation. */
export function listNodes(ctx: Context, path: string, ofKinds: readonly Kind[]): Promise<(Node & { establishedOn: string })[]> {
  return ctx.query(sql<Node & { establishedOn: string }>`
    select id, path, county, short_name as name, kind, parent_id as "parentId", established_on as "establishedOn"
    from organisations.organisation o
    where ${isWithin(sql`path`, path)} and kind = any(${ofKinds}::text[]) and dissolved_on is null order by path`)
}
