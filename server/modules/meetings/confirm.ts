/** Confirming by a second person, filing, and correcting visibly afterwards. */
import type * as recording from '#contract/record'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, hashOf, sql, wrong } from '#platform'
import { headsOf } from '#rules'
import type { Hall } from './hall.ts'
import { rosterRows, stored } from './read.ts'
import { putSignature, signaturesOf } from './sign.ts'
import { require } from './states.ts'
import { happened, setState } from './steps.ts'
import { verdictOn } from './verdicts.ts'

/** Confirms the record, by somebody other than the recorder; fixes verdicts, counts and digest. The host who confirms signs with it. */
export async function confirm(ctx: Context, organisation: Hall, id: string, version: number): Promise<void> {
  const { county } = organisation
  const gathering = await stored(ctx, organisation, id, true)
  const again = (gathering.state === 'CONFIRMED' || gathering.state === 'ARCHIVED') && version < gathering.version
  if (again) return
  require('confirm', gathering.state)
  if (gathering.recorderAccountId === ctx.account.id) throw new DomainError('SAME_PERSON')
  if (version !== gathering.version) throw new DomainError('STALE_VERSION')
  if (gathering.minutes.trim() === '' && gathering.agenda.every((item) => item.note.trim() === '')) {
    throw wrong(
      'RECORD_INCOMPLETE',
      'minutes',
      '记录还是空的：至少写明议题情况或会议内容（条例要求的记录要素）。',
      'The record is still empty.',
    )
  }
  const roster = await rosterRows(ctx, county, id)
  const counted = headsOf(roster)
  const verdicts = gathering.segments.map((segment) => verdictOn(segment, counted))
  if (gathering.hostId !== null && gathering.hostId === ctx.account.subjectId) await putSignature(ctx, gathering, 'HOST')
  const signatures = await signaturesOf(ctx, county, id)
  const { title, place, actualStart, actualEnd, hostId, agenda, speeches, minutes, resolutions, fileIds } = gathering
  const digest = hashOf([
    id,
    title,
    place,
    actualStart,
    actualEnd,
    hostId,
    agenda,
    speeches,
    minutes,
    resolutions,
    fileIds,
    roster,
    verdicts,
    signatures,
  ])
  await ctx.query(sql`
    update meetings.segment s set valid = v.valid, eligible = v.eligible, present = v.present, need = v.need, sentence = v.sentence,
      rule_id = v.rule_id, rule_version = v.rule_version
    from unnest(${verdicts.map((v) => v.segmentId)}::uuid[], ${verdicts.map((v) => v.valid)}::bool[], ${verdicts.map((v) => v.eligible)}::int[],
      ${verdicts.map((v) => v.present)}::int[], ${verdicts.map((v) => v.need)}::int[], ${verdicts.map((v) => JSON.stringify(v.sentence))}::jsonb[],
      ${verdicts.map((v) => v.ruleId)}::text[], ${verdicts.map((v) => v.ruleVersion)}::text[])
      as v(id, valid, eligible, present, need, sentence, rule_id, rule_version)
    where s.county = ${county} and s.id = v.id`)
  await ctx.query(sql`
    update meetings.gathering set state = 'CONFIRMED', confirmed_account_id = ${ctx.account.id}, confirmed_name = ${ctx.account.name},
      confirmed_at = now(), digest = ${digest}, expected = ${counted.expected}, present = ${counted.present}, version = version + 1
    where county = ${county} and id = ${id}`)
  happened(ctx, organisation, id, 'confirmed', {
    heldOn: gathering.heldOn,
    title,
    kinds: verdicts.filter((v) => v.valid).map((v) => v.kind),
    expected: counted.expected,
    present: counted.present,
    lateEntry: gathering.lateEntry,
  })
}

export async function archive(ctx: Context, organisation: Hall, id: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'ARCHIVED') return
  require('archive', gathering.state)
  await ctx.query(setState(organisation.county, id, 'ARCHIVED'))
  happened(ctx, organisation, id, 'archived')
}

type Amendment = BodyOf<typeof recording.amendGathering>

/** How long each text may be; a title and the minutes cannot be empty. */
const bounds: Record<Amendment['field'], { least: number; most: number }> = {
  title: { least: 1, most: 120 },
  place: { least: 0, most: 120 },
  minutes: { least: 1, most: 50_000 },
}

/** A visible correction after confirmation. The same request twice is one amendment. */
export async function amend(ctx: Context, organisation: Hall, id: string, amendmentId: string, input: Amendment): Promise<void> {
  const { county } = organisation
  const gathering = await stored(ctx, organisation, id, true)
  require('amend', gathering.state)
  const done = await ctx.find(sql<Amendment & { gatheringId: string }>`
    select gathering_id as "gatheringId", field, new, reason from meetings.amendment where county = ${county} and id = ${amendmentId}`)
  if (done !== undefined) {
    if (done.gatheringId === id && done.field === input.field && done.new === input.new && done.reason === input.reason) return
    throw new DomainError('ID_TAKEN')
  }
  const { least, most } = bounds[input.field]
  const length = input.new.trim().length
  if (length < least || length > most) {
    throw wrong('INVALID', 'body.new', `请填写 ${least} 至 ${most} 个字。`, `Enter ${least} to ${most} characters.`)
  }
  await ctx.query(sql`
    insert into meetings.amendment (county, id, gathering_id, account_id, by_name, field, old, new, reason)
    values (${county}, ${amendmentId}, ${id}, ${ctx.account.id}, ${ctx.account.name}, ${input.field}, ${gathering[input.field]}, ${input.new}, ${input.reason})`)
  await ctx.query(sql`
    update meetings.gathering set ${sql.ref(input.field)} = ${input.new}, version = version + 1 where county = ${county} and id = ${id}`)
  happened(ctx, organisation, id, 'amended', { field: input.field })
}
