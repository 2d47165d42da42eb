/** Roll-call: one screen of names with big targets; a tap goes 到 → 线上 → 请假 → 缺席. The heading carries the arithmetic, saving is continuous. */
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { getGathering, leaveReasons } from '#contract/meetings'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Attendance, type Gathering, isPresent, isWritable, pathOf } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'
import { type Roll, useRoll } from './useRoll.ts'

/** Members who sign in themselves appear while the roll is called. */
const followMilliseconds = 4000

type State = Attendance['state']
const after: Record<State, State> = {
  EXPECTED: 'PRESENT_ONSITE',
  PRESENT_ONSITE: 'PRESENT_ONLINE',
  PRESENT_ONLINE: 'LEAVE',
  LEAVE: 'ABSENT',
  ABSENT: 'PRESENT_ONSITE',
  EXCUSED_LONG_TERM: 'PRESENT_ONSITE',
}
const shapes: Record<State, string> = {
  EXPECTED: '·',
  PRESENT_ONSITE: '●',
  PRESENT_ONLINE: '◉',
  LEAVE: '○',
  ABSENT: '×',
  EXCUSED_LONG_TERM: '–',
}

export function RollCall({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const params = useMemo(() => ({ organisationId, gatheringId }), [organisationId, gatheringId])
  const asked = useOperation(getGathering, { params }, { refetchInterval: followMilliseconds })
  const roll = useRoll(params)
  const back = `/meetings/${organisationId}/${gatheringId}`
  const gathering = asked.data
  if (gathering === undefined) {
    return (
      <Page title={t('mobile.roll.title')} back={back}>
        {asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return <Names gathering={gathering} roll={roll} back={back} />
}

function Names({ gathering, roll, back }: { gathering: Gathering; roll: Roll; back: string }) {
  const t = useT()
  const [undo, setUndo] = useState<readonly Attendance[]>()
  const rows = gathering.roster.map((row) => ({ ...row, ...roll.waiting.get(row.memberId) }))
  const uncalled = rows.filter(({ state }) => state === 'EXPECTED')
  const open = isWritable(gathering.state)
  const mark = (row: Attendance, state: State, leaveReason: Attendance['leaveReason'] = null) => {
    setUndo(undefined)
    roll.mark([{ memberId: row.memberId, state, leaveReason: state === 'LEAVE' ? (leaveReason ?? row.leaveReason ?? 'OTHER') : null }])
  }
  return (
    <Page
      title={t('mobile.roll.title')}
      back={back}
      aside={<Saved roll={roll} />}
      foot={
        <div className="acts">
          {undo === undefined ? (
            uncalled.length > 0 &&
            open && (
              <button
                type="button"
                className="button outline"
                onClick={() => {
                  setUndo(uncalled)
                  roll.mark(uncalled.map(({ memberId }) => ({ memberId, state: 'PRESENT_ONSITE', leaveReason: null })))
                }}
              >
                {t('mobile.roll.rest', { count: uncalled.length })}
              </button>
            )
          ) : (
            <button
              type="button"
              className="button outline"
              onClick={() => {
                roll.mark(undo.map(({ memberId }) => ({ memberId, state: 'EXPECTED', leaveReason: null })))
                setUndo(undefined)
              }}
            >
              {t('mobile.roll.undo', { count: undo.length })}
            </button>
          )}
          <Link href={`${pathOf(gathering)}/record`} className="button">
            {t('mobile.roll.next')}
          </Link>
        </div>
      }
    >
      <Arithmetic gathering={gathering} present={rows.filter((row) => row.expected && isPresent(row.state)).length} />
      {roll.problem?.code !== 'OFFLINE' && <Wrong problem={roll.problem} />}
      {!open && <p className="note">{t('mobile.roll.closed')}</p>}
      <ul className="names">
        {rows.map((row) => (
          <li key={row.memberId} className={`name name-${row.state.toLowerCase()}`}>
            <button type="button" disabled={!open} onClick={() => mark(row, after[row.state])}>
              <b>{row.name}</b>
              <span>
                <i aria-hidden="true">{shapes[row.state]} </i>
                {t(row.state === 'EXPECTED' ? 'mobile.roll.notCalled' : `shared.attendance.${row.state}`)}
                {row.state !== 'EXPECTED' && !roll.waiting.has(row.memberId) && row.confirmedBy === 'SELF' && (
                  <> · {t('mobile.roll.self')}</>
                )}
              </span>
              {!row.hasVote && <small>{t(`mobile.capacity.${row.capacity}`)}</small>}
            </button>
            {row.state === 'LEAVE' && (
              <select
                aria-label={t('mobile.roll.reasonOf', { name: row.name })}
                disabled={!open}
                value={row.leaveReason ?? 'OTHER'}
                onChange={(event) => mark(row, 'LEAVE', event.target.value as Attendance['leaveReason'])}
              >
                {leaveReasons.map((reason) => (
                  <option key={reason} value={reason}>
                    {t(`shared.leave.${reason}`)}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ul>
      <p className="note">{t('mobile.roll.hint')}</p>
    </Page>
  )
}

/** 应到 9 · 实到 8, and whether it is valid, by how many and by which article: the platform's own verdicts. */
function Arithmetic({ gathering, present }: { gathering: Gathering; present: number }) {
  const t = useT()
  const say = useSay()
  const stale = present !== gathering.present
  return (
    <section className="arithmetic" aria-live="polite">
      <p className="arithmetic-heads">
        {t('mobile.roll.expected')} <b>{gathering.expected}</b> <span aria-hidden="true">·</span> {t('mobile.roll.present')}{' '}
        <b>{present}</b>
      </p>
      <ul className={stale ? 'stale' : undefined}>
        {gathering.verdicts.map((verdict) => (
          <li key={verdict.segmentId} className={verdict.valid ? 'ok' : 'late'}>
            <i aria-hidden="true">{verdict.valid ? '✓ ' : '! '}</i>
            {t('mobile.meeting.verdict', {
              kind: t(`shared.kind.${verdict.kind}`),
              valid: t(verdict.valid ? 'mobile.meeting.valid' : 'mobile.meeting.notValid'),
            })}
            <small>{say(verdict.sentence)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Saved ✓ only after the platform's answer; otherwise how many still wait, and why. */
function Saved({ roll }: { roll: Roll }) {
  const t = useT()
  const language = useLanguage()
  const count = roll.waiting.size
  const offline = roll.problem?.code === 'OFFLINE'
  return (
    <span className={`saved${offline ? ' wait' : ''}`} role="status">
      {count > 0
        ? t(offline ? 'mobile.roll.offline' : 'mobile.roll.saving', { count })
        : roll.savedAt !== undefined && (
            <span className="ok">
              <i aria-hidden="true">✓ </i>
              {t('mobile.roll.saved', { time: showTime(roll.savedAt, language) })}
            </span>
          )}
    </span>
  )
}
