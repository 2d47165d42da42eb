/** An act in words: “点名：3 人”, “请假”, “会议记录”. */
import type { useT } from '../../shared/i18n.ts'
import type { Waiting } from '../../shared/offline/exchange.ts'

const kinds = [
  'meetings.putGathering',
  'meetings.notifyGathering',
  'meetings.startGathering',
  'meetings.putAttendance',
  'meetings.signInToGathering',
  'meetings.askLeave',
  'meetings.answerNotice',
  'meetings.putContribution',
  'meetings.putRecord',
  'notifications.readNotification',
  'floating.registerMyself',
  'floating.takeMyStep',
  'floating.disputeParticipation',
  'floating.putDoorCheck',
] as const
type Kind = (typeof kinds)[number]

const isKind = (operation: string): operation is Kind => (kinds as readonly string[]).includes(operation)

export function aboutAct({ operation, body }: Waiting, t: ReturnType<typeof useT>): string {
  const { title = '', rows = [], action } = (body ?? {}) as { title?: string; rows?: unknown[]; action?: string }
  const step = action === undefined ? '' : t(`mobile.floating.step.${action}`)
  const what = isKind(operation) ? operation.split('.')[1] : 'other'
  return t(`mobile.sync.act.${what}`, { title, count: rows.length, step })
}
