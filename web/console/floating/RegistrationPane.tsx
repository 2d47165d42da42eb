/** One registration as home and host both see it: where somebody is, what is due, what may be done now, the pass, and all that was done. */
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { getRegistration } from '#contract/floating'
import { getExchangeFile } from '#contract/passes'
import { callForFile } from '../../shared/client.ts'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { keepFile, useFile } from '../../shared/takeAway.ts'
import { Refusal } from '../field/Field.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useMay } from '../frame/may.ts'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { ChangeDeparture } from './Departure.tsx'
import { PassPapers } from './PassPapers.tsx'
import { PassPart } from './PassPart.tsx'
import { issuerOf, pathToLedger, type Side } from './sections.ts'
import { Steps } from './Steps.tsx'
import { isAway, type Registration, stateTones, useAreaWord, useFloatWords } from './words.ts'

interface RegistrationPaneProps {
  organisation: Organisation
  registrationId: string
  /** From which side it is looked at. */
  side: Side
  /** The member is no longer seen from here. */
  onGone: () => void
}

export function RegistrationPane({ organisation, registrationId, side, onGone }: RegistrationPaneProps) {
  const [changing, setChanging] = useState(false)
  const asked = useOperation(getRegistration, { params: { organisationId: organisation.id, registrationId } })
  return (
    <Answer asked={asked}>
      {(registration) =>
        changing ? (
          <ChangeDeparture organisationId={organisation.id} registration={registration} onDone={() => setChanging(false)} />
        ) : (
          <Whole organisation={organisation} registration={registration} side={side} onChange={() => setChanging(true)} onGone={onGone} />
        )
      }
    </Answer>
  )
}

interface WholeProps {
  organisation: Organisation
  registration: Registration
  side: Side
  onChange: () => void
  onGone: () => void
}

function Whole({ organisation, registration, side, onChange, onGone }: WholeProps) {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const language = useLanguage()
  const words = useFloatWords()
  const area = useAreaWord()
  const organisationId = organisation.id
  const { destination } = registration
  const away = isAway(registration)
  const day = (value: string | null) => (value === null ? null : showDay(value, language))
  return (
    <div className="float-record">
      <p className="member-name">
        <b>{registration.name}</b> <Mark tone={stateTones[registration.state]}>{words.state(registration.state)}</Mark>
      </p>
      {registration.toTry.length > 0 && (
        <section className="float-box" aria-label={t('console.floating.toTry')}>
          <h3>{t('console.floating.toTry')}</h3>
          <ul className="effects">
            {registration.toTry.map(({ kind, sentence }) => (
              <li key={kind}>{say(sentence)}</li>
            ))}
          </ul>
        </section>
      )}
      <Steps
        organisationId={organisationId}
        registration={registration}
        onTaken={(action) => side === 'IN' && action === 'MOVE' && onGone()}
      />
      <Facts
        facts={[
          [t('console.floating.homeBranch'), registration.homeName],
          [t('console.floating.contact'), registration.contactName],
          [t('console.floating.destination'), area(destination.areaCode, registration.destinationName)],
          [t('console.floating.unit'), destination.unit],
          [t('console.floating.fixed'), t(destination.fixed ? 'console.floating.isFixed' : 'console.floating.notFixed')],
          [t('console.floating.reason'), t(`console.floating.reasons.${registration.reason}`)],
          [t('console.floating.outOn'), day(registration.outOn)],
          [t('console.floating.expectedBackOn'), day(registration.expectedBackOn)],
          [t('console.floating.host'), registration.hostName],
          [t('console.floating.inBranch'), registration.branchName],
          registration.reportedOn !== null && [t('console.floating.reportedOn'), day(registration.reportedOn)],
          [t('console.floating.phone'), registration.phoneMasked],
          registration.note !== '' && [t('console.floating.note'), registration.note],
        ]}
      />
      {side === 'OUT' && away && may('write:floating') && (
        <div className="buttons">
          <Button onClick={onChange}>{t('console.floating.change')}</Button>
        </div>
      )}
      <Clocks registration={registration} />
      {registration.advice.length > 0 && (
        <section className="float-part" aria-labelledby="float-advice">
          <h3 id="float-advice">{t('console.floating.advice')}</h3>
          {registration.advice.map(({ ruleId, sentence }) => (
            <div key={ruleId}>
              <p>{say(sentence)}</p>
              <Why ruleId={ruleId} />
            </div>
          ))}
        </section>
      )}
      <PassPart issuerId={issuerOf(organisation)} registration={registration} issues={side === 'OUT' && may('issue:pass')} />
      <section className="float-part" aria-labelledby="float-papers">
        <h3 id="float-papers">{t('console.floating.papers')}</h3>
        <ul className="choices">
          <li>
            <Link href={pathToLedger(organisationId, side, registration.id)}>{t('console.floating.toLedger')}</Link>
          </li>
          {side === 'OUT' && may('write:floating') && <PassPapers organisationId={organisationId} registration={registration} />}
          {side === 'OUT' && may('write:floating') && <ExchangeFile organisationId={organisationId} registration={registration} />}
        </ul>
      </section>
      <section className="float-part" aria-labelledby="float-history">
        <h3 id="float-history">{t('console.floating.history')}</h3>
        {registration.entries.length === 0 && <p className="quiet">{t('console.floating.historyNone')}</p>}
        <ol className="float-history">
          {registration.entries.map((entry) => (
            <li key={entry.id}>
              <time>{showDay(entry.on, language)}</time>
              <div>
                <b>{words.step(entry.action)}</b>
                {entry.how !== '' && <span> {words.how(entry.how)}</span>}
                {entry.note !== '' && <p className="prose">{entry.note}</p>}
                <p className="quiet">
                  {t('console.floating.entryBy', {
                    side: t(`console.floating.entrySide.${entry.side}`),
                    name: entry.byName,
                    time: showMoment(entry.at, language),
                  })}
                </p>
              </div>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

/** What is due until when, each with its article. */
function Clocks({ registration: { clocks } }: { registration: Registration }) {
  const t = useT()
  const say = useSay()
  const words = useFloatWords()
  if (clocks.length === 0) return null
  return (
    <section className="float-part" aria-labelledby="float-clocks">
      <h3 id="float-clocks">{t('console.floating.clocks')}</h3>
      <ul className="float-clocks">
        {clocks.map((clock) => {
          const { text, tone } = words.when(clock)
          return (
            <li key={clock.ruleId}>
              <p>
                <b>{words.clock(clock.ruleId)}</b> <Mark tone={tone}>{text}</Mark>
              </p>
              <p className="quiet">{say(clock.sentence)}</p>
              <Why ruleId={clock.ruleId} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** For a host outside the province: what it needs to know of the guest, signed. */
function ExchangeFile({ organisationId, registration: { id, name } }: { organisationId: string; registration: Registration }) {
  const t = useT()
  const { take, taking, problem } = useFile(async (registrationId: string) => {
    const file = await callForFile(getExchangeFile, { params: { organisationId, registrationId } })
    return file.name === '' ? new File([file], t('console.floating.exchange.fileName', { name }), { type: file.type }) : file
  }, keepFile)
  return (
    <li>
      <button type="button" className="link" disabled={taking !== undefined} onClick={() => take(id)}>
        {t('console.floating.exchange.take')}
      </button>
      <p className="quiet">{t('console.floating.exchange.takeNote')}</p>
      <Refusal problem={problem} />
    </li>
  )
}
