/** The demo: each module puts its part, in their order, all in one transaction, so that half a demo is never found. */
import { type Context, countAsRead, type House, type Module, openPool, sql, transact } from '#platform'

/**
 * For this transaction only: a small sample is enough for the planner (autovacuum takes a large one later), and references between rows
 * are not looked up one by one where the owner may say so; `demo.test.ts` checks every one of them over the whole demo.
 */
async function hurry(ctx: Context): Promise<void> {
  await ctx.query(sql`set local default_statistics_target = 10`)
  const { may } = await ctx.get(sql<{ may: boolean }>`select rolsuper as may from pg_roles where rolname = current_user`)
  if (may) await ctx.query(sql`set local session_replication_role = replica`)
}

/**
 * Puts the demo into an empty database.
 * @param says called after each part with the seconds it took, for a line on the console
 * @returns false when there already was something
 */
export async function seedDemo(
  url: string,
  house: House,
  modules: readonly Module[],
  says: (module: string, seconds: number) => void,
): Promise<boolean> {
  // As the owner: the planner must know the new rows before the next part reads them, and only the owner may tell it.
  const pool = openPool(url, 'owner', 1, 300_000)
  try {
    return await transact(pool, async (ctx) => {
      await ctx.query(sql`select pg_advisory_xact_lock(7164041)`)
      await hurry(ctx)
      const { there } = await ctx.get(sql<{ there: boolean }>`select exists (select from areas.area) as there`)
      if (there) return false
      // What the demo writes is in what it fills the projections with.
      await countAsRead(ctx, house.projections)
      for (const module of modules) {
        if (module.seed === undefined) continue
        const began = performance.now()
        await module.seed(ctx, house.services)
        for (const { table } of module.tables) await ctx.query(sql`analyze ${sql.table(table)}`)
        says(module.name, (performance.now() - began) / 1000)
      }
      return true
    })
  } finally {
    await pool.end()
  }
}
