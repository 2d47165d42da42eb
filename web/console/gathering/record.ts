import type { putRecord } from '#contract/record'
import { proposedEnd } from '#rules'
import type { Input } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import type { Gathering } from './useGathering.ts'

export type RecordBody = Input<typeof putRecord>['body']
export type ResolutionTyped = Pick<
  Gathering['resolutions'][number],
  'itemId' | 'title' | 'kind' | 'ballot' | 'agree' | 'against' | 'abstain' | 'writtenOpinions' | 'papers'
> & { key: string }
export type SpeechTyped = Gathering['speeches'][number] & { key: string }

/** The record as it is being written. */
export interface Recorded {
  actualStart: string
  actualEnd: string
  hostId: string | null
  agenda: Gathering['agenda']
  speeches: SpeechTyped[]
  minutes: string
  resolutions: ResolutionTyped[]
  files: Gathering['files']
  lateReason: string
  /** The version this text was written upon. */
  version: number
}

/** What is on record, as the form takes it; the end is proposed when it is not known yet. */
export function recordOf(gathering: Gathering, now: Date): Recorded {
  const { agenda, minutes, files, lateReason, version, hostId } = gathering
  const actualStart = gathering.actualStart ?? gathering.plannedStart
  return {
    actualStart,
    actualEnd: gathering.actualEnd ?? proposedEnd(actualStart, gathering.plannedEnd, now.toISOString()),
    hostId,
    agenda,
    speeches: gathering.speeches.map((speech) => ({ ...speech, key: newId() })),
    minutes,
    resolutions: gathering.resolutions.map(({ itemId, title, kind, ballot, agree, against, abstain, writtenOpinions, papers }) => ({
      itemId,
      title,
      kind,
      ballot,
      agree,
      against,
      abstain,
      writtenOpinions,
      papers,
      key: newId(),
    })),
    files,
    lateReason,
    version,
  }
}

/** As it is sent, signed by whoever sends it. Items without a title are lines left empty. */
export function bodyOf({ files, speeches, resolutions, agenda, hostId, ...record }: Recorded): RecordBody {
  return {
    ...record,
    hostId: hostId ?? '',
    agenda: agenda.filter((item) => item.title.trim() !== '' || item.note.trim() !== ''),
    speeches: speeches.filter((speech) => speech.memberId !== '').map(({ key: _key, ...speech }) => speech),
    resolutions: resolutions.map(({ key: _key, ...resolution }) => resolution),
    fileIds: files.map((file) => file.fileId),
    sign: true,
  }
}

/** The record as lines to compare. */
export const linesOf = (record: Recorded): [string, string][] => [
  ['agenda', record.agenda.map((item) => `${item.title}\n${item.note}`).join('\n\n')],
  ['minutes', record.minutes],
  ['speeches', record.speeches.map((speech) => speech.gist).join('\n')],
  ['resolutions', record.resolutions.map((r) => `${r.title} ${r.agree}/${r.against}/${r.abstain}`).join('\n')],
]
