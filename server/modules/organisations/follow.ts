/** What is kept below an organisation follows it when it moves, so that scopes keep finding it. */
import { type Context, type Event, type Projection, sql } from '#platform'
import { isWithin } from './paths.ts'

const moved = 'organisations.organisation.moved'

/** Corrects the column `path` of these tables after a move; other events change nothing, nor does the same one again. */
export async function followMove(ctx: Context, { type, data }: Event, tables: readonly string[]): Promise<void> {
  if (type !== moved) return
  const [from, to] = [String(data.oldPath), String(data.newPath)]
  for (const table of tables) {
    await ctx.query(sql`
      update ${sql.table(table)} set path = ${to} || substr(path, ${from.length + 1}) where ${isWithin(sql`path`, from)}`)
  }
}

/** The projection of a module for which moves are all there is to follow. */
export const followingMoves = (module: string, tables: readonly string[]): Projection => ({
  name: `${module}.followOrganisations`,
  listens: [moved],
  async apply(ctx, events) {
    for (const event of events) await followMove(ctx, event, tables)
  },
  // Paths are corrected in place; reading the same moves again changes nothing.
  async reset() {},
})
