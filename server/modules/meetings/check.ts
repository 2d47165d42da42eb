/** The record check: gathers what stands elsewhere in the branch and lets the rules look. Nothing of it is kept. */
import { type Context, type Node, sql } from '#platform'
import { type Advice, earlierRecords, recordAdvice, textOf } from '#rules'
import { rosterRows, type Stored, stored } from './read.ts'
import { signaturesOf } from './sign.ts'
import { require } from './states.ts'

/** What is worth a second look before this record is confirmed. @throws DomainError NOT_FOUND, WRONG_STATE */
export async function checkRecord(ctx: Context, organisation: Node, id: string): Promise<Advice[]> {
  const gathering = await stored(ctx, organisation, id)
  require('check', gathering.state)
  const [roster, signed, overlaps, texts, photos] = [
    await rosterRows(ctx, gathering.county, id),
    await signaturesOf(ctx, gathering.county, id),
    await atTheSameTime(ctx, gathering),
    await otherTexts(ctx, gathering),
    await usedPhotos(ctx, gathering),
  ]
  return recordAdvice(
    {
      ...gathering,
      now: ctx.now.toISOString(),
      // Whoever confirms and hosted signs with it.
      hostSigned: signed.some(({ as }) => as === 'HOST') || ctx.account.subjectId === gathering.hostId,
      segments: gathering.segments.map(({ kind }) => kindNames[kind]),
      resolutions: gathering.resolutions.length,
      roster,
    },
    { overlaps, texts, photos },
  )
}

const kindNames: Record<Stored['segments'][number]['kind'], { zh: string; en: string }> = {
  GENERAL_MEETING: { zh: '支部党员大会', en: 'general meeting' },
  COMMITTEE_MEETING: { zh: '支部委员会会议', en: 'committee meeting' },
  GROUP_MEETING: { zh: '党小组会', en: 'group meeting' },
  PARTY_LECTURE: { zh: '党课', en: 'lecture' },
  THEME_DAY: { zh: '主题党日', en: 'theme day' },
  ORG_LIFE_MEETING: { zh: '组织生活会', en: 'organisational-life meeting' },
  DEMOCRATIC_REVIEW: { zh: '民主评议党员', en: 'democratic review' },
}

/** SQL: other gatherings of the same organisation that were held. */
const others = ({ county, organisationId, id }: Stored) => sql`
  g.county = ${county} and g.organisation_id = ${organisationId} and g.id <> ${id}
  and g.state in ('IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED', 'ARCHIVED')`

/** Gatherings at the same time at which the same people are marked present. */
async function atTheSameTime(ctx: Context, gathering: Stored) {
  const rows = await ctx.query(sql<{ title: string; heldOn: string; names: string[] }>`
    select g.title, g.held_on as "heldOn", array(
      select a.name from meetings.attendance a
      join meetings.attendance b on b.county = a.county and b.member_id = a.member_id and b.gathering_id = g.id
      where a.county = g.county and a.gathering_id = ${gathering.id} and a.state in ('PRESENT_ONSITE', 'PRESENT_ONLINE')
        and b.state in ('PRESENT_ONSITE', 'PRESENT_ONLINE') order by a.name) as names
    from meetings.gathering g
    where ${others(gathering)} and g.actual_start < ${gathering.actualEnd}::timestamptz and g.actual_end > ${gathering.actualStart}::timestamptz
    order by g.actual_start limit 20`)
  return rows.filter(({ names }) => names.length > 0)
}

/** What was written about the last gatherings before this one. */
async function otherTexts(ctx: Context, gathering: Stored) {
  const rows = await ctx.query(sql<Pick<Stored, 'title' | 'agenda' | 'speeches' | 'minutes'> & { heldOn: string }>`
    select g.title, g.held_on as "heldOn", g.agenda, g.speeches, g.minutes from meetings.gathering g
    where ${others(gathering)} and g.state <> 'IN_PROGRESS' order by g.planned_start desc limit ${earlierRecords()}`)
  return rows.map(({ title, heldOn, ...written }) => ({ title, heldOn, text: textOf(written) }))
}

/** Files of this record whose very bytes, as they were sent, stand in another record. */
function usedPhotos(ctx: Context, gathering: Stored) {
  return ctx.query(sql<{ name: string; title: string; heldOn: string }>`
    select distinct on (mine.id) mine.name, g.title, g.held_on as "heldOn" from meetings.gathering g
    cross join unnest(g.file_ids) as used(id) join platform.file f on f.id = used.id
    join platform.file mine on mine.source_sha256 = f.source_sha256 and mine.id = any(${gathering.fileIds}::uuid[])
    where ${others(gathering)} and cardinality(g.file_ids) > 0 order by mine.id, g.planned_start desc`)
}
