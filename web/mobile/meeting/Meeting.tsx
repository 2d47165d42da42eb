/** One gathering on one page, from notice to archive: what it is, where it stands, and the one thing to do next. */
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { getGathering } from '#contract/meetings'
import { showMoment, showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Why } from '../parts/Why.tsx'
import { TakeAway } from '../papers/TakeAway.tsx'
import { Acts } from './Acts.tsx'
import { Answers } from './Answers.tsx'
import { Contributions } from './Contributions.tsx'
import { Fulfilled } from './Fulfilled.tsx'
import { type Gathering, isPresent, isSettled, isWritable, may, pathOf } from './gathering.ts'
import { Mine } from './Mine.tsx'
import './meeting.css'
import { PostNeeded } from './PostNeeded.tsx'
import { Signatures } from './Signing.tsx'
import { StateWord } from './StateWord.tsx'

const StudyOfGathering = lazy(async () => ({ default: (await import('../study/StudyOfGathering.tsx')).StudyOfGathering }))

/** While people sign in the page follows along. */
const followMilliseconds = 5000

export interface GatheringPath {
  organisationId: string
  gatheringId: string
}

export function Meeting({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const { me, post } = useSession()
  const [live, setLive] = useState(false)
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } }, live ? { refetchInterval: followMilliseconds } : {})
  const gathering = asked.data
  const running = gathering?.state === 'IN_PROGRESS'
  if (running !== live && gathering !== undefined) setLive(running)
  if (gathering === undefined) {
    return (
      <Page title={t('mobile.meeting.title')} back="/meetings">
        {asked.error ? (
          <PostNeeded organisationId={organisationId} problem={asked.error}>
            <Failed problem={asked.error} retry={() => void asked.refetch()} />
          </PostNeeded>
        ) : (
          <Loading />
        )}
      </Page>
    )
  }
  const my = gathering.roster.find(({ memberId }) => memberId === me.member?.memberId)
  return (
    <Page title={gathering.title} back="/meetings" foot={<Acts gathering={gathering} my={my} />}>
      <p className="meeting-state">
        <StateWord state={gathering.state} late={gathering.lateEntry} />
        {gathering.segments.map(({ id, kind }) => (
          <span key={id} className="tag">
            {t(`shared.kind.${kind}`)}
          </span>
        ))}
      </p>
      <Verdicts gathering={gathering} />
      {my !== undefined && gathering.state !== 'CANCELLED' && (
        <p className="card my-line">
          <span>{t('mobile.meeting.me')}</span>
          <b>
            <Mine my={my} />
          </b>
        </p>
      )}
      {isSettled(gathering.state) && may(post, 'read:duty') && <Fulfilled gathering={gathering} />}
      <Notice gathering={gathering} />
      {may(post, 'write:gathering') && isWritable(gathering.state) && (
        <Link href={`${pathOf(gathering)}/door`} className="year-link">
          {t('mobile.door.title')}
          <Icon name="forward" />
        </Link>
      )}
      <Agenda gathering={gathering} />
      {gathering.state !== 'CANCELLED' && (
        <Suspense>
          <StudyOfGathering organisationId={organisationId} gatheringId={gatheringId} />
        </Suspense>
      )}
      <Answers gathering={gathering} />
      {may(post, 'write:gathering') ? <Roster gathering={gathering} /> : <Heads gathering={gathering} />}
      <Resolutions gathering={gathering} />
      <Minutes gathering={gathering} />
      <Contributions gathering={gathering} />
      <Signatures gathering={gathering} />
      <Amendments gathering={gathering} />
      <TakeAway gathering={gathering} />
    </Page>
  )
}

function Notice({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const from = gathering.actualStart ?? gathering.plannedStart
  const until = gathering.actualEnd ?? gathering.plannedEnd
  const when = `${showMoment(from, language)}${until === null ? '' : ` – ${showTime(until, language)}`}`
  const hosting = gathering.roster.find(({ memberId }) => memberId === gathering.hostId)
  const rows = [
    [t('mobile.meeting.when'), when],
    [t('mobile.meeting.place'), gathering.place],
    [t('mobile.meeting.mode'), t(`shared.mode.${gathering.mode}`)],
    [t('mobile.meeting.branch'), gathering.organisationName],
    [t('mobile.meeting.host'), gathering.hostName === '' ? (hosting?.name ?? '') : gathering.hostName],
    [t('mobile.meeting.recorder'), gathering.recorderName],
    [t('mobile.meeting.confirmer'), gathering.confirmedByName],
    [t('mobile.meeting.lateReason'), gathering.lateReason],
    [t('mobile.meeting.cancelReason'), gathering.cancelReason],
  ] as const
  return (
    <section className="card">
      <Facts rows={rows} />
      {elder && <ReadAloud text={[gathering.title, ...rows.filter(([, value]) => value !== '').map((row) => row.join(' '))].join('，')} />}
    </section>
  )
}

/** Is each segment valid, by how many, by which article: the platform's own sentences. */
function Verdicts({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  const [asking, setAsking] = useState<Gathering['verdicts'][number]>()
  if (gathering.verdicts.length === 0) return null
  return (
    <>
      <ul className="verdicts">
        {gathering.verdicts.map((verdict) => (
          <li key={verdict.segmentId} className={verdict.valid ? 'card ok-edge' : 'card late-edge'}>
            <div className="verdict-head">
              <b>
                <i aria-hidden="true">{verdict.valid ? '✓ ' : '! '}</i>
                {t('mobile.meeting.verdict', {
                  kind: t(`shared.kind.${verdict.kind}`),
                  valid: t(
                    verdict.valid
                      ? 'mobile.meeting.valid'
                      : isSettled(gathering.state)
                        ? 'mobile.meeting.invalid'
                        : 'mobile.meeting.notValid',
                  ),
                })}
              </b>
              {verdict.ruleId !== null && (
                <button type="button" className="text" onClick={() => setAsking(verdict)}>
                  {t('mobile.duty.why')}
                </button>
              )}
            </div>
            <p>{say(verdict.sentence)}</p>
          </li>
        ))}
      </ul>
      {asking !== undefined && asking.ruleId !== null && (
        <Why ruleId={asking.ruleId} sentence={asking.sentence} onClose={() => setAsking(undefined)} />
      )}
    </>
  )
}

function Agenda({ gathering }: { gathering: Gathering }) {
  const t = useT()
  return (
    <section aria-labelledby="agenda">
      <h2 id="agenda">{t('mobile.meeting.agenda')}</h2>
      {gathering.agenda.length === 0 ? (
        <p className="nothing">{t('mobile.meeting.noAgenda')}</p>
      ) : (
        <ol className="agenda card">
          {gathering.agenda.map((item) => (
            <li key={item.id}>
              <b>{item.title}</b>
              {item.note !== '' && <p className="text-block">{item.note}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** For members: numbers, not other people's reasons. */
function Heads({ gathering }: { gathering: Gathering }) {
  const t = useT()
  if (gathering.verdicts.length === 0) return null
  return <p className="quiet heads">{t('mobile.meetings.counted', { present: gathering.present, expected: gathering.expected })}</p>
}

function Roster({ gathering }: { gathering: Gathering }) {
  const t = useT()
  if (gathering.roster.length === 0) return null
  const states = ['PRESENT_ONSITE', 'PRESENT_ONLINE', 'LEAVE', 'ABSENT', 'EXCUSED_LONG_TERM', 'EXPECTED'] as const
  const called = gathering.roster.some(({ state }) => isPresent(state))
  return (
    <section aria-labelledby="roster">
      <h2 id="roster">{t('mobile.meeting.roster')}</h2>
      <dl className="facts card">
        {states.map((state) => {
          const people = gathering.roster.filter((row) => row.state === state)
          if (people.length === 0) return null
          return (
            <div key={state}>
              <dt>
                {t(state === 'EXPECTED' && called ? 'mobile.roll.notCalled' : `shared.attendance.${state}`)} {people.length}
              </dt>
              <dd>{people.map((row) => rosterName(row, t)).join('、')}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

/** A name with what has to be said beside it: why on leave, or that the person is a guest. */
function rosterName({ name, leaveReason, capacity }: Gathering['roster'][number], t: ReturnType<typeof useT>): string {
  if (leaveReason !== null) return `${name}（${t(`shared.leave.${leaveReason}`)}）`
  return capacity === 'OBSERVER' || capacity === 'LEADER' ? `${name}（${t(`mobile.capacity.${capacity}`)}）` : name
}

function Resolutions({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  if (gathering.resolutions.length === 0) return null
  return (
    <section aria-labelledby="resolutions">
      <h2 id="resolutions">{t('mobile.meeting.resolutions')}</h2>
      {gathering.resolutions.map((resolution) => (
        <div key={`${resolution.itemId} ${resolution.title}`} className="card">
          <b>{resolution.title}</b>
          <p>
            {t('mobile.meeting.votes', { agree: resolution.agree, against: resolution.against, abstain: resolution.abstain })} ·{' '}
            <span className={resolution.passed ? 'ok' : 'late'}>
              {t(resolution.passed ? 'mobile.meeting.passed' : 'mobile.meeting.notPassed')}
            </span>
          </p>
          <p className="quiet">{say(resolution.sentence)}</p>
        </div>
      ))}
    </section>
  )
}

function Minutes({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const nameOf = new Map(gathering.roster.map(({ memberId, name }) => [memberId, name]))
  if (gathering.minutes === '' && gathering.speeches.length === 0) return null
  return (
    <section aria-labelledby="minutes">
      <h2 id="minutes">{t('mobile.meeting.minutes')}</h2>
      <div className="card">
        {gathering.minutes !== '' && <p className="text-block">{gathering.minutes}</p>}
        {gathering.speeches.length > 0 && (
          <dl className="facts">
            {gathering.speeches.map((speech) => (
              <div key={`${speech.memberId} ${speech.gist}`}>
                <dt>{nameOf.get(speech.memberId)}</dt>
                <dd>
                  {speech.proposal && <>{t('mobile.record.proposed')} </>}
                  {speech.gist}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {gathering.digest !== null && (
          <p className="quiet digest">
            {t('mobile.meeting.digest')} <code>{gathering.digest.slice(0, 16)}</code>
          </p>
        )}
      </div>
    </section>
  )
}

function Amendments({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const field = (name: string) => (name === 'title' || name === 'place' || name === 'minutes' ? t(`mobile.amend.${name}`) : name)
  if (gathering.amendments.length === 0) return null
  return (
    <section aria-labelledby="amendments">
      <h2 id="amendments">{t('mobile.meeting.amendments')}</h2>
      {gathering.amendments.map((amendment) => (
        <div key={amendment.id} className="card">
          <p className="quiet">
            {showMoment(amendment.at, language)} · {amendment.byName} · {field(amendment.field)}
          </p>
          <p>
            <del>{amendment.old}</del> <ins>{amendment.new}</ins>
          </p>
          <p className="quiet">{t('mobile.meeting.because', { reason: amendment.reason })}</p>
        </div>
      ))}
    </section>
  )
}
