import { expect, test } from 'vitest'
import { attendanceOf } from './parts.ts'
import type { GatheringRecord } from './record.ts'

type Row = GatheringRecord['roster'][number]
const row = (state: Row['state'], expected = true): Row => ({
  memberId: '',
  name: '',
  capacity: 'MEMBER',
  hasVote: true,
  expected,
  state,
  leaveReason: null,
  coming: false,
  confirmedBy: null,
  deviceAt: null,
  confirmedAt: null,
})

test('those expected are counted by what became of it, and nobody else', () => {
  const roster = [
    row('PRESENT_ONSITE'),
    row('PRESENT_ONSITE'),
    row('PRESENT_ONLINE'),
    row('LEAVE'),
    row('EXCUSED_LONG_TERM'),
    row('PRESENT_ONSITE', false),
  ]
  expect(attendanceOf({ roster })).toEqual([
    { part: 'onsite', people: 2 },
    { part: 'online', people: 1 },
    { part: 'leave', people: 2 },
  ])
})

test('before the roll-call everybody is open', () => {
  expect(attendanceOf({ roster: [row('EXPECTED'), row('EXPECTED')] })).toEqual([{ part: 'open', people: 2 }])
})
