/** Finding areas. The table is small (16,495 rows), so a search reads it once and ranks what fits. */
import type { z } from 'zod'
import type { Area } from '#contract/areas'
import { type Context, type RawBuilder, sql } from '#platform'

export type AreaFound = z.output<typeof Area>

interface Row {
  code: string
  name: string
  level: AreaFound['level']
  parentCode: string | null
  trail: string[]
  children: number
}

const columns = sql`a.code, a.name, a.level, a.parent_code as "parentCode", a.above as trail, a.children`

/** Adds the everyday names of the areas above, the province first. */
async function present(ctx: Context, rows: Row[]): Promise<AreaFound[]> {
  const codes = [...new Set(rows.flatMap((row) => row.trail))]
  const named = await ctx.query(
    sql<{ code: string; name: string }>`select code, short_name as name from areas.area where code = any(${codes}::text[])`,
  )
  const names = new Map(named.map(({ code, name }) => [code, name]))
  return rows.map((row) => ({ ...row, trail: row.trail.map((code) => ({ code, name: names.get(code) ?? '' })) }))
}

const read = async (ctx: Context, query: RawBuilder<Row>) => present(ctx, await ctx.query(query))

/** One area, or undefined. */
export async function find(ctx: Context, code: string): Promise<AreaFound | undefined> {
  return (await read(ctx, sql`select ${columns} from areas.area a where a.code = ${code}`))[0]
}

/** Areas directly below, by code. */
export function listChildren(ctx: Context, code: string): Promise<AreaFound[]> {
  return read(ctx, sql`select ${columns} from areas.area a where a.parent_code = ${code} order by a.code`)
}

/**
 * Areas by characters, pinyin or initials: the exact name first, then what begins so, then what contains it; higher levels first.
 * @param within only this area and those below it
 */
export async function search(ctx: Context, text: string, within: string | undefined, limit: number): Promise<AreaFound[]> {
  const typed = text.trim()
  const letters = typed.toLowerCase().replaceAll(/[\s']/g, '')
  if (letters === '') return []
  const inside = within === undefined ? sql`` : sql`and (a.code = ${within} or ${within} = any(a.above))`
  return read(
    ctx,
    sql`
    select ${columns} from (
      select a.*, case
        when ${typed} in (name, short_name) then 0
        when starts_with(short_name, ${typed}) or starts_with(name, ${typed}) then 1
        when pinyin = ${letters} then 2
        when starts_with(pinyin, ${letters}) then 3
        when starts_with(initials, ${letters}) then 4
        when position(${typed} in name) > 0 or position(${typed} in short_name) > 0 then 5 end as rank
      from areas.area a where true ${inside}) a
    where a.rank is not null
    order by a.rank, array_length(a.above, 1) nulls first, length(a.initials), a.code limit ${limit}`,
  )
}

/** The codes, names and everyday names of one level, by code; for those who build on the areas. */
export function listLevel(ctx: Context, level: AreaFound['level']) {
  return ctx.query(sql<{ code: string; name: string; shortName: string; parentCode: string | null }>`
    select code, name, short_name as "shortName", parent_code as "parentCode" from areas.area where level = ${level} order by code`)
}

/** What areas are called with their prefecture and county, as one says it; six digits mean the county. Codes outside the province are left out. */
export async function areaNames(ctx: Context, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.query(sql<{ asked: string; name: string }>`
    select asked.code as asked, concat_ws(' ', (select string_agg(above.short_name, ' ' order by above.code) from areas.area above
      where above.code = any(a.above) and above.parent_code is not null), a.short_name) as name
    from unnest(${codes}::text[]) as asked(code) join areas.area a on a.code = rpad(asked.code, 12, '0')`)
  return new Map(rows.map((row) => [row.asked, row.name]))
}
