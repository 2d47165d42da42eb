/** Where two people wrote different things without seeing each other: both values, and the recorder decides. */
import type { z } from 'zod'
import { attendanceStates } from '#contract/meetings'
import { type Conflict as ConflictShape, listConflicts, settleConflict } from '#contract/sync'
import { showMoment } from '../../shared/dates.ts'
import { type Language, useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'

type Conflict = z.output<typeof ConflictShape>

export function Conflicts({ organisationId }: { organisationId: string }) {
  const t = useT()
  const asked = useOperation(listConflicts, { params: { organisationId } })
  return (
    <Page title={t('mobile.sync.conflicts')} back="/sync">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data?.items.length === 0 && <Empty text={t('mobile.sync.noConflicts')} />}
      {asked.data?.items.map((conflict) => (
        <Decide key={conflict.id} conflict={conflict} />
      ))}
    </Page>
  )
}

function Decide({ conflict }: { conflict: Conflict }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { run, busy, problem } = useAction(settleConflict)
  const { organisationId, id: conflictId, mine, theirs, byName, deviceAt } = conflict
  const settle = (keep: 'MINE' | 'THEIRS') => void run({ params: { organisationId, conflictId }, body: { keep } }).catch(() => {})
  return (
    <article className="card">
      <h2>{conflict.gatheringTitle}</h2>
      <p className="quiet">{say(conflict.fieldName)}</p>
      <h3>{t('mobile.sync.theirs')}</h3>
      <Value value={theirs} language={language} />
      <h3>{t('mobile.sync.mine', { name: byName, time: showMoment(deviceAt, language) })}</h3>
      <Value value={mine} language={language} />
      <Wrong problem={problem} />
      <div className="card-acts">
        <button type="button" className="button outline small" disabled={busy} onClick={() => settle('THEIRS')}>
          {t('mobile.sync.keepTheirs')}
        </button>
        <button type="button" className="button small" disabled={busy} onClick={() => settle('MINE')}>
          {t('mobile.sync.keepMine')}
        </button>
      </div>
    </article>
  )
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
const isState = (value: unknown): value is (typeof attendanceStates)[number] => (attendanceStates as readonly unknown[]).includes(value)

/** A value as people read it: a text, a time, a word about who was there, or a list of lines. */
function Value({ value, language }: { value: unknown; language: Language }) {
  const t = useT()
  const lines = (Array.isArray(value) ? value : [value]).map((each: unknown): string => {
    if (each === null || each === undefined || each === '') return t('mobile.sync.empty')
    if (typeof each === 'string') return moment.test(each) ? showMoment(each, language) : each
    if (typeof each !== 'object') return JSON.stringify(each)
    const { name, state, title, note, gist } = each as Record<string, unknown>
    const word = isState(state) ? t(`shared.attendance.${state}`) : undefined
    return [name, title, note, gist, word].filter((part) => typeof part === 'string' && part !== '').join(' · ')
  })
  return (
    <>
      {lines.map((line, n) => (
        <p key={`${n} ${line}`} className="text-block">
          {line}
        </p>
      ))}
    </>
  )
}
