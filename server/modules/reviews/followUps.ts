/** How an item of the list or a promise is going: notes, oldest first. */
import type { z } from 'zod'
import type { Rectification } from '#contract/rectifications'
import { type Context, DomainError, type RawBuilder, sql } from '#platform'

type FollowUp = z.output<typeof Rectification>['followUps'][number]

/** SQL: the notes on the row `of` as JSON. */
export const followUpsOf = (on: RawBuilder<unknown>): RawBuilder<FollowUp[]> => sql<FollowUp[]>`
  (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'at', to_char(f.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'byName', f.by_name, 'text', f.text) order by f.at, f.id), '[]')
   from reviews.follow_up f where ${on})`

interface About {
  county: string
  path: string
  rectificationId?: string
  promiseId?: string
}

/** Adds a note. @returns false when this one was sent before @throws DomainError ID_TAKEN */
export async function addFollowUp(ctx: Context, about: About, id: string, text: string): Promise<boolean> {
  const known = await ctx.find(sql<{ rectificationId: string | null; promiseId: string | null; text: string }>`
    select rectification_id as "rectificationId", promise_id as "promiseId", text from reviews.follow_up where county = ${about.county} and id = ${id}`)
  if (known !== undefined) {
    const again =
      known.text === text &&
      (known.rectificationId ?? undefined) === about.rectificationId &&
      (known.promiseId ?? undefined) === about.promiseId
    if (again) return false
    throw new DomainError('ID_TAKEN')
  }
  await ctx.query(sql`
    insert into reviews.follow_up (county, id, path, rectification_id, promise_id, by_name, text)
    values (${about.county}, ${id}, ${about.path}, ${about.rectificationId ?? null}, ${about.promiseId ?? null}, ${ctx.account.name}, ${text})`)
  return true
}
