/**
 * What a gathering looks like once the acts that still wait have arrived: the same merging as on the platform, so that the phone
 * shows what was done and not what was last fetched.
 */
import type { z } from 'zod'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import { type Fields, type Mark, merge, mergeMarks, type Seen } from '#contract/merge'
import { documents } from '#contract/sync'
import type { Waiting } from './exchange.ts'

export type Whole = z.output<typeof meetings.Gathering>
type Row = Whole['roster'][number]

/** Who may be expected, for a gathering that begins before its roster was fetched. */
export type People = readonly { memberId: string; name: string; hasVote: boolean; probationary: boolean }[]

const isPresent = ({ state }: Row) => state === 'PRESENT_ONSITE' || state === 'PRESENT_ONLINE'

/** The verdicts are the platform's: those on another count than this are not shown any more. */
function withRoster(whole: Whole, roster: Row[]): Whole {
  const present = roster.filter((row) => row.expected && isPresent(row)).length
  const verdicts = present === whole.present ? whole.verdicts : []
  return { ...whole, roster, verdicts, expected: roster.filter((row) => row.expected).length, present }
}

function marked(whole: Whole, marks: readonly Mark[], by: Row['confirmedBy']): Whole {
  const last = new Map(marks.map((mark) => [mark.memberId, mark]))
  const roster = whole.roster.map((row): Row => {
    const mark = last.get(row.memberId)
    if (mark === undefined) return row
    const { state, leaveReason = null, deviceAt } = mark
    return { ...row, state, leaveReason, deviceAt, confirmedBy: state === 'EXPECTED' ? null : by, confirmedAt: row.confirmedAt }
  })
  return withRoster(whole, roster)
}

/** A gathering that was planned on this device and nowhere else. */
function planned(act: Waiting, organisationName: string): Whole {
  const { organisationId = '', gatheringId = '' } = act.params
  const body = act.body as z.input<typeof meetings.GatheringInput>
  return {
    id: gatheringId,
    county: '',
    organisationId,
    organisationName,
    title: body.title,
    state: 'PLANNED',
    mode: body.mode,
    plannedStart: body.plannedStart,
    heldOn: null,
    place: body.place ?? '',
    segments: body.segments,
    expected: 0,
    present: 0,
    lateEntry: false,
    groupId: body.groupId ?? null,
    plannedEnd: body.plannedEnd ?? null,
    actualStart: null,
    actualEnd: null,
    hostId: body.hostId ?? null,
    hostName: '',
    recorderName: '',
    confirmedByName: '',
    roster: [],
    guests: body.guests ?? [],
    agenda: (body.agenda ?? []) as Whole['agenda'],
    speeches: [],
    minutes: '',
    resolutions: [],
    verdicts: [],
    contributions: [],
    signatures: [],
    amendments: [],
    lateReason: '',
    cancelReason: '',
    digest: null,
    files: [],
    version: 0,
    mayConfirm: false,
  } as unknown as Whole
}

const expectedOf = (people: People): Row[] =>
  people.map(
    ({ memberId, name, hasVote, probationary }) =>
      ({
        memberId,
        name,
        capacity: probationary ? 'PROBATIONARY' : 'MEMBER',
        hasVote,
        expected: true,
        state: 'EXPECTED',
        leaveReason: null,
        confirmedBy: null,
        deviceAt: null,
        confirmedAt: null,
        coming: false,
      }) as unknown as Row,
  )

/** Fields the operation writes, put together with what is known. */
function written(whole: Whole, act: Waiting): Whole {
  const content = documents[act.operation]?.content
  if (content === undefined) return whole
  const { version: _version, fileIds: _fileIds, ...mine } = act.body as Fields
  const { fields } = merge(act.base as Fields | undefined, mine, content(whole))
  const resolutions = (fields['resolutions'] as object[] | undefined)?.map((resolution, n) => ({ ...whole.resolutions[n], ...resolution }))
  return { ...whole, ...fields, ...(resolutions === undefined ? {} : { resolutions }) } as Whole
}

const isPlanned = ({ state }: Whole) => state === 'PLANNED' || state === 'NOTIFIED' || state === 'POSTPONED'

/** What the device knows beside the gathering. */
export interface Around {
  people: People
  organisationName: string
  /** The member this device belongs to. */
  me: { memberId: string; name: string } | undefined
}

type Apply = (whole: Whole, act: Waiting, around: Around) => Whole

const effects: Readonly<Record<string, Apply>> = {
  [meetings.putGathering.id]: written,
  [meetings.notifyGathering.id]: (whole) =>
    whole.state === 'PLANNED' || whole.state === 'POSTPONED' ? { ...whole, state: 'NOTIFIED' } : whole,
  [meetings.startGathering.id]: (whole, act, { people }) => {
    if (!isPlanned(whole)) return whole
    const { at } = act.body as { at: string }
    const begun: Whole = { ...whole, state: 'IN_PROGRESS', actualStart: at }
    return withRoster(begun, whole.roster.length > 0 ? whole.roster : expectedOf(people))
  },
  [attendance.putAttendance.id]: (whole, act) => {
    const { rows } = act.body as { rows: Mark[] }
    return marked(whole, mergeMarks(act.base as Seen[] | undefined, rows, whole.roster).hold, 'RECORDER')
  },
  [attendance.signInToGathering.id]: (whole, act) => {
    const { memberId = '' } = act.params
    const { how, deviceAt } = act.body as { how: string; deviceAt: string }
    const before = whole.roster.find((row) => row.memberId === memberId)
    if (before === undefined || isPresent(before)) return whole
    return marked(whole, [{ memberId, state: how === 'CODE' ? 'PRESENT_ONSITE' : 'PRESENT_ONLINE', deviceAt }], 'SELF')
  },
  [attendance.askLeave.id]: (whole, act) => {
    const { memberId = '' } = act.params
    const { reason } = act.body as { reason: Row['leaveReason'] }
    const before = whole.roster.find((row) => row.memberId === memberId)
    if (before === undefined || isPresent(before)) return whole
    return marked(whole, [{ memberId, state: 'LEAVE', leaveReason: reason, deviceAt: act.deviceAt }], 'SELF')
  },
  [attendance.answerNotice.id]: (whole, act) => {
    const { memberId = '' } = act.params
    if (!isPlanned(whole)) return whole
    const roster = whole.roster.map((row): Row =>
      row.memberId === memberId ? { ...row, state: 'EXPECTED', leaveReason: null, confirmedBy: null, coming: true } : row,
    )
    return withRoster(whole, roster)
  },
  [attendance.putContribution.id]: (whole, act, { me }) => {
    const { contributionId = '' } = act.params
    const { text, deviceAt } = act.body as { text: string; deviceAt: string }
    if (me === undefined || whole.contributions.some(({ id }) => id === contributionId)) return whole
    const said = { id: contributionId, ...me, text, file: null, deviceAt, receivedAt: deviceAt, counts: null, decidedByName: '' }
    return { ...whole, contributions: [...whole.contributions, said] }
  },
  [recording.putRecord.id]: (whole, act) => ({
    ...written(whole, act),
    state: whole.state === 'IN_PROGRESS' ? 'DRAFT_MINUTES' : whole.state,
  }),
}

/** Is this act about this gathering? */
export const isAbout = (act: Waiting, gatheringId: string): boolean => act.params['gatheringId'] === gatheringId

/** The gathering with the acts done, in their order; undefined when it is neither known nor planned by them. */
export function predict(known: Whole | undefined, acts: readonly Waiting[], around: Around): Whole | undefined {
  let whole = known
  for (const act of acts) {
    if (whole === undefined && act.operation === meetings.putGathering.id) whole = planned(act, around.organisationName)
    else if (whole !== undefined) whole = effects[act.operation]?.(whole, act, around) ?? whole
  }
  return whole
}
