/** Patrol mode: what members on the way say to a gathering, and what the recorder makes of it. */
import type { z } from 'zod'
import type { putContribution } from '#contract/attendance'
import type * as contract from '#contract/meetings'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, holdersOf, type Node, notify, sql, wrong } from '#platform'
import { callRoll } from './hold.ts'
import { stored } from './read.ts'
import { require } from './states.ts'
import { notOnRoster } from './steps.ts'

type Contribution = z.output<typeof contract.Contribution>
type Input = BodyOf<typeof putContribution>

const columns = sql`c.id, c.member_id as "memberId", c.name, c.text, c.device_at as "deviceAt", c.received_at as "receivedAt", c.counts,
  c.decided_name as "decidedByName", c.file_id as "fileId", f.name as "fileName", f.media_type as "mediaType"`

type Row = Omit<Contribution, 'file'> & { fileId: string | null; fileName: string | null; mediaType: string | null }

const shown = ({ fileId, fileName, mediaType, ...row }: Row): Contribution => ({
  ...row,
  file: fileId === null ? null : { fileId, name: fileName ?? '', mediaType: mediaType ?? '' },
})

/** What was said from the way, in the order it arrived. */
export async function contributionsTo(ctx: Context, county: string, gatheringId: string): Promise<Contribution[]> {
  const rows = await ctx.query(sql<Row>`
    select ${columns} from meetings.contribution c left join platform.file f on f.id = c.file_id
    where c.county = ${county} and c.gathering_id = ${gatheringId} order by c.received_at, c.id`)
  return rows.map(shown)
}

/** Keeps what somebody said; the same once more is kept once. @throws DomainError WRONG_STATE, NOT_ON_ROSTER, INVALID, ID_TAKEN */
export async function contribute(ctx: Context, organisation: Node, gatheringId: string, id: string, input: Input): Promise<Contribution> {
  const { county, id: nodeId, path } = organisation
  const { text, fileId, deviceAt } = input
  const memberId = ctx.account.subjectId
  const known = await ctx.find(sql<{ gatheringId: string; memberId: string; text: string; fileId: string | null }>`
    select gathering_id as "gatheringId", member_id as "memberId", text, file_id as "fileId" from meetings.contribution
    where county = ${county} and id = ${id}`)
  const gathering = await stored(ctx, organisation, gatheringId)
  if (known !== undefined) {
    const same = known.gatheringId === gatheringId && known.memberId === memberId && known.text === text && known.fileId === fileId
    if (!same) throw new DomainError('ID_TAKEN')
    return one(ctx, county, id)
  }
  require('contribute', gathering.state)
  const own = await ctx.find(sql<{ name: string }>`
    select name from meetings.attendance where county = ${county} and gathering_id = ${gatheringId} and member_id = ${memberId}`)
  if (own === undefined || memberId === null) throw notOnRoster()
  if (text.trim() === '' && fileId === null) {
    throw wrong('INVALID', 'body.text', '说几句或录一段再发。', 'Say something or record it first.')
  }
  await checkFile(ctx, fileId)
  await ctx.query(sql`
    insert into meetings.contribution (county, id, gathering_id, member_id, name, text, file_id, device_at)
    values (${county}, ${id}, ${gatheringId}, ${memberId}, ${own.name}, ${text}, ${fileId}, ${deviceAt})`)
  const told = await holdersOf(ctx, nodeId, ['BRANCH_SECRETARY', 'RECORDER'])
  await notify(
    ctx,
    told.map((accountId) => ({
      accountId,
      kind: 'meetings.contribution',
      title: { zh: `路上发言：${gathering.title}`, en: `From the way: ${gathering.title}` },
      body: { zh: '请听一听、看一看，决定是否计为线上到会。', en: 'Listen to it and decide whether it counts as present online.' },
      because: { zh: '您负责这个支部的会议。', en: 'You look after the meetings of this branch.' },
      href: `/meetings/${nodeId}/${gatheringId}`,
      once: `meetings.contribution:${gatheringId}`,
    })),
  )
  ctx.emit({ type: 'meetings.contribution.received', county, nodeId, path, subjectId: memberId, data: { gatheringId } })
  ctx.audit({ operation: 'meetings.putContribution', county, subjectId: memberId, rows: 1 })
  return one(ctx, county, id)
}

async function one(ctx: Context, county: string, id: string): Promise<Contribution> {
  return shown(
    await ctx.get(sql<Row>`
      select ${columns} from meetings.contribution c left join platform.file f on f.id = c.file_id where c.county = ${county} and c.id = ${id}`),
  )
}

async function checkFile(ctx: Context, fileId: string | null): Promise<void> {
  if (fileId === null) return
  const own = await ctx.find(sql`select id from platform.file where id = ${fileId} and account_id = ${ctx.account.id}`)
  if (own === undefined)
    throw wrong('INVALID', 'body.fileId', '没有找到这段录音，请重新发送。', 'There is no such recording of yours; send it again.')
}

/** The recorder decides: it counts as present online, or it does not. Somebody in the room stays there. @throws DomainError NOT_FOUND, WRONG_STATE */
export async function decide(ctx: Context, organisation: Node, gatheringId: string, id: string, counts: boolean): Promise<void> {
  const { county } = organisation
  const gathering = await stored(ctx, organisation, gatheringId, true)
  const known = await ctx.get(sql<{ memberId: string; counts: boolean | null; deviceAt: string; state: string }>`
    select c.member_id as "memberId", c.counts, c.device_at as "deviceAt", a.state from meetings.contribution c
    join meetings.attendance a on a.county = c.county and a.gathering_id = c.gathering_id and a.member_id = c.member_id
    where c.county = ${county} and c.id = ${id} and c.gathering_id = ${gatheringId}`)
  if (known.counts === counts) return
  require('attend', gathering.state)
  await ctx.query(sql`
    update meetings.contribution set counts = ${counts}, decided_name = ${ctx.account.name} where county = ${county} and id = ${id}`)
  const mark = (state: 'PRESENT_ONLINE' | 'EXPECTED') =>
    callRoll(ctx, organisation, gatheringId, [{ memberId: known.memberId, state, leaveReason: null, deviceAt: known.deviceAt }])
  if (counts && known.state !== 'PRESENT_ONSITE' && known.state !== 'PRESENT_ONLINE') await mark('PRESENT_ONLINE')
  if (known.counts === true && known.state === 'PRESENT_ONLINE') await mark('EXPECTED')
  ctx.audit({ operation: 'meetings.decideContribution', county, subjectId: known.memberId, rows: 1 })
}
