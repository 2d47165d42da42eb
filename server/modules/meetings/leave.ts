/** Answering the notice: I shall come, or I ask for leave. For oneself only. */
import { type Context, DomainError, holdersOf, type Node, notify, sql } from '#platform'
import { stored } from './read.ts'
import { require } from './states.ts'
import { notOnRoster, notYours } from './steps.ts'

const alreadyThere = () =>
  new DomainError('WRONG_STATE', {
    sentence: {
      zh: '您已签到，不能再请假。如是误签，请告诉记录人。',
      en: 'You are signed in and cannot ask for leave. If that was a mistake, tell the recorder.',
    },
  })

interface Own {
  name: string
  state: string
  reason: string | null
  note: string
}

/** The secretary and the recorder are told. The same request twice is told once. @throws DomainError NOT_YOURS, WRONG_STATE, NOT_ON_ROSTER */
export async function askLeave(
  ctx: Context,
  organisation: Node,
  gatheringId: string,
  memberId: string,
  { reason, note }: { reason: string; note: string },
): Promise<void> {
  const { county, id: nodeId, path } = organisation
  if (ctx.account.subjectId !== memberId) throw notYours()
  const gathering = await stored(ctx, organisation, gatheringId)
  require('leave', gathering.state)
  const own = await ctx.find(sql<Own>`
    select name, state, leave_reason as reason, leave_note as note from meetings.attendance
    where county = ${county} and gathering_id = ${gatheringId} and member_id = ${memberId} for update`)
  if (own === undefined) throw notOnRoster()
  if (own.state === 'PRESENT_ONSITE' || own.state === 'PRESENT_ONLINE') throw alreadyThere()
  if (own.state === 'LEAVE' && own.reason === reason && own.note === note) return
  await ctx.query(sql`
    update meetings.attendance set state = 'LEAVE', leave_reason = ${reason}, leave_note = ${note}, coming_at = null, confirmed_by = 'SELF', confirmed_at = now()
    where county = ${county} and gathering_id = ${gatheringId} and member_id = ${memberId}`)
  const told = await holdersOf(ctx, nodeId, ['BRANCH_SECRETARY', 'RECORDER'])
  await notify(
    ctx,
    told.map((accountId) => ({
      accountId,
      kind: 'meetings.leave',
      title: { zh: `${own.name}请假：${gathering.title}`, en: `${own.name} asks for leave: ${gathering.title}` },
      body: { zh: note, en: note },
      because: { zh: '您负责这个支部的会议。', en: 'You look after the meetings of this branch.' },
      href: `/meetings/${nodeId}/${gatheringId}`,
      once: `meetings.leave:${gatheringId}:${memberId}`,
    })),
  )
  // The reason stays with the attendance: an illness is not for everybody who reads events.
  ctx.emit({ type: 'meetings.attendance.leaveAsked', county, nodeId, path, subjectId: memberId, data: { gatheringId } })
  ctx.audit({ operation: 'meetings.askLeave', county, subjectId: memberId, rows: 1 })
}

/** Says that one will come; takes back a leave. The same answer twice is one. @throws DomainError NOT_YOURS, WRONG_STATE, NOT_ON_ROSTER */
export async function answerComing(ctx: Context, organisation: Node, gatheringId: string, memberId: string): Promise<void> {
  const { county, id: nodeId, path } = organisation
  if (ctx.account.subjectId !== memberId) throw notYours()
  const gathering = await stored(ctx, organisation, gatheringId)
  const own = await ctx.find(sql<{ state: string; coming: boolean }>`
    select state, coming_at is not null as coming from meetings.attendance
    where county = ${county} and gathering_id = ${gatheringId} and member_id = ${memberId} for update`)
  if (own === undefined) throw notOnRoster()
  if (own.coming && own.state === 'EXPECTED') return
  require('answer', gathering.state)
  await ctx.query(sql`
    update meetings.attendance set state = 'EXPECTED', leave_reason = null, leave_note = '', coming_at = now(), confirmed_by = null, confirmed_at = null
    where county = ${county} and gathering_id = ${gatheringId} and member_id = ${memberId}`)
  ctx.emit({ type: 'meetings.attendance.coming', county, nodeId, path, subjectId: memberId, data: { gatheringId } })
  ctx.audit({ operation: 'meetings.answerNotice', county, subjectId: memberId, rows: 1 })
}
