/** 安排: what, where, when and about what. Ctrl-Enter saves; nothing typed is lost before that. */
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { getGathering, putGathering } from '#contract/meetings'
import { call } from '../../shared/client.ts'
import { dayOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useDraft } from '../field/draft.ts'
import { Refusal } from '../field/Field.tsx'
import { useSaveKey } from '../field/first.ts'
import { pathToGathering } from '../frame/address.ts'
import { useUndo } from '../frame/undo.tsx'
import { AgendaFields } from './AgendaFields.tsx'
import { blankPlan, bodyOf, type Planned, planOf } from './plan.ts'
import { PlanFields } from './PlanFields.tsx'
import { Stale } from './Stale.tsx'
import type { Gathering } from './useGathering.ts'

interface NewPlanProps {
  selectedId: string
  branchId: string
  /** What was proposed where one came from. */
  day: string | undefined
  kind: Planned['segments'][number]['kind'] | undefined
  title: string | undefined
}

export function NewPlan({ selectedId, branchId, day, kind, title }: NewPlanProps) {
  const t = useT()
  const [, go] = useLocation()
  const [blank] = useState(() => ({
    ...blankPlan(day ?? dayOf(new Date())),
    ...(kind === undefined ? {} : { segments: [{ id: newId(), kind }] }),
    ...(title === undefined ? {} : { title }),
  }))
  return (
    <>
      <header className="gathering-head">
        <h2>{t('console.plan.new')}</h2>
      </header>
      <PlanForm
        branchId={branchId}
        name={`plan.new.${branchId}`}
        saved={blank}
        onSaved={(gathering) => go(pathToGathering(selectedId, gathering), { replace: true })}
      />
    </>
  )
}

export function Plan({ gathering }: { gathering: Gathering }) {
  return <PlanForm branchId={gathering.organisationId} name={`plan.${gathering.id}`} saved={planOf(gathering)} onSaved={() => {}} />
}

interface PlanFormProps {
  branchId: string
  /** Of the draft. */
  name: string
  saved: Planned
  onSaved: (gathering: Gathering) => void
}

function PlanForm({ branchId, name, saved, onSaved }: PlanFormProps) {
  const t = useT()
  const say = useUndo()
  const form = useRef<HTMLFormElement>(null)
  const draft = useDraft<Planned>(name, saved)
  const putting = useAction(putGathering)
  const [newer, setNewer] = useState<Gathering | null>(null)
  const plan = draft.value
  const suggested = plan.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' + ')
  const stale = putting.problem?.code === 'STALE_VERSION'
  const problem = stale ? null : putting.problem
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  async function save() {
    const params = { organisationId: branchId, gatheringId: plan.id }
    try {
      const gathering = await putting.run({ params, body: bodyOf(plan, suggested) })
      draft.clear()
      say(t('console.plan.saved'))
      onSaved(gathering)
    } catch (error) {
      if ((error as { code?: string }).code === 'STALE_VERSION') setNewer(await call(getGathering, { params }))
    }
  }

  useSaveKey(form, () => void save())

  function drop() {
    draft.clear()
    say(t('console.draft.dropped'), () => draft.set(plan))
  }

  return (
    <form ref={form} className="plan" noValidate onSubmit={(event) => event.preventDefault()} aria-label={t('console.plan.title')}>
      {newer && (
        <Stale
          mine={linesOf(plan)}
          theirs={linesOf(planOf(newer))}
          onKeepMine={() => {
            draft.change({ version: newer.version })
            setNewer(null)
            putting.reset()
          }}
          onTake={() => {
            draft.clear()
            setNewer(null)
            putting.reset()
          }}
        />
      )}
      <PlanFields branchId={branchId} plan={plan} change={draft.change} problem={problem} suggested={suggested} />
      <AgendaFields agenda={plan.agenda} problem={problem} onAgenda={(agenda) => draft.change({ agenda })} />
      <Refusal problem={problem} except={['body.']} />
      <div className="buttons sticky">
        <Button
          type={saved.version === undefined || draft.changed ? 'primary' : 'default'}
          loading={putting.busy}
          disabled={newer !== null || plan.segments.length === 0}
          onClick={() => void save()}
        >
          {t('console.plan.save')} <kbd>Ctrl ⏎</kbd>
        </Button>
        {draft.changed && (
          <>
            <span className="quiet">{t('console.draft.kept')}</span>
            <button type="button" className="link" onClick={drop}>
              {t('console.draft.drop')}
            </button>
          </>
        )}
      </div>
    </form>
  )
}

/** A plan as lines to compare. */
const linesOf = (plan: Planned): [string, string][] => [
  ['title', plan.title],
  ['kinds', plan.segments.map(({ kind }) => kind).join(' ')],
  ['place', plan.place],
  ['at', plan.plannedStart],
  ['agenda', plan.agenda.map((item) => item.title).join('\n')],
]
