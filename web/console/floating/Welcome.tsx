/** 报到地点: where floating members are welcome here, as 找组织 shows it to everybody. */
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { type HostPlace, listHosts, putHostPlace } from '#contract/floating'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useUndo } from '../frame/undo.tsx'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import type { Organisation } from '../organisation/organisation.ts'

type Place = z.output<typeof HostPlace>

export function Welcome({ organisation }: { organisation: Organisation }) {
  const asked = useOperation(listHosts, { query: { areaCode: organisation.county } })
  return (
    <div className="page">
      <Answer asked={asked}>
        {({ items }) => (
          <Form
            key={organisation.id}
            organisation={organisation}
            place={items.find(({ organisationId }) => organisationId === organisation.id)}
          />
        )}
      </Answer>
    </div>
  )
}

/** As people write them in a line. */
const listed = /[、,，;；\s]+/

function Form({ organisation, place }: { organisation: Organisation; place: Place | undefined }) {
  const t = useT()
  const tell = useUndo()
  const [kept, setKept] = useState<Place | undefined>(place)
  const { run, busy, problem } = useAction(putHostPlace)
  const draft = useDraft(`float.where.${organisation.id}`, {
    address: kept?.address ?? '',
    hours: kept?.hours ?? '',
    languages: kept?.languages.join('、') ?? '',
    route: kept?.route ?? '',
    phone: kept?.phone ?? '',
    takesIn: kept?.takesIn ?? true,
  })
  const typed = draft.value
  const wrong = (name: string) => problem?.of(`body.${name}`)

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { ...typed, languages: typed.languages.split(listed).filter(Boolean) }
    const finish = (saved: Place) => {
      setKept(saved)
      draft.clear()
      tell(t('console.floating.where.saved'))
    }
    run({ params: { organisationId: organisation.id }, body }).then(finish, () => {})
  }

  return (
    <div className="float-two">
      <section className="float-card" aria-labelledby="where">
        <h3 id="where">{t('console.floating.where.title')}</h3>
        <p className="quiet">{t('console.floating.where.note')}</p>
        <form className="float-form" aria-labelledby="where" onSubmit={submit} noValidate>
          {draft.changed && <p className="quiet">{t('console.draft.kept')}</p>}
          <Field label={t('console.floating.where.address')} wrong={wrong('address')}>
            <Input value={typed.address} maxLength={120} onChange={(event) => draft.change({ address: event.target.value })} />
          </Field>
          <Field label={t('console.floating.where.hours')} hint={t('console.floating.where.hoursHint')} wrong={wrong('hours')}>
            <Input value={typed.hours} maxLength={80} onChange={(event) => draft.change({ hours: event.target.value })} />
          </Field>
          <Field label={t('console.floating.where.languages')} hint={t('console.floating.where.languagesHint')} wrong={wrong('languages')}>
            <Input value={typed.languages} maxLength={200} onChange={(event) => draft.change({ languages: event.target.value })} />
          </Field>
          <Field label={t('console.floating.where.route')} hint={t('console.floating.where.routeHint')} wrong={wrong('route')}>
            <LongText value={typed.route} maxLength={200} onText={(route) => draft.change({ route })} />
          </Field>
          <Field label={t('console.floating.where.phone')} wrong={wrong('phone')}>
            <Input value={typed.phone} maxLength={30} onChange={(event) => draft.change({ phone: event.target.value })} />
          </Field>
          <Checkbox checked={typed.takesIn} onChange={(event) => draft.change({ takesIn: event.target.checked })}>
            {t('console.floating.where.takesIn')}
          </Checkbox>
          <Refusal problem={problem} except={['body.']} />
          <div className="buttons">
            <Button
              type="primary"
              htmlType="submit"
              loading={busy}
              disabled={typed.address.trim() === '' || typed.hours.trim() === '' || (kept !== undefined && !draft.changed)}
            >
              {t('console.floating.where.publish')}
            </Button>
            {draft.changed && (
              <Button
                onClick={() => {
                  draft.clear()
                  tell(t('console.draft.dropped'), () => draft.set(typed))
                }}
              >
                {t('console.draft.drop')}
              </Button>
            )}
          </div>
        </form>
      </section>
      <section className="float-card" aria-labelledby="shown">
        <h3 id="shown">{t('console.floating.where.shown')}</h3>
        {kept === undefined ? (
          <p className="quiet">{t('console.floating.where.none')}</p>
        ) : (
          <>
            <p>
              <Mark tone={kept.takesIn ? 'ok' : 'calm'}>
                {t(kept.takesIn ? 'console.floating.where.takes' : 'console.floating.where.takesNot')}
              </Mark>
            </p>
            <Facts
              facts={[
                [t('console.floating.where.name'), kept.organisationName],
                [t('console.floating.where.area'), kept.areaName],
                [t('console.floating.where.address'), kept.address],
                [t('console.floating.where.hours'), kept.hours],
                [t('console.floating.where.languages'), kept.languages.join('、')],
                [t('console.floating.where.route'), kept.route],
                [t('console.floating.where.phone'), kept.phone],
                [
                  t('console.floating.where.activities'),
                  kept.activities.length === 0
                    ? t('console.floating.where.noActivities')
                    : kept.activities.map(({ title }) => title).join('、'),
                ],
              ]}
            />
          </>
        )}
      </section>
    </div>
  )
}
