/**
 * Finding organisations inside a scope, fast at 150,000 of them. What is called exactly as typed comes first; the rest in the order
 * of the paths, superiors before those below them, so that a page continues where the last one ended.
 */
import type { QueryOf } from '#contract/operation'
import type { searchOrganisations } from '#contract/organisations'
import { contains, type Context, type RawBuilder, type Scope, sql, wrongCursor } from '#platform'
import { superiorsOf, trailOf } from './nodes.ts'
import { type OrganisationRow, rowColumns } from './rows.ts'

type Query = QueryOf<typeof searchOrganisations>
type Found = OrganisationRow & { path: string }

/** Where the last page ended: among the exact names or among the rest, and at which path. */
interface Cursor {
  part: 'exact' | 'rest'
  after: string
}

const start: Cursor = { part: 'exact', after: '' }

const encode = ({ part, after }: Cursor) => Buffer.from(`${part}:${after}`).toString('base64url')

function decode(cursor: string | undefined): Cursor {
  if (cursor === undefined) return start
  const parts = /^(exact|rest):((?:[0-9a-z]+\/)*)$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (parts === null) throw wrongCursor()
  return { part: parts[1] === 'exact' ? 'exact' : 'rest', after: parts[2] ?? '' }
}

/** Rows read in the order of paths before the index of characters is asked: a frequent word fills a page from these. */
const walked = 3000

/** @returns one page of living organisations inside the scope, each with its superiors in one line */
export async function search(ctx: Context, scope: Scope, query: Query) {
  const typed = query.q.trim().replaceAll(/\s+/g, '')
  const from = decode(query.cursor)
  const inside = sql`${scope.covers(sql`o.path`)} and o.dissolved_on is null ${query.kind === undefined ? sql`` : sql`and o.kind = ${query.kind}`}`
  const wanted = query.limit + 1
  const found: (Found & { part: Cursor['part'] })[] = []
  const take = (part: Cursor['part'], rows: Found[]) => found.push(...rows.map((row) => ({ ...row, part })))
  if (typed === '') take('rest', await page(ctx, sql`${inside} and o.path > ${from.after}`, wanted))
  else {
    const exact = sql`(o.short_name = ${typed} or o.pinyin = ${typed.toLowerCase()} or o.initials = ${typed.toLowerCase()})`
    if (from.part === 'exact') take('exact', await gather(ctx, sql`${inside} and ${exact} and o.path > ${from.after}`, wanted))
    if (found.length < wanted) {
      const rest = sql`${inside} and not ${exact} and o.path > ${from.part === 'rest' ? from.after : ''}`
      take('rest', await listMatches(ctx, rest, typed, wanted - found.length))
    }
  }
  const shown = found.slice(0, query.limit)
  const last = found.length > query.limit ? shown.at(-1) : undefined
  const superiors = await superiorsOf(
    ctx,
    shown.map((row) => row.path),
  )
  return {
    items: shown.map(({ path, part: _part, ...row }) => ({
      ...row,
      trail: trailOf(path, superiors)
        .map((superior) => superior.name)
        .join(' › '),
    })),
    next: last === undefined ? null : encode({ part: last.part, after: last.path }),
  }
}

const page = (ctx: Context, where: RawBuilder<unknown>, limit: number) =>
  ctx.query(sql<Found>`select ${rowColumns}, o.path from organisations.organisation o where ${where} order by o.path limit ${limit}`)

/** Few rows are expected: `offset 0` has them gathered by their own indexes first, instead of walking along the paths until there are enough. */
const gather = (ctx: Context, where: RawBuilder<unknown>, limit: number) =>
  ctx.query(sql<Found>`
    select ${rowColumns}, o.path from (select * from organisations.organisation o where ${where} offset 0) o order by o.path limit ${limit}`)

/** Letters are the beginning of pinyin or initials; anything is looked for anywhere in a name. */
async function listMatches(ctx: Context, where: RawBuilder<unknown>, typed: string, limit: number): Promise<Found[]> {
  const text = typed.toLowerCase()
  const end = `${text}{`
  const named = contains(sql`(o.name_full || ' ' || o.name || ' ' || o.short_name)`, text)
  const matches = /^[a-z0-9]+$/.test(text)
    ? sql`((o.pinyin >= ${text} and o.pinyin < ${end}) or (o.initials >= ${text} and o.initials < ${end}) or ${named})`
    : named
  const near = await ctx.query(sql<Found>`
    select ${rowColumns}, o.path from (select * from organisations.organisation o where ${where} order by o.path limit ${walked}) o
    where ${matches} order by o.path limit ${limit}`)
  return near.length === limit ? near : gather(ctx, sql`${where} and ${matches}`, limit)
}
