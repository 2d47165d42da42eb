/** What is studied at a gathering: shown to everybody, arranged by secretary and recorder, counted when the gathering is confirmed. */
import { useState } from 'react'
import type { z } from 'zod'
import { Link } from 'wouter'
import { getStudyPlan, listPacks, putStudyPlan, type StudyItem, studyForms } from '#contract/study'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './study.css'

type Item = z.output<typeof StudyItem>
type Params = { organisationId: string; gatheringId: string }

export function StudyOfGathering(params: Params) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const plan = useOperation(getStudyPlan, { params }).data
  if (plan === undefined || (plan.items.length === 0 && !plan.mayChange)) return null
  return (
    <section aria-labelledby="study-of-gathering">
      <h2 id="study-of-gathering">{t('mobile.study.ofGathering')}</h2>
      <div className="card">
        {plan.items.length === 0 && <p className="quiet">{t('mobile.study.nothingArranged')}</p>}
        <ul className="study-items">
          {plan.items.map(({ id, packId, title, minutes }) => (
            <li key={id}>
              {packId === null ? <span>{title}</span> : <Link href={`/study/${packId}`}>{title}</Link>}
              <b>{t('mobile.study.minutes', { minutes })}</b>
            </li>
          ))}
        </ul>
        {plan.items.length > 0 && (
          <p className="quiet">
            {plan.counted === null
              ? t('mobile.study.willCount', { minutes: plan.minutes })
              : t('mobile.study.hasCounted', { minutes: plan.counted })}
            {plan.addedLater ? ` ${t('mobile.study.addedLater')}` : ''}
          </p>
        )}
        {plan.mayChange && (
          <button type="button" className="button outline small" onClick={() => setEditing(true)}>
            {t('mobile.study.arrange')}
          </button>
        )}
      </div>
      {editing && <Arrange params={params} items={plan.items} version={plan.version} onClose={() => setEditing(false)} />}
    </section>
  )
}

interface ArrangeProps {
  params: Params
  items: readonly Item[]
  version: number
  onClose: () => void
}

function Arrange({ params, items: before, version, onClose }: ArrangeProps) {
  const t = useT()
  const saving = useAction(putStudyPlan)
  const packs = useOperation(listPacks, { query: { limit: 200 } }).data?.items ?? []
  const [items, setItems] = useState<Item[]>([...before])
  const change = (id: string, to: Partial<Item>) => setItems(items.map((item) => (item.id === id ? { ...item, ...to } : item)))
  const add = (packId: string) => {
    const pack = packs.find(({ id }) => id === packId)
    const title = pack?.title ?? ''
    setItems([...items, { id: newId(), packId: pack?.id ?? null, title, minutes: pack?.minutes ?? 45, form: 'COLLECTIVE' }])
  }
  return (
    <Sheet title={t('mobile.study.arrange')} onClose={onClose}>
      <form
        className="study-arrange"
        onSubmit={(event) => {
          event.preventDefault()
          saving
            .run({ params, body: { items, version } })
            .then(onClose)
            // Shown above the button.
            .catch(() => {})
        }}
      >
        {items.map((item) => (
          <fieldset key={item.id} className="card">
            <legend className="unseen">{item.title === '' ? t('mobile.study.what') : item.title}</legend>
            {item.packId === null ? (
              <Field label={t('mobile.study.what')}>
                {(attributes) => (
                  <input
                    {...attributes}
                    required
                    maxLength={120}
                    value={item.title}
                    onChange={(event) => change(item.id, { title: event.target.value })}
                  />
                )}
              </Field>
            ) : (
              <p className="lead">{item.title}</p>
            )}
            <div className="pair">
              <Field label={t('mobile.study.howLong')}>
                {(attributes) => (
                  <input
                    {...attributes}
                    type="number"
                    inputMode="numeric"
                    min={1}
                    max={480}
                    required
                    value={Number.isNaN(item.minutes) ? '' : item.minutes}
                    onChange={(event) => change(item.id, { minutes: event.target.valueAsNumber })}
                  />
                )}
              </Field>
              <Field label={t('mobile.study.formLabel')}>
                {(attributes) => (
                  <OneOf
                    {...attributes}
                    value={item.form}
                    options={studyForms.map((value) => ({ value, name: t(`mobile.study.form.${value}`) }))}
                    onChange={(form) => change(item.id, { form })}
                  />
                )}
              </Field>
            </div>
            <button type="button" className="text quiet" onClick={() => setItems(items.filter(({ id }) => id !== item.id))}>
              {t('mobile.study.remove')}
            </button>
          </fieldset>
        ))}
        <Field label={t('mobile.study.add')}>
          {(attributes) => (
            <select {...attributes} value="" onChange={(event) => event.target.value !== '' && add(event.target.value)}>
              <option value="">{t('mobile.study.choose')}</option>
              {packs.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
              <option value="-">{t('mobile.study.other')}</option>
            </select>
          )}
        </Field>
        <Wrong problem={saving.problem} />
        <button type="submit" className="button wide" disabled={saving.busy}>
          <Icon name="write" />
          {t('mobile.study.save')}
        </button>
      </form>
    </Sheet>
  )
}
