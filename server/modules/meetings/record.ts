/** The record: what was said and resolved, written by one person, to be confirmed by another. */
import type * as recording from '#contract/record'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, hashOf, sql, wrong } from '#platform'
import { addDays, dayOf, headsOf, judgeVote, rule, votesAmiss } from '#rules'
import type { Hall } from './hall.ts'
import { heldOn, type Roster, rosterRows, type Stored, stored } from './read.ts'
import { dropSignatures, putSignature } from './sign.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'
import { isOfCommittee } from './verdicts.ts'

type Input = BodyOf<typeof recording.putRecord>
type Resolutions = readonly Input['resolutions'][number][]

const longestMilliseconds = 86_400_000

/** Days after the gathering within which a record is not late. Source: MEET-LATE-ENTRY (a parameter, overridable by the province). */
const recordWithinDays = () => Number(rule('MEET-LATE-ENTRY').params['withinDays'])

function checkTimes({ actualStart, actualEnd }: Input, now: Date): void {
  const [from, until] = [Date.parse(actualStart), Date.parse(actualEnd)]
  if (until <= from) throw wrong('TIMES_IMPOSSIBLE', 'body.actualEnd', '结束时间应晚于开始时间。', 'The end must be after the start.')
  if (until - from > longestMilliseconds) {
    throw wrong('TIMES_IMPOSSIBLE', 'body.actualEnd', '一次活动不会超过 24 小时，请核对日期。', 'A gathering does not last over 24 hours.')
  }
  if (from > now.getTime()) {
    throw wrong('TIMES_IMPOSSIBLE', 'body.actualStart', '开始时间在将来，开过会再写记录。', 'The start lies in the future.')
  }
}

/** The host and everybody quoted are on the roster. @returns the host's name */
function checkPeople({ hostId, speeches }: Input, roster: Roster): string {
  const host = roster.find((row) => row.memberId === hostId)
  if (host === undefined) throw wrong('NOT_ON_ROSTER', 'body.hostId', '主持人应在名单上。', 'The host must be on the roster.')
  const stranger = speeches.findIndex((speech) => !roster.some((row) => row.memberId === speech.memberId))
  if (stranger >= 0) {
    throw wrong('NOT_ON_ROSTER', `body.speeches.${stranger}.memberId`, '发言人不在名单上。', 'The speaker is not on the roster.')
  }
  return host.name
}

/** Each resolution by the rule of its kind. @throws DomainError VOTES_DO_NOT_ADD_UP when more votes were cast than people could */
function judgeAll(resolutions: Resolutions, roster: Roster, committee: boolean) {
  const counted = headsOf(roster)
  return resolutions.map((given, i) => {
    // What was recorded before papers were counted has none.
    const resolution = { ...given, papers: given.papers ?? null }
    const amiss = votesAmiss(resolution, counted)
    if (amiss !== undefined) {
      throw wrong('VOTES_DO_NOT_ADD_UP', `body.resolutions.${i}.${amiss.field}`, amiss.sentence.zh, amiss.sentence.en)
    }
    return { ...resolution, ...judgeVote(resolution, counted, committee) }
  })
}

/** Files somebody may attach: their own, and those already in the record. */
async function checkFiles(ctx: Context, gathering: Stored, fileIds: readonly string[]): Promise<void> {
  const added = fileIds.filter((fileId) => !gathering.fileIds.includes(fileId))
  if (added.length === 0) return
  const own = await ctx.query(sql<{ id: string }>`
    select id from platform.file where id = any(${added}::uuid[]) and account_id = ${ctx.account.id}`)
  const missing = fileIds.findIndex((fileId) => added.includes(fileId) && !own.some(({ id }) => id === fileId))
  if (missing < 0) return
  throw wrong('INVALID', `body.fileIds.${missing}`, '没有找到这个附件，请重新上传。', 'There is no such file of yours; upload it again.')
}

/**
 * Writes the record; may be written again until it is confirmed. The same record sent twice is written once, also when the sender has
 * meanwhile seen what became of the first.
 */
export async function record(ctx: Context, organisation: Hall, id: string, input: Input): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  const { version, ...content } = input
  const hash = hashOf([ctx.account.id, content])
  if (gathering.recordHash?.equals(hash) === true && version <= gathering.version) return
  require('record', gathering.state)
  if (version !== gathering.version) throw new DomainError('STALE_VERSION')
  checkTimes(input, ctx.now)
  const roster = await rosterRows(ctx, organisation.county, id)
  const hostName = checkPeople(input, roster)
  const resolutions = judgeAll(input.resolutions, roster, isOfCommittee(gathering.segments))
  await checkFiles(ctx, gathering, input.fileIds)
  const late = dayOf(ctx.now) > addDays(heldOn(input.actualStart), recordWithinDays())
  if (late && input.lateReason.trim() === '') {
    const zh = `会后超过 ${recordWithinDays()} 天补录，请写明原因（会标注“补录”）。`
    throw wrong('LATE_REASON_NEEDED', 'body.lateReason', zh, 'The record is late: say why; it will be marked as entered late.')
  }
  await ctx.query(sql`
    update meetings.gathering set state = 'DRAFT_MINUTES', actual_start = ${input.actualStart}, actual_end = ${input.actualEnd},
      held_on = ${heldOn(input.actualStart)}, host_id = ${input.hostId}, host_name = ${hostName}, agenda = ${JSON.stringify(input.agenda)}::jsonb,
      speeches = ${JSON.stringify(input.speeches)}::jsonb, minutes = ${input.minutes}, resolutions = ${JSON.stringify(resolutions)}::jsonb,
      file_ids = ${input.fileIds}::uuid[], late_entry = ${late}, late_reason = ${late ? input.lateReason : ''},
      recorder_account_id = ${ctx.account.id}, recorder_name = ${ctx.account.name}, record_hash = ${hash}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  await dropSignatures(ctx, gathering)
  if (input.sign) {
    await putSignature(ctx, gathering, 'RECORDER')
    if (ctx.account.subjectId === input.hostId) await putSignature(ctx, gathering, 'HOST')
  }
  happened(ctx, organisation, id, 'recorded')
}

/** After the roll was corrected: who was present decides about the resolutions, and whoever confirms has to look again. */
export async function judgeAgain(ctx: Context, gathering: Stored): Promise<void> {
  const roster = await rosterRows(ctx, gathering.county, gathering.id)
  const resolutions = judgeAll(gathering.resolutions, roster, isOfCommittee(gathering.segments))
  await ctx.query(sql`
    update meetings.gathering set resolutions = ${JSON.stringify(resolutions)}::jsonb, version = version + 1
    where county = ${gathering.county} and id = ${gathering.id}`)
}
