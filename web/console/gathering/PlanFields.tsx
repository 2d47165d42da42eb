import { Input } from 'antd'
import { gatheringModes, segmentKinds } from '#contract/meetings'
import { listChildOrganisations } from '#contract/organisations'
import type { Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { Field } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { MomentField } from '../field/MomentField.tsx'
import { PersonField } from '../field/PersonField.tsx'
import { GuestFields } from './GuestFields.tsx'
import type { Planned } from './plan.ts'

interface PlanFieldsProps {
  branchId: string
  plan: Planned
  change: (part: Partial<Planned>) => void
  problem: Problem | null
  /** The title that stands when none is typed. */
  suggested: string
}

export function PlanFields({ branchId, plan, change, problem, suggested }: PlanFieldsProps) {
  const t = useT()
  const first = useFirst<HTMLInputElement>()
  const wrong = (name: string) => problem?.of(`body.${name}`)
  const below = useOperation(listChildOrganisations, { params: { organisationId: branchId }, query: {} }).data?.items ?? []
  const groups = below.filter(({ kind }) => kind === 'GROUP')
  const isGroupMeeting = plan.segments.some(({ kind }) => kind === 'GROUP_MEETING')
  const toggle = (kind: (typeof segmentKinds)[number]) =>
    change({
      segments: plan.segments.some((segment) => segment.kind === kind)
        ? plan.segments.filter((segment) => segment.kind !== kind)
        : [...plan.segments, { id: newId(), kind }],
    })
  return (
    <fieldset>
      <div className="field" data-wide="" role="group" aria-labelledby="kinds" aria-describedby="kinds-hint">
        <span className="label" id="kinds">
          {t('console.gathering.kinds')}
        </span>
        <span className="kinds">
          {segmentKinds.map((kind, n) => (
            <label key={kind} data-on={plan.segments.some((segment) => segment.kind === kind) ? '' : undefined}>
              <input
                type="checkbox"
                ref={n === 0 && plan.version === undefined ? first : null}
                checked={plan.segments.some((segment) => segment.kind === kind)}
                onChange={() => toggle(kind)}
              />
              {t(`shared.kind.${kind}`)}
            </label>
          ))}
        </span>
        <p className="hint" id="kinds-hint">
          {t('console.plan.kindsHint')}
        </p>
        {wrong('segments') !== undefined && (
          <p className="wrong" role="alert">
            {wrong('segments')}
          </p>
        )}
      </div>
      <Field label={t('console.gathering.title')} wrong={wrong('title')} wide>
        <Input value={plan.title} placeholder={suggested} maxLength={120} onChange={(event) => change({ title: event.target.value })} />
      </Field>
      <Field label={t('console.plan.start')} wrong={wrong('plannedStart')}>
        <MomentField value={plan.plannedStart} onMoment={(plannedStart) => change({ plannedStart })} />
      </Field>
      <Field label={t('console.gathering.place')} wrong={wrong('place')}>
        <Input value={plan.place} maxLength={120} onChange={(event) => change({ place: event.target.value })} />
      </Field>
      <Field label={t('console.plan.mode')} wrong={wrong('mode')}>
        <Choice
          value={plan.mode}
          options={gatheringModes}
          nameOf={(mode) => t(`shared.mode.${mode}`)}
          onChoose={(mode) => mode && change({ mode })}
        />
      </Field>
      <Field label={t('console.plan.host')} wrong={wrong('hostId')}>
        <PersonField
          organisationId={branchId}
          value={plan.hostId === null ? null : { id: plan.hostId, name: plan.hostName }}
          onPerson={(person) => change({ hostId: person?.id ?? null, hostName: person?.name ?? '' })}
        />
      </Field>
      {isGroupMeeting && groups.length > 0 && (
        <Field label={t('console.plan.group')} wrong={wrong('groupId')}>
          <Choice
            value={plan.groupId ?? ''}
            none={t('console.plan.everyGroup')}
            options={groups.map(({ id }) => id)}
            nameOf={(id) => groups.find((group) => group.id === id)?.shortName ?? id}
            onChoose={(groupId) => change({ groupId: groupId ?? null })}
          />
        </Field>
      )}
      <GuestFields branchId={branchId} guests={plan.guests} onGuests={(guests) => change({ guests })} />
    </fieldset>
  )
}
