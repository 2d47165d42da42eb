/** Gatherings for tests: theme days of a branch, begun and held through the contract by its recorder and its secretary. */
import { randomUUID } from 'node:crypto'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import type { Node } from '#platform'
import type { Person } from './person.ts'

/** Begins a theme day at this moment, one hour ago unless told. */
export async function beginThemeDay(recorder: Person, branch: Node, at = new Date(Date.now() - 3_600_000).toISOString()) {
  const params = { organisationId: branch.id, gatheringId: randomUUID() }
  await recorder.call(meetings.putGathering, {
    params,
    body: { title: '学习新党章', segments: [{ id: randomUUID(), kind: 'THEME_DAY' }], mode: 'ONSITE', plannedStart: at },
  })
  await recorder.call(meetings.notifyGathering, { params })
  return { params, at, gathering: await recorder.call(meetings.startGathering, { params, body: { at } }) }
}

/** Holds a theme day with so many of the roster absent, records it and has it confirmed. @returns its parameters */
export async function holdThemeDay(recorder: Person, secretary: Person, branch: Node, absent = 0, begunAt?: string) {
  const { params, at, gathering } = await beginThemeDay(recorder, branch, begunAt)
  const rows = gathering.roster.map(({ memberId }, n) => ({
    memberId,
    state: n < absent ? ('ABSENT' as const) : ('PRESENT_ONSITE' as const),
    deviceAt: at,
  }))
  const called = await recorder.call(attendance.putAttendance, { params, body: { rows } })
  const recorded = await recorder.call(recording.putRecord, {
    params,
    body: {
      actualStart: at,
      actualEnd: new Date(Date.parse(at) + 1_800_000).toISOString(),
      hostId: rows[0]?.memberId ?? '',
      agenda: [],
      minutes: '学习了新党章。',
      lateReason: '驻地没有网络',
      version: called.version,
    },
  })
  await secretary.call(recording.confirmGathering, { params, body: { version: recorded.version } })
  return params
}
