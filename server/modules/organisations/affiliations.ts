/** Writing where organisations stand: the row of today, its history, and the counters of the superiors. */
import { type Context, type RawBuilder, sql } from '#platform'
import { isWithin, superiorPaths } from './paths.ts'

/** Ends the affiliations that these organisations had and begins those they have now, from this day on. */
async function beginAgain(ctx: Context, which: RawBuilder<boolean>, day: string): Promise<number> {
  await ctx.query(sql`
    update organisations.affiliation a set valid_to = ${day} from organisations.organisation o
    where o.id = a.organisation_id and ${which} and o.dissolved_on is null and a.valid_to is null and a.valid_from < ${day}`)
  const rows = await ctx.query(sql<{ id: string }>`
    insert into organisations.affiliation (organisation_id, valid_from, parent_id, path, name_full, name, short_name)
    select o.id, ${day}::date, o.parent_id, o.path, o.name_full, o.name, o.short_name from organisations.organisation o
    where ${which} and o.dissolved_on is null
    on conflict (organisation_id, valid_from) do update set parent_id = excluded.parent_id, path = excluded.path, name_full = excluded.name_full,
      name = excluded.name, short_name = excluded.short_name
    returning organisation_id as id`)
  return rows.length
}

/** A new name from this day on. */
export const renamed = (ctx: Context, id: string, day: string): Promise<number> => beginAgain(ctx, sql<boolean>`o.id = ${id}`, day)

/** Moves the whole subtree under another path, set-based. @returns how many living organisations have another path */
export async function moveSubtree(ctx: Context, oldPath: string, newPath: string, day: string): Promise<number> {
  await ctx.query(sql`
    update organisations.organisation o set path = ${newPath} || substr(o.path, ${oldPath.length + 1}) where ${isWithin(sql`o.path`, oldPath)}`)
  return beginAgain(ctx, isWithin(sql`o.path`, newPath), day)
}

/** Ends the organisation and its affiliation from this day on. */
export async function end(ctx: Context, id: string, path: string, day: string): Promise<void> {
  await ctx.query(sql`update organisations.organisation set dissolved_on = ${day}, version = version + 1 where id = ${id}`)
  await ctx.query(sql`update organisations.affiliation set valid_to = ${day} where organisation_id = ${id} and valid_to is null`)
  await countAbove(ctx, path, -1, -1)
}

/**
 * Keeps the counters of all superiors of this path.
 * @param below how many living organisations came (or, negative, went) at every level · @param children how many directly
 */
export async function countAbove(ctx: Context, path: string, below: number, children: number): Promise<void> {
  const superiors = superiorPaths(path)
  await ctx.query(sql`
    update organisations.organisation set below = below + ${below}, children = children + case when path = ${superiors.at(-1) ?? ''} then ${children} else 0 end
    where path = any(${superiors}::text[])`)
}

/** The latest day on which an affiliation in this subtree began: an earlier change would contradict what is already on record. */
export async function latestBeginning(ctx: Context, path: string): Promise<string> {
  const { day } = await ctx.get(sql<{ day: string | null }>`
    select max(a.valid_from) as day from organisations.affiliation a
    where ${isWithin(sql`a.path`, path)} and a.valid_to is null`)
  return day ?? '0001-01-01'
}

/** The day since which the organisation and all its superiors stand where they stand now. */
export async function standsSince(ctx: Context, id: string): Promise<string> {
  const { day } = await ctx.get(sql<{ day: string }>`
    select coalesce(max(a.valid_to) filter (where a.path <> o.path), o.established_on) as day
    from organisations.organisation o join organisations.affiliation a on a.organisation_id = o.id where o.id = ${id} group by o.id`)
  return day
}
