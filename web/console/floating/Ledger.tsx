/** 年度台账 of one floating member: where they took part, how each duty stands, what was reported; the same for member, home and host. */
import { LeftOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type FormEvent } from 'react'
import { Link } from 'wouter'
import type { z } from 'zod'
import { getRegistration } from '#contract/floating'
import { type Credit as CreditShape, getLedger, putOpinion, type YearLedger } from '#contract/participations'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { useUndo } from '../frame/undo.tsx'
import { Mark, type Tone } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { AttendanceMark, DisputeMark } from './Participations.tsx'
import { firstSide, pathToRegistration, sides } from './sections.ts'

type Year = z.output<typeof YearLedger>
type Credit = z.output<typeof CreditShape>

const creditTones: Record<Credit['credit'], Tone> = {
  MET_AT_HOME: 'ok',
  MET_AT_HOST: 'ok',
  EXCUSED: 'calm',
  OPEN: 'wait',
  NOT_YET: 'calm',
}

export function Ledger({ organisation, registrationId }: { organisation: Organisation; registrationId: string }) {
  const t = useT()
  const address = useAddress()
  const side = sides.find((each) => each === address.get('side')) ?? firstSide(organisation)
  const thisYear = useToday().slice(0, 4)
  const params = { organisationId: organisation.id, registrationId }
  const registration = useOperation(getRegistration, { params })
  const firstYear = Number((registration.data?.outOn ?? thisYear).slice(0, 4))
  const years = Array.from({ length: Math.max(1, Number(thisYear) - firstYear + 1) }, (_, n) => String(Number(thisYear) - n))
  const year = years.find((each) => each === address.get('year')) ?? thisYear
  const asked = useOperation(getLedger, { params: { ...params, year } })
  return (
    <div className="page float-ledger">
      <Link className="back" href={pathToRegistration(organisation.id, side, registrationId)}>
        <LeftOutlined aria-hidden /> {t('console.floating.backToList')}
      </Link>
      <div className="toolbar">
        <Choice
          aria-label={t('console.floating.took.year')}
          value={year}
          options={years}
          nameOf={(each) => t('console.papers.yearOf', { year: each })}
          onChoose={(each) => address.set({ year: each })}
        />
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
            {t('console.print')}
          </Button>
        </span>
      </div>
      <Answer asked={asked}>
        {(ledger) => (
          <Whole
            key={ledger.year}
            organisationId={organisation.id}
            registrationId={registrationId}
            ledger={ledger}
            isHost={registration.data?.may.includes('ASSIGN') ?? false}
          />
        )}
      </Answer>
    </div>
  )
}

interface WholeProps {
  organisationId: string
  registrationId: string
  ledger: Year
  isHost: boolean
}

function Whole({ organisationId, registrationId, ledger, isHost }: WholeProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  return (
    <article className="sheet float-sheet">
      <h3>{t('console.floating.ledger.title', { name: ledger.name, year: ledger.year })}</h3>
      <p className="quiet">{t('console.floating.ledger.between', { home: ledger.homeName, host: ledger.hostName || '—' })}</p>
      <p>{say(ledger.dues)}</p>
      <section className="float-part" aria-labelledby="credits">
        <h4 id="credits">{t('console.floating.ledger.credits')}</h4>
        {ledger.credits.length === 0 ? (
          <p className="quiet">{t('console.floating.ledger.noCredits')}</p>
        ) : (
          [...Map.groupBy(ledger.credits, ({ ruleId }) => ruleId)].map(([ruleId, credits]) => (
            <section key={ruleId} className="float-duty" aria-label={credits[0]?.ruleName ?? ruleId}>
              <h5>{credits[0]?.ruleName}</h5>
              <table className="plain" aria-label={credits[0]?.ruleName ?? ruleId}>
                <thead>
                  <tr>
                    <th scope="col">{t('console.floating.ledger.period')}</th>
                    <th scope="col">{t('console.floating.state')}</th>
                    <th scope="col">{t('console.floating.ledger.because')}</th>
                  </tr>
                </thead>
                <tbody>
                  {credits.map((credit) => (
                    <tr key={credit.period}>
                      <th scope="row">{credit.period === '-' ? t('console.duties.standing') : credit.period}</th>
                      <td>
                        <Mark tone={creditTones[credit.credit]}>{t(`console.floating.ledger.credit.${credit.credit}`)}</Mark>
                      </td>
                      <td>{say(credit.sentence)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <Why ruleId={ruleId} />
            </section>
          ))
        )}
      </section>
      <section className="float-part" aria-labelledby="took">
        <h4 id="took">{t('console.floating.ledger.took', { count: ledger.participations.length })}</h4>
        {ledger.participations.length === 0 ? (
          <p className="quiet">{t('console.floating.ledger.tookNothing')}</p>
        ) : (
          <table className="plain" aria-labelledby="took">
            <thead>
              <tr>
                <th scope="col">{t('console.floating.took.on')}</th>
                <th scope="col">{t('console.floating.took.what')}</th>
                <th scope="col">{t('console.floating.host')}</th>
                <th scope="col">{t('console.floating.took.how')}</th>
                <th scope="col">{t('console.floating.took.dispute')}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.participations.map((row) => (
                <tr key={row.id}>
                  <td>{showDay(row.on, language)}</td>
                  <th scope="row">
                    {row.title} <Kinds kinds={row.kinds} title={row.title} />
                  </th>
                  <td>{row.hostName}</td>
                  <td>
                    <AttendanceMark attendance={row.attendance} />
                  </td>
                  <td>
                    <DisputeMark dispute={row.dispute} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="float-part" aria-labelledby="reports">
        <h4 id="reports">{t('console.floating.ledger.reports')}</h4>
        {ledger.reports.length === 0 && <p className="quiet">{t('console.floating.ledger.noReports')}</p>}
        {ledger.reports.map((report) => (
          <div key={`${report.on}${report.text}`}>
            <p className="quiet">{showDay(report.on, language)}</p>
            <p className="prose">{report.text}</p>
          </div>
        ))}
      </section>
      <section className="float-part" aria-labelledby="opinion">
        <h4 id="opinion">{t('console.floating.ledger.opinion')}</h4>
        {ledger.opinion !== null ? (
          <>
            <p className="prose">{ledger.opinion.text}</p>
            <p className="quiet">
              {ledger.opinion.hostName} · {ledger.opinion.byName} · {showMoment(ledger.opinion.at, language)}
            </p>
          </>
        ) : (
          !isHost && <p className="quiet">{t('console.floating.ledger.noOpinion')}</p>
        )}
        {isHost && <OpinionForm organisationId={organisationId} registrationId={registrationId} ledger={ledger} />}
      </section>
    </article>
  )
}

/** What a gathering counts as, where its title does not say so already. */
function Kinds({ kinds, title }: { kinds: Year['participations'][number]['kinds']; title: string }) {
  const t = useT()
  const names = kinds.map((kind) => t(`shared.kind.${kind}`))
  return names.every((name) => title.includes(name)) ? null : <small>{names.join(' · ')}</small>
}

/** The host writes it once a year for the review at home; until the review it may be put right. */
function OpinionForm({ organisationId, registrationId, ledger }: Omit<WholeProps, 'isHost'>) {
  const t = useT()
  const tell = useUndo()
  const { run, busy, problem } = useAction(putOpinion)
  const draft = useDraft<{ text: string }>(`float.opinion.${registrationId}.${ledger.year}`, { text: ledger.opinion?.text ?? '' })
  const { text } = draft.value

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '') return
    const finish = () => {
      draft.clear()
      tell(t('console.floating.ledger.opinionSaved', { name: ledger.name }))
    }
    run({ params: { organisationId, registrationId, year: String(ledger.year) }, body: { text } }).then(finish, () => {})
  }

  return (
    <form className="float-form" aria-label={t('console.floating.ledger.writeOpinion')} onSubmit={submit} noValidate>
      <Field
        label={t('console.floating.ledger.writeOpinion')}
        hint={t('console.floating.ledger.opinionHint')}
        wrong={problem?.of('body.text')}
      >
        <LongText value={text} maxLength={1000} lines={4} onText={(next) => draft.change({ text: next })} />
      </Field>
      <Refusal problem={problem} except={['body.text']} />
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy} disabled={text.trim() === '' || !draft.changed}>
          {t('console.floating.ledger.sendOpinion', { home: ledger.homeName })}
        </Button>
        {draft.changed && <span className="quiet">{t('console.draft.kept')}</span>}
      </div>
    </form>
  )
}
