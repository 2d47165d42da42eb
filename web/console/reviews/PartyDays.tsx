/** 政治生日 of the month, and at which gathering the oath was renewed. */
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { listGatherings } from '#contract/meetings'
import { getPartyDays, putOath } from '#contract/life'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useMay } from '../frame/may.ts'

export function PartyDays({ organisationId }: { organisationId: string }) {
  const t = useT()
  const language = useLanguage()
  const may = useMay()
  const month = useToday().slice(0, 7)
  const asked = useOperation(getPartyDays, { params: { organisationId }, query: { month } })
  return (
    <section className="review-part" aria-label={t('console.reviews.days')}>
      <h3>{t('console.reviews.days')}</h3>
      <Answer asked={asked}>
        {({ birthdays, oaths }) => (
          <>
            {birthdays.length === 0 && <p className="quiet">{t('console.reviews.noDays')}</p>}
            <ul>
              {birthdays.map((one) => (
                <li key={one.memberId}>
                  {t('console.reviews.birthday', { name: one.name, day: showDay(one.day, language), years: one.years })}
                </li>
              ))}
            </ul>
            <h3>{t('console.reviews.oaths')}</h3>
            {oaths.length === 0 && <p className="quiet">{t('console.reviews.noOaths')}</p>}
            <ul>
              {oaths.map((oath) => (
                <li key={oath.gatheringId}>
                  {oath.title} {oath.note}
                </li>
              ))}
            </ul>
            {may('write:review') && (
              <Oath organisationId={organisationId} month={month} noted={oaths.map(({ gatheringId }) => gatheringId)} />
            )}
          </>
        )}
      </Answer>
    </section>
  )
}

/** Gatherings of the month whose record is confirmed. */
function Oath({ organisationId, month, noted }: { organisationId: string; month: string; noted: readonly string[] }) {
  const t = useT()
  const { run, busy, problem } = useAction(putOath)
  const [gatheringId, setGathering] = useState<string | undefined>(undefined)
  const held = useOperation(listGatherings, { params: { organisationId }, query: { from: `${month}-01`, limit: 40 } })
  const options = (held.data?.items ?? []).filter(
    (one) => one.organisationId === organisationId && (one.state === 'CONFIRMED' || one.state === 'ARCHIVED') && !noted.includes(one.id),
  )
  if (options.length === 0) return null

  function submit(event: FormEvent) {
    event.preventDefault()
    if (gatheringId !== undefined) void run({ params: { organisationId, gatheringId }, body: {} }).catch(() => {})
  }

  return (
    <form onSubmit={submit} noValidate className="review-form">
      <Field label={t('console.reviews.oathAt')}>
        <Choice
          value={gatheringId ?? ''}
          none="—"
          options={options.map(({ id }) => id)}
          nameOf={(id) => options.find((one) => one.id === id)?.title ?? ''}
          onChoose={setGathering}
        />
      </Field>
      <Refusal problem={problem} />
      <div className="buttons">
        <Button htmlType="submit" loading={busy} disabled={gatheringId === undefined}>
          {t('console.reviews.addOath')}
        </Button>
      </div>
    </form>
  )
}
