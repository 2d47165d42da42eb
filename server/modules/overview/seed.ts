/** History that was put in without events: rollups are filled from the records, and the latest of it is told. */
import { lastConfirmed } from '#meetings'
import type { Context } from '#platform'
import { recordHappenings } from './happenings.ts'
import { fill } from './rollups.ts'

const told = 100

export async function seed(ctx: Context): Promise<void> {
  await fill(ctx)
  const confirmed = await lastConfirmed(ctx, told)
  await recordHappenings(
    ctx,
    confirmed.map(({ id, county, organisationId, path, confirmedAt, expected, present }) => ({
      id,
      type: 'meetings.gathering.confirmed',
      county,
      nodeId: organisationId,
      path,
      subjectId: id,
      data: { expected, present },
      at: confirmedAt,
    })),
  )
}
