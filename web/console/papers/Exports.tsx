/** 台账和档案: a year as Excel at once, or bound into one file by a job that shows how far it is. */
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import {
  dropYearbook,
  getDutyLedger,
  getGatheringLedger,
  getYearbookFile,
  listYearbooks,
  putYearbook,
  type Yearbook,
} from '#contract/papers'
import { callForFile } from '../../shared/client.ts'
import { showMoment } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useFile } from '../../shared/takeAway.ts'
import { Choice } from '../field/Choice.tsx'
import { Refusal } from '../field/Field.tsx'
import { useToday } from '../field/today.ts'
import { useMay } from '../frame/may.ts'
import './papers.css'

type Bound = z.output<typeof Yearbook>

/** While one is being bound the page follows along. */
const followMilliseconds = 1500
/** Years back that may be chosen; older ones are reached by the interface. */
const yearsShown = 6

export function Exports({ organisationId }: { organisationId: string }) {
  const t = useT()
  const may = useMay()
  const thisYear = Number(useToday().slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const { take, taking, problem } = useFile((fetch: () => Promise<File>) => fetch())
  const busy = taking !== undefined
  const params = { organisationId }

  return (
    <section className="exports" aria-labelledby="exports">
      <h2 id="exports">{t('console.papers.title')}</h2>
      <div className="exports-line">
        <Choice
          aria-label={t('console.papers.year')}
          value={String(year)}
          options={Array.from({ length: yearsShown }, (_, n) => String(thisYear - n))}
          nameOf={(value) => t('console.papers.yearOf', { year: value })}
          onChoose={(value) => setYear(Number(value ?? thisYear))}
        />
        <Button disabled={busy} onClick={() => take(() => callForFile(getGatheringLedger, { params, query: { year } }))}>
          {t('console.papers.gatheringLedger')}
        </Button>
        <Button disabled={busy} onClick={() => take(() => callForFile(getDutyLedger, { params, query: { year } }))}>
          {t('console.papers.dutyLedger')}
        </Button>
      </div>
      {may('write:gathering') && <Yearbooks organisationId={organisationId} year={year} onTake={take} />}
      <Refusal problem={problem} />
    </section>
  )
}

interface YearbooksProps {
  organisationId: string
  year: number
  onTake: (fetch: () => Promise<File>) => void
}

const isGoing = ({ state }: Bound) => state === 'WAITING' || state === 'WORKING'

function Yearbooks({ organisationId, year, onTake }: YearbooksProps) {
  const t = useT()
  const params = { organisationId }
  const [following, setFollowing] = useState(false)
  const asked = useOperation(listYearbooks, { params }, following ? { refetchInterval: followMilliseconds } : {})
  const asking = useAction(putYearbook)
  const dropping = useAction(dropYearbook)
  const items = asked.data?.items ?? []
  const going = items.some(isGoing)
  if (going !== following) setFollowing(going)
  const [form, setForm] = useState<Bound['form']>()
  function bind(chosen: Bound['form']) {
    setForm(chosen)
    void asking.run({ params: { ...params, yearbookId: newId() }, body: { year, form: chosen } }).catch(() => {})
  }
  return (
    <>
      <div className="exports-line">
        <Button loading={asking.busy && form === 'PDF'} onClick={() => bind('PDF')}>
          {t('console.papers.bindPdf')}
        </Button>
        <Button loading={asking.busy && form === 'ZIP'} onClick={() => bind('ZIP')}>
          {t('console.papers.bindZip')}
        </Button>
      </div>
      <p className="quiet">{t('console.papers.bindNote')}</p>
      <Refusal problem={asking.problem ?? dropping.problem} />
      {items.length > 0 && (
        <ul className="yearbooks">
          {items.map((bound) => (
            <li key={bound.id}>
              <One
                bound={bound}
                onTake={() => onTake(() => callForFile(getYearbookFile, { params: { ...params, yearbookId: bound.id } }))}
                onDrop={() => void dropping.run({ params: { ...params, yearbookId: bound.id } }).catch(() => {})}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const megabytes = (bytes: number) =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

function One({ bound, onTake, onDrop }: { bound: Bound; onTake: () => void; onDrop: () => void }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const name = t(bound.form === 'PDF' ? 'console.papers.yearPdf' : 'console.papers.yearZip', { year: bound.year })
  return (
    <>
      <p>
        {bound.state === 'READY' ? (
          <button type="button" className="link" onClick={onTake}>
            {name}
          </button>
        ) : (
          name
        )}
        <button
          type="button"
          className="link yearbook-drop"
          aria-label={t(isGoing(bound) ? 'console.papers.stopNamed' : 'console.removeNamed', { name })}
          onClick={onDrop}
        >
          {t(isGoing(bound) ? 'console.papers.stop' : 'console.papers.remove')}
        </button>
      </p>
      {isGoing(bound) && (
        <p role="status">
          <progress value={bound.done} max={Math.max(1, bound.total)} aria-label={name} />{' '}
          {t(bound.state === 'WAITING' ? 'console.papers.waiting' : 'console.papers.progress', { done: bound.done, total: bound.total })}
        </p>
      )}
      {bound.state === 'READY' && bound.bytes !== null && bound.finishedAt !== null && (
        <p className="quiet">
          {t('console.papers.ready', { count: bound.total, size: megabytes(bound.bytes), time: showMoment(bound.finishedAt, language) })}
          <br />
          SHA-256 <code>{bound.sha256}</code>
        </p>
      )}
      {bound.failure !== null && <p className="yearbook-failed">{t('console.papers.failed', { why: say(bound.failure) })}</p>}
    </>
  )
}
