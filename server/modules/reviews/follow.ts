/** Reviews and commitments follow their branch when it moves, so that scopes keep finding them. */
import { type Projection, sql } from '#platform'

export const followOrganisations: Projection = {
  name: 'reviews.followOrganisations',
  listens: ['organisations.organisation.moved'],
  async apply(ctx, events) {
    for (const { data } of events) {
      const [from, to] = [String(data.oldPath), String(data.newPath)]
      const set = sql`set path = ${to} || substr(path, ${from.length + 1}) where path >= ${from} and path < ${`${from.slice(0, -1)}0`}`
      for (const table of [
        sql`reviews.review`,
        sql`reviews.person`,
        sql`reviews.voter`,
        sql`reviews.ballot`,
        sql`reviews.amendment`,
        sql`reviews.rectification`,
        sql`reviews.promise`,
        sql`reviews.follow_up`,
        sql`reviews.talk`,
        sql`reviews.oath`,
      ]) {
        await ctx.query(sql`update ${table} ${set}`)
      }
    }
  },
  // Paths are corrected in place; reading the same moves again changes nothing.
  async reset() {},
}
