/** 外出登记: not away — the form; away — where it stands, what comes next, what has a date, and the steps one may take oneself. */
import { useState } from 'react'
import { Link } from 'wouter'
import { getMyFloating, registerMyself, takeMyStep } from '#contract/floating'
import { floatSteps, floatStateWords } from '#rules'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { useElder } from '../../shared/looks.ts'
import { Asked } from '../parts/Asked.tsx'
import { showShortDay, thisYear } from '../parts/days.ts'
import { Facts } from '../parts/Facts.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Why } from '../parts/Why.tsx'
import { RegistrationForm } from './RegistrationForm.tsx'
import { MoveSheet, ReportSheet } from './Steps.tsx'
import { byUrgency, type Clock, isAway, type MyFloating, nextNameOf, nextOf, type Registration } from './words.ts'

export function Out() {
  const t = useT()
  const { me } = useSession()
  const asked = useOperation(getMyFloating, {}, { enabled: me.member !== null })
  // Of somebody away everything is kept here; who is not can still register, without a network too.
  const unknown = asked.data === undefined && asked.error?.code === 'OFFLINE'
  return (
    <Page title={t('mobile.floating.title')} back="/me">
      {me.member === null ? (
        <Empty text={t('mobile.floating.noMember')} />
      ) : (
        <>
          <Written />
          {unknown ? (
            <Standing my={{ registration: null, homeId: me.member.organisationId, homeName: me.member.organisationName, contacts: [] }} />
          ) : (
            <Asked asked={asked}>{(my) => <Standing my={my} />}</Asked>
          )}
        </>
      )}
    </Page>
  )
}

/** What was done here and has not arrived: safe, and on its way by itself. */
export function Written() {
  const t = useT()
  const { waiting } = useSync()
  const written = waiting.filter(({ operation }) => operation === registerMyself.id || operation === takeMyStep.id)
  return written.map(({ id, operation, body }) => (
    <p key={id} className="card wait" role="status">
      {t('mobile.floating.written', {
        what:
          operation === registerMyself.id ? t('mobile.floating.title') : t(`mobile.floating.step.${(body as { action: string }).action}`),
      })}
    </p>
  ))
}

function Standing({ my }: { my: MyFloating }) {
  const t = useT()
  const { waiting } = useSync()
  const [again, setAgain] = useState(false)
  const { registration } = my
  if (registration === null || again) {
    // What was written down without a network is not asked for a second time.
    if (waiting.some(({ operation }) => operation === registerMyself.id)) return null
    return (
      <>
        <p className="quiet">{t('mobile.floating.about')}</p>
        <RegistrationForm my={my} onDone={() => setAgain(false)} />
        <Ways away={false} />
      </>
    )
  }
  return (
    <>
      <Where registration={registration} />
      {isAway(registration.state) ? (
        <>
          <Own my={my} registration={registration} />
          <Dated clocks={registration.clocks} />
        </>
      ) : (
        <button type="button" className="button outline wide" onClick={() => setAgain(true)}>
          {t('mobile.floating.again')}
        </button>
      )}
      <Ways away />
      <About registration={registration} />
      <History registration={registration} />
    </>
  )
}

/** Where it stands, in words, and what happens next. */
function Where({ registration }: { registration: Registration }) {
  const t = useT()
  const say = useSay()
  const elder = useElder()
  const state = say(floatStateWords[registration.state])
  const next = t(`mobile.floating.next.${nextNameOf(registration)}`, nextOf(registration))
  return (
    <section className={`card ${registration.state === 'LOST_CONTACT' ? 'late-edge' : 'ok-edge'}`} aria-label={t('mobile.floating.state')}>
      <p className="lead floating-state">{state}</p>
      <p>{next}</p>
      {elder && <ReadAloud text={[state, next].join('。')} />}
    </section>
  )
}

/** Steps the member may take. */
function Own({ my, registration }: { my: MyFloating; registration: Registration }) {
  const t = useT()
  const [open, setOpen] = useState<'MOVE' | 'REPORT_BACK' | 'CHANGE'>()
  const close = () => setOpen(undefined)
  const { waiting } = useSync()
  // A step that was taken here and has not arrived is not offered again.
  const taken = waiting.filter(({ operation }) => operation === takeMyStep.id).map(({ body }) => (body as { action: string }).action)
  const may = registration.may.filter((action) => !taken.includes(action))
  const { state } = registration
  if (open === 'CHANGE') return <RegistrationForm my={my} before={registration} onDone={close} />
  return (
    <>
      <div className="acts">
        {may.includes('REPORT_IN') && (
          <Link href="/floating/hosts" className="button">
            {t('mobile.floating.findHost')}
          </Link>
        )}
        {may.includes('REPORT_BACK') && (
          <button type="button" className="button outline" aria-haspopup="dialog" onClick={() => setOpen('REPORT_BACK')}>
            {t('mobile.floating.step.REPORT_BACK')}
          </button>
        )}
        {may.includes('MOVE') && (
          <button type="button" className="button outline" aria-haspopup="dialog" onClick={() => setOpen('MOVE')}>
            {t('mobile.floating.step.MOVE')}
          </button>
        )}
        {state === 'REGISTERED_OUT' && (
          <button type="button" className="button outline" onClick={() => setOpen('CHANGE')}>
            {t('mobile.floating.change')}
          </button>
        )}
      </div>
      {open === 'MOVE' && <MoveSheet registration={registration} onClose={close} />}
      {open === 'REPORT_BACK' && <ReportSheet registration={registration} onClose={close} />}
    </>
  )
}

/** What has a date: each asks for something, says by when, and opens into its article. */
function Dated({ clocks }: { clocks: readonly Clock[] }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const [asking, setAsking] = useState<Clock>()
  if (clocks.length === 0) return null
  return (
    <section aria-labelledby="dated">
      <h2 id="dated">{t('mobile.floating.clocks')}</h2>
      <ul className="verdicts">
        {byUrgency(clocks).map((clock) => (
          <li key={clock.ruleId} className={clock.late ? 'card late-edge' : 'card'}>
            <div className="verdict-head">
              <b>
                {clock.late && <i aria-hidden="true">! </i>}
                {t(clock.late ? 'mobile.floating.late' : 'mobile.duty.by', { day: showShortDay(clock.dueOn, language) })}
              </b>
              <button type="button" className="text" onClick={() => setAsking(clock)}>
                {t('mobile.duty.why')}
              </button>
            </div>
            <p>{say(clock.sentence)}</p>
          </li>
        ))}
      </ul>
      {asking !== undefined && <Why ruleId={asking.ruleId} sentence={asking.sentence} onClose={() => setAsking(undefined)} />}
    </section>
  )
}

/** The other pages of somebody away. */
function Ways({ away }: { away: boolean }) {
  const t = useT()
  const ways = [
    ...(away
      ? [
          { href: '/pass', name: t('mobile.pass.title') },
          { href: '/floating/month', name: t('mobile.floating.month.title') },
          { href: `/floating/year/${thisYear()}`, name: t('mobile.floating.year.title') },
        ]
      : []),
    { href: '/floating/hosts', name: t('mobile.floating.hosts.title') },
  ]
  return (
    <ul className="rows card">
      {ways.map(({ href, name }) => (
        <li key={href}>
          <Link href={href}>
            <span>{name}</span>
            <Icon name="forward" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What is on record, as home and host see it too. */
function About({ registration }: { registration: Registration }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { destination, destinationName, hostName, branchName } = registration
  return (
    <section aria-labelledby="about-out">
      <h2 id="about-out">{t('mobile.floating.onRecord')}</h2>
      <div className="card">
        <Facts
          rows={[
            [t('mobile.floating.host'), hostName === '' ? t('mobile.floating.noHost') : hostName],
            [t('mobile.floating.branch'), branchName === hostName ? '' : branchName],
            [t('mobile.floating.home'), registration.homeName],
            [t('mobile.floating.contact'), registration.contactName],
            [t('mobile.floating.why'), t(`mobile.floating.reason.${registration.reason}`)],
            [t('mobile.floating.to'), [destinationName, destination.unit].filter((part) => part !== '').join(' · ')],
            [t('mobile.floating.where'), t(destination.fixed ? 'mobile.floating.form.fixedYes' : 'mobile.floating.form.fixedNo')],
            [t('mobile.floating.outOn'), showDay(registration.outOn, language)],
            [t('mobile.floating.back'), registration.expectedBackOn === null ? '' : showDay(registration.expectedBackOn, language)],
            [t('mobile.floating.reportedOn'), registration.reportedOn === null ? '' : showDay(registration.reportedOn, language)],
          ]}
        />
        {registration.advice.map(({ ruleId, sentence }) => (
          <p key={ruleId} className="quiet">
            {say(sentence)}
          </p>
        ))}
        <p className="note">{t('mobile.floating.same')}</p>
      </div>
    </section>
  )
}

function History({ registration }: { registration: Registration }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const entries = registration.entries.toSorted((one, other) => other.at.localeCompare(one.at))
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('mobile.floating.history')}</h2>
      <ol className="card floating-history">
        {entries.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.on}>{showShortDay(entry.on, language)}</time>
            <p>
              <b>{say(floatSteps[entry.action])}</b> <span className="quiet">{entry.byName}</span>
              {entry.how !== '' && <small>{t(`mobile.floating.how.${entry.how}`)}</small>}
              {entry.note !== '' && <small className="text-block">{entry.note}</small>}
            </p>
          </li>
        ))}
        <li>
          <time dateTime={registration.outOn}>{showShortDay(registration.outOn, language)}</time>
          <p>
            <b>{t('mobile.floating.title')}</b>
          </p>
        </li>
      </ol>
    </section>
  )
}
