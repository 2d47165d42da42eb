/** Puts the organisations of the demo and their terms, each in a few statements. */
import { createHash } from 'node:crypto'
import { listLevel } from '#areas'
import { type Context, sql } from '#platform'
import { addMonths, addYears, dayOf } from '#rules'
import { addOrganisations, type NewOrganisation, recountAll } from './add.ts'
import { demoOrganisations } from './demo.ts'
import { kinds } from './kinds.ts'
import { termYears } from './terms.ts'

/** Terms of the demo began between one month and this much before their end ago, so that few are due and none is overdue. */
const monthsLeftAtLeast = 2

export async function seed(ctx: Context): Promise<void> {
  const [province, prefectures, counties, townships, villages] = await Promise.all([
    listLevel(ctx, 'PROVINCE'),
    listLevel(ctx, 'PREFECTURE'),
    listLevel(ctx, 'COUNTY'),
    listLevel(ctx, 'TOWNSHIP'),
    listLevel(ctx, 'VILLAGE'),
  ])
  const rows = demoOrganisations({ province, prefectures, counties, townships, villages })
  await addOrganisations(ctx, rows)
  await recountAll(ctx)
  await addTerms(ctx, rows)
}

/** The running term of every organisation that elects its committee, with seats to be filled by `setSeats`. */
async function addTerms(ctx: Context, rows: readonly NewOrganisation[]): Promise<void> {
  const today = dayOf(ctx.now)
  const terms = rows
    .filter((row) => kinds[row.kind].elects)
    .map((row) => {
      const years = termYears(row.kind, row.sector)
      const monthsAgo = 1 + (createHash('sha256').update(`${row.id} term`).digest().readUInt32BE(0) % (years * 12 - monthsLeftAtLeast))
      const begins = addMonths(today, -monthsAgo)
      const startOn = begins > row.establishedOn ? begins : row.establishedOn
      return {
        id: row.id,
        startOn,
        endOn: addYears(startOn, years),
        seq: 1 + Math.floor((Number(startOn.slice(0, 4)) - Number(row.establishedOn.slice(0, 4))) / years),
      }
    })
  await ctx.query(sql`
    insert into organisations.term (organisation_id, seq, start_on, nominal_end_on)
    select * from unnest(${terms.map((t) => t.id)}::uuid[], ${terms.map((t) => t.seq)}::int[], ${terms.map((t) => t.startOn)}::date[], ${terms.map((t) => t.endOn)}::date[])`)
}
