/** The record as it is being written on the phone: what is on record or planned already stands in it. */
import type { putRecord } from '#contract/record'
import { proposedEnd } from '#rules'
import type { Input } from '../../shared/client.ts'
import { dayOf, momentAt, timeOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { addDays } from '../parts/days.ts'
import { type Gathering, isPresent } from './gathering.ts'

export type Item = Gathering['agenda'][number]
export type Vote = Pick<
  Gathering['resolutions'][number],
  'itemId' | 'title' | 'kind' | 'ballot' | 'agree' | 'against' | 'abstain' | 'writtenOpinions' | 'papers'
> & { key: string }
export type Speech = Gathering['speeches'][number] & { key: string }

export interface Recorded {
  day: string
  from: string
  until: string
  hostId: string
  agenda: Item[]
  votes: Vote[]
  speeches: Speech[]
  minutes: string
  lateReason: string
  /** What stood on the platform when this was begun, as one text: if something else stands there now, somebody else has written. */
  upon: string
}

/** What is on record of a gathering, to see whether it is still the same. */
export const writtenOn = ({ agenda, speeches, minutes, resolutions }: Gathering): string =>
  JSON.stringify([agenda, speeches, minutes, resolutions.map(({ title, agree, against, abstain }) => [title, agree, against, abstain])])

/** @param me the member who writes, if one. @param now ISO 8601 */
export function recordOf(gathering: Gathering, me: string | undefined, now: string): Recorded {
  const { agenda, resolutions, speeches, minutes, lateReason, hostId, actualEnd, plannedEnd } = gathering
  const begun = gathering.actualStart ?? gathering.plannedStart
  return {
    day: dayOf(new Date(begun)),
    from: timeOf(begun),
    until: timeOf(actualEnd ?? proposedEnd(begun, plannedEnd, now)),
    hostId: hostId ?? hostOf(gathering, me),
    agenda: agenda.length > 0 ? agenda : [{ id: newId(), title: '', note: '' }],
    votes: resolutions.map((vote) => ({ ...pick(vote), key: newId() })),
    speeches: speeches.map((speech) => ({ ...speech, key: newId() })),
    minutes,
    lateReason,
    upon: writtenOn(gathering),
  }
}

/** As it is sent. Lines left empty are no lines. */
export function bodyOf(record: Recorded, gathering: Gathering): Input<typeof putRecord>['body'] {
  const { day, from, until, hostId, agenda, votes, speeches, minutes, lateReason } = record
  return {
    actualStart: momentAt(day, from),
    actualEnd: momentAt(until < from ? addDays(day, 1) : day, until),
    hostId,
    agenda: agenda.filter(({ title, note }) => title.trim() !== '' || note.trim() !== ''),
    speeches: speeches.filter(({ gist }) => gist.trim() !== '').map(({ key: _key, ...speech }) => speech),
    minutes,
    resolutions: votes.map(({ key: _key, ...vote }) => vote),
    fileIds: gathering.files.map(({ fileId }) => fileId),
    lateReason,
    sign: true,
    version: gathering.version,
  }
}

/** A vote on this item: everybody present agrees until somebody says otherwise. */
export const newVote = (gathering: Gathering, itemId: string, title: string): Vote => ({
  key: newId(),
  itemId,
  title,
  kind: 'ORDINARY',
  ballot: 'HANDS',
  agree: gathering.roster.filter((row) => row.hasVote && isPresent(row.state)).length,
  against: 0,
  abstain: 0,
  writtenOpinions: 0,
  papers: null,
})

const pick = (vote: Gathering['resolutions'][number]): Omit<Vote, 'key'> => {
  const { itemId, title, kind, ballot, agree, against, abstain, writtenOpinions, papers } = vote
  return { itemId, title, kind, ballot, agree, against, abstain, writtenOpinions, papers }
}

/** Whoever writes the record hosts as often as not; a leader of the branch otherwise. */
function hostOf(gathering: Gathering, me: string | undefined): string {
  const present = gathering.roster.filter((row) => isPresent(row.state))
  return present.find(({ memberId }) => memberId === me)?.memberId ?? present[0]?.memberId ?? gathering.roster[0]?.memberId ?? ''
}
