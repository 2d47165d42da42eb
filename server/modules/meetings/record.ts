/** The record: what was said and resolved, written by one person, to be confirmed by another. */
import { createHash } from 'node:crypto'
import type * as contract from '#contract/meetings'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, type Node, sql } from '#platform'
import { addDays, dayOf, rule } from '#rules'
import { heldOn, type Roster, rosterRows, type Stored, stored } from './read.ts'
import { require } from './states.ts'
import { happened, wrong } from './steps.ts'
import { heads, judge } from './verdicts.ts'

type Input = BodyOf<typeof contract.putRecord>
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
function judgeAll(resolutions: Resolutions, roster: Roster) {
  const counted = heads(roster)
  return resolutions.map((resolution, i) => {
    const judged = judge(resolution, counted)
    const cast = resolution.agree + resolution.against + resolution.abstain
    const path = `body.resolutions.${i}`
    if (cast > judged.present) {
      const zh = `票数合计 ${cast}，多于实到有表决权的 ${judged.present} 人，请核对。`
      throw wrong('VOTES_DO_NOT_ADD_UP', `${path}.agree`, zh, `${cast} votes were cast by ${judged.present} present with a vote.`)
    }
    const absent = counted.eligible - counted.presentVoting
    if (resolution.writtenOpinions > 0 && resolution.kind !== 'ADMISSION') {
      const zh = '书面意见只在讨论接收和转正时计入，这里请填 0。'
      throw wrong('VOTES_DO_NOT_ADD_UP', `${path}.writtenOpinions`, zh, 'Written opinions count for admissions only; enter 0.')
    }
    if (resolution.writtenOpinions > absent) {
      const zh = `书面意见 ${resolution.writtenOpinions} 份，多于没有到会的有表决权党员 ${absent} 人，请核对。`
      const en = `${resolution.writtenOpinions} written opinions, but ${absent} members with a vote were absent.`
      throw wrong('VOTES_DO_NOT_ADD_UP', `${path}.writtenOpinions`, zh, en)
    }
    return judged
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

/** Writes the record; may be written again until it is confirmed. The same record sent twice is written once. */
export async function record(ctx: Context, organisation: Node, id: string, input: Input): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  const { version, ...content } = input
  const hash = createHash('sha256')
    .update(JSON.stringify([ctx.account.id, content]))
    .digest()
  if (gathering.recordHash?.equals(hash) === true && version < gathering.version) return
  require('record', gathering.state)
  if (version !== gathering.version) throw new DomainError('STALE_VERSION')
  checkTimes(input, ctx.now)
  const roster = await rosterRows(ctx, organisation.county, id)
  const hostName = checkPeople(input, roster)
  const resolutions = judgeAll(input.resolutions, roster)
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
  happened(ctx, organisation, id, 'recorded')
}

/** After the roll was corrected: who was present decides about the resolutions, and whoever confirms has to look again. */
export async function judgeAgain(ctx: Context, gathering: Stored): Promise<void> {
  const resolutions = judgeAll(gathering.resolutions, await rosterRows(ctx, gathering.county, gathering.id))
  await ctx.query(sql`
    update meetings.gathering set resolutions = ${JSON.stringify(resolutions)}::jsonb, version = version + 1
    where county = ${gathering.county} and id = ${gathering.id}`)
}
