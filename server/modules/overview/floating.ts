/** The number of members working away, as far as it may be shown. */
import { type Context, hiddenAmong, mayShow } from '#platform'
import { type Child, listBelow } from './children.ts'
import { countsOf } from './counts.ts'

/** From the top of the tree down to the organisation itself. */
export type Line = readonly { id: string; county: string }[]

const floatingOf = (counts: Awaited<ReturnType<typeof countsOf>>, id: string) => counts.get(`${id} now`)?.floating ?? 0

/**
 * Ids whose number is hidden: the organisation's own and those of its children. Decided level by level from the top, since what a superior's
 * list hides must not be found by opening one of its lines.
 */
export async function hiddenFloating(ctx: Context, line: Line): Promise<Set<string>> {
  const children = await listBelow(
    ctx,
    line.map((step) => step.id),
  )
  const counts = await countsOf(ctx, [...line, ...children], ['now'])
  const hidden = new Set<string>()
  const top = line[0]
  if (top !== undefined && !mayShow(floatingOf(counts, top.id))) hidden.add(top.id)
  const below = Map.groupBy(children, (child: Child) => child.parentId)
  for (const { id } of line) {
    const parts = (below.get(id) ?? []).map((child) => ({ id: child.id, count: floatingOf(counts, child.id) }))
    for (const part of hiddenAmong(!hidden.has(id), floatingOf(counts, id), parts)) hidden.add(part)
  }
  return hidden
}
