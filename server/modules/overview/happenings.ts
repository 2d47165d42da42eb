/** What just happened: written in the step that moves the rollups, so whoever hears of it and looks sees the new numbers. */
import type { z } from 'zod'
import type { Happening as Shape } from '#contract/overview'
import { aboutGatherings } from '#meetings'
import { namesOf, superiorsOf, trailOf } from '#organisations'
import { type Context, type Event, type RawBuilder, sql } from '#platform'
import { isTold, sentenceOf } from './sentences.ts'

export type Happening = z.output<typeof Shape>

/** Ids of other organisations an event speaks of. */
const others = ({ data }: Pick<Event, 'data'>) =>
  [data.into, data.newId, data.newParentId].filter((id): id is string => typeof id === 'string')

/** An event as far as it is told. */
export type Tellable = Pick<Event, 'id' | 'type' | 'county' | 'nodeId' | 'path' | 'subjectId' | 'data' | 'at'>

/** Records what is worth telling, in the order of the events; telling an event twice tells it once. */
export async function recordHappenings(ctx: Context, events: readonly Tellable[]): Promise<void> {
  const told = events.filter((event) => isTold(event.type))
  if (told.length === 0) return
  const meetings = told.filter((event) => event.type.startsWith('meetings.gathering.'))
  const gatherings = await aboutGatherings(
    ctx,
    meetings.map(({ county, subjectId }) => ({ county, gatheringId: subjectId })),
  )
  const names = await namesOf(ctx, [...new Set(told.flatMap((event) => [event.nodeId, ...others(event)]))])
  const superiors = await superiorsOf(ctx, [...new Set(told.map((event) => event.path))])
  const rows = told.map((event, n) => {
    const name = names.get(event.nodeId) ?? ''
    const gathering = gatherings.get(event.subjectId)
    const sentence = sentenceOf({ event, name, gathering, names })
    return {
      n,
      id: event.id,
      at: event.at,
      type: event.type,
      organisation_id: event.nodeId,
      organisation_name: name,
      trail: trailOf(event.path, superiors)
        .map((superior) => superior.name)
        .join(' › '),
      gathering_id: gathering?.id ?? null,
      text_zh: sentence.zh,
      text_en: sentence.en,
    }
  })
  const written = await ctx.query(sql<{ number: number }>`
    insert into overview.happening (id, at, type, organisation_id, organisation_name, trail, gathering_id, text_zh, text_en)
    select id, at, type, organisation_id, organisation_name, trail, gathering_id, text_zh, text_en
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(n int, id uuid, at timestamptz, type text, organisation_id uuid,
      organisation_name text, trail text, gathering_id uuid, text_zh text, text_en text)
    order by n
    on conflict (id) do nothing returning number`)
  await spread(ctx, sql`h.number = any(${written.map((row) => row.number)}::bigint[])`)
}

const spread = (ctx: Context, which: RawBuilder<unknown>) =>
  ctx.query(sql`
    insert into overview.happening_at (organisation_id, number)
    select unnest(p.adds_to), h.number from overview.happening h join overview.place p on p.organisation_id = h.organisation_id and p.until is null
    where ${which}
    on conflict do nothing`)

/** What happened at organisations that moved is from now on found under their new superiors, and no longer under the old ones. */
export async function respread(ctx: Context, organisationIds: readonly string[]): Promise<void> {
  if (organisationIds.length === 0) return
  const theirs = sql`h.organisation_id = any(${organisationIds}::uuid[])`
  await ctx.query(sql`delete from overview.happening_at a using overview.happening h where a.number = h.number and ${theirs}`)
  await spread(ctx, theirs)
}

const shown = sql`h.id, h.at, h.type, h.organisation_id as "organisationId", h.organisation_name as "organisationName", h.trail,
  h.gathering_id as "gatheringId", jsonb_build_object('zh', h.text_zh, 'en', h.text_en) as text`

/** The newest happenings at or below an organisation, newest first. */
export const listHappenings = (ctx: Context, organisationId: string, limit: number): Promise<Happening[]> =>
  ctx.query(sql<Happening>`
    select ${shown} from (select number from overview.happening_at where organisation_id = ${organisationId} order by number desc limit ${limit}) a
    join overview.happening h on h.number = a.number order by h.number desc`)

export type Numbered = Happening & { number: number }

/** Happenings at or below an organisation after one number up to another, oldest first. */
export const listAfter = (ctx: Context, organisationId: string, after: number, until: number, limit: number): Promise<Numbered[]> =>
  ctx.query(sql<Numbered>`
    select a.number, ${shown} from overview.happening_at a join overview.happening h on h.number = a.number
    where a.organisation_id = ${organisationId} and a.number > ${after} and a.number <= ${until} order by a.number limit ${limit}`)

/** All happenings after a number, oldest first, each with those for whom it happened. */
export const listNews = (ctx: Context, after: number, limit: number): Promise<(Numbered & { happenedFor: string[] })[]> =>
  ctx.query(sql<Numbered & { happenedFor: string[] }>`
    select h.number, ${shown}, array(select organisation_id from overview.happening_at a where a.number = h.number) as "happenedFor"
    from overview.happening h where h.number > ${after} order by h.number limit ${limit}`)

/** The number of the newest happening, 0 before the first. */
export async function newest(ctx: Context): Promise<number> {
  const { number } = await ctx.get(sql<{ number: number }>`select coalesce(max(number), 0) as number from overview.happening`)
  return number
}
