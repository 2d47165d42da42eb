/** Gatherings and exemptions follow their organisation when it moves, so that scopes keep finding them. */
import { type Projection, sql } from '#platform'

export const followOrganisations: Projection = {
  name: 'meetings.followOrganisations',
  listens: ['organisations.organisation.moved'],
  async apply(ctx, events) {
    for (const { data } of events) {
      const from = String(data.oldPath)
      for (const table of ['meetings.gathering', 'meetings.exemption'] as const) {
        await ctx.query(sql`
          update ${sql.table(table)} set path = ${String(data.newPath)} || substr(path, ${from.length + 1})
          where path >= ${from} and path < ${`${from.slice(0, -1)}0`}`)
      }
    }
  },
  // Paths are corrected in place; reading the same moves again changes nothing.
  async reset() {},
}
