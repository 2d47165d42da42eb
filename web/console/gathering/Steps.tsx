/** How far it has come and what comes next: one button for the next step, the rest as words beside it. */
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { notifyGathering, startGathering } from '#contract/meetings'
import { archiveGathering } from '#contract/record'
import { useT } from '../../shared/i18n.ts'
import { Refusal } from '../field/Field.tsx'
import { useMay } from '../frame/may.ts'
import { useUndo } from '../frame/undo.tsx'
import { Calling } from './Calling.tsx'
import { type Gathering, useStep } from './useGathering.ts'

const steps = ['plan', 'notify', 'roll', 'record', 'confirm', 'archive'] as const

/** How many steps are behind it. */
const doneBy: Record<Gathering['state'], number> = {
  PLANNED: 1,
  POSTPONED: 1,
  CANCELLED: 1,
  NOTIFIED: 2,
  IN_PROGRESS: 2,
  DRAFT_MINUTES: 4,
  CONFIRMED: 5,
  ARCHIVED: 6,
}

export function Steps({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const done = doneBy[gathering.state]
  const section = useRef<HTMLElement>(null)
  // The button of the step just done is gone: the keyboard goes on with the next one.
  useEffect(() => {
    if (document.activeElement === document.body) section.current?.querySelector('button')?.focus({ preventScroll: true })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- looked at whenever the state has moved on
  }, [gathering.state])
  return (
    <section ref={section} className="steps" aria-labelledby="steps">
      <h3 id="steps">{t('console.steps.title')}</h3>
      <ol>
        {steps.map((step, n) => (
          <li key={step} data-done={n < done ? '' : undefined} aria-current={n === done ? 'step' : undefined}>
            <i aria-hidden="true">{n < done ? '✓' : n + 1}</i>
            {t(`console.steps.${step}`)}
            {n < done && <span className="unseen">{t('console.steps.done')}</span>}
          </li>
        ))}
      </ol>
      <Next gathering={gathering} />
    </section>
  )
}

function Next({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const may = useMay()
  const say = useUndo()
  const notifying = useStep(notifyGathering, gathering)
  const starting = useStep(startGathering, gathering)
  const archiving = useStep(archiveGathering, gathering)
  const [calling, setCalling] = useState<'postpone' | 'cancel' | null>(null)
  const { state } = gathering
  const told = (text: string) => () => say(text)
  const ignore = () => {}
  const planned = state === 'PLANNED' || state === 'NOTIFIED' || state === 'POSTPONED'

  if (state === 'CANCELLED') return <p>{t('console.steps.cancelled', { reason: gathering.cancelReason })}</p>
  if (state === 'CONFIRMED' && may('archive:gathering')) {
    return (
      <>
        <Refusal problem={archiving.problem} />
        <Button
          type="primary"
          loading={archiving.busy}
          onClick={() =>
            void archiving
              .run({})
              .then(told(t('console.steps.archived')))
              .catch(ignore)
          }
        >
          {t('console.steps.doArchive')}
        </Button>
      </>
    )
  }
  if (!planned || !may('write:gathering')) return null
  const start = () =>
    void starting
      .run({ body: { at: new Date().toISOString() } })
      .then(told(t('console.steps.started')))
      .catch(ignore)
  return (
    <>
      <Refusal problem={notifying.problem ?? starting.problem} />
      <div className="buttons">
        {state !== 'NOTIFIED' && (
          <Button
            type="primary"
            loading={notifying.busy}
            onClick={() =>
              void notifying
                .run({})
                .then(told(t('console.steps.notified')))
                .catch(ignore)
            }
          >
            {t('console.steps.doNotify')}
          </Button>
        )}
        <Button type={state === 'NOTIFIED' ? 'primary' : 'default'} loading={starting.busy} onClick={start}>
          {t('console.steps.doStart')}
        </Button>
      </div>
      <p className="quiet">{t('console.steps.startNote')}</p>
      {calling === null ? (
        <p className="choices">
          <button type="button" className="link" onClick={() => setCalling('postpone')}>
            {t('console.steps.postpone')}
          </button>
          <button type="button" className="link" onClick={() => setCalling('cancel')}>
            {t('console.steps.cancel')}
          </button>
        </p>
      ) : (
        <Calling what={calling} gathering={gathering} onDone={() => setCalling(null)} />
      )}
    </>
  )
}
