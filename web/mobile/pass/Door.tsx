/** 门口核验: scan, read, decide. The pass is checked without a network; whether somebody comes in is decided by a person and never by this page. */
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react'
import { getGathering } from '#contract/meetings'
import { listDoorChecks, putDoorCheck } from '#contract/passes'
import { type Trust, type Verdict, verify } from '#pass'
import { showMoment, showTime } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { type KeptTrust, useTrust } from '../../shared/pass/trust.ts'
import { VerdictCard } from '../../shared/pass/VerdictCard.tsx'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Camera } from '../../shared/code/Camera.tsx'
import { useCameraWords } from '../carry/useCameraWords.ts'
import { readPicture } from '../../shared/code/readPicture.ts'
import '../carry/carry.css'
import { type Gathering, isWritable, may, pathOf } from '../meeting/gathering.ts'
import type { GatheringPath } from '../meeting/Meeting.tsx'
import { PostNeeded } from '../meeting/PostNeeded.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Check, checksOf, dropCheck, keepCheck, waitingOf, whoIn } from './checks.ts'
import { platformNow } from './copy.ts'
import './pass.css'

/** So long after a decision the camera does not read the same pass again: its holder is still walking past. */
const passingMilliseconds = 15_000
/** Longer texts are no pass, and are not sent. */
const mostLetters = 1200

export function Door({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const { post } = useSession()
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  const gathering = asked.data
  const back = pathOf({ organisationId, id: gatheringId })
  return (
    <Page title={t('mobile.door.title')} back={back}>
      {gathering === undefined ? (
        asked.error ? (
          <PostNeeded organisationId={organisationId} problem={asked.error}>
            <Failed problem={asked.error} retry={() => void asked.refetch()} />
          </PostNeeded>
        ) : (
          <Loading />
        )
      ) : (
        <>
          <p className="lead">{gathering.title}</p>
          {!may(post, 'write:gathering') ? (
            <p className="nothing">{t('mobile.door.notYours')}</p>
          ) : isWritable(gathering.state) ? (
            <Checking gathering={gathering} />
          ) : (
            <p className="nothing">{t('mobile.door.closed')}</p>
          )}
        </>
      )}
    </Page>
  )
}

const decisionOf = ({ admitted }: { admitted: boolean }) => (admitted ? 'admitted' : 'refused')

interface Seen {
  id: string
  text: string
  verdict: Verdict
}

function Checking({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const cameraWords = useCameraWords()
  const kept = useTrust()
  const { trust } = kept
  const { organisationId, id: gatheringId } = gathering
  const [scanning, setScanning] = useState(false)
  const [seen, setSeen] = useState<Seen>()
  const [done, setDone] = useState<Check>()
  const [trouble, setTrouble] = useState('')
  const [, redraw] = useState(0)
  const reading = useRef(false)
  const { run, problem } = useAction(putDoorCheck)

  async function take(text: string, byCamera: boolean) {
    if (reading.current || trust === null || text.trim() === '') return
    reading.current = true
    try {
      const verdict = await verify(text, trust, platformNow())
      const { copyId } = whoIn(verdict)
      const passing = byCamera && done !== undefined && copyId === done.copyId && Date.now() - Date.parse(done.at) < passingMilliseconds
      if (passing) return
      setTrouble('')
      setDone(undefined)
      setSeen({ id: newId(), text, verdict })
    } finally {
      reading.current = false
    }
  }

  function decide(admitted: boolean, note: string) {
    if (seen === undefined) return
    const { id, text, verdict } = seen
    const check: Check = { id, ...whoIn(verdict), admitted, at: new Date().toISOString() }
    keepCheck(gatheringId, check)
    setDone(check)
    setSeen(undefined)
    const body = { presented: text.slice(0, mostLetters), deviceAt: check.at, admitted, note }
    // Written down at once and sent behind it: at a door nobody waits for a network.
    run({ params: { organisationId, gatheringId, checkId: id }, body }).then(
      () => redraw((n) => n + 1),
      () => {
        dropCheck(gatheringId, id)
        setDone(undefined)
      },
    )
  }

  if (trust === null) return <TrustLine kept={kept} />
  if (seen !== undefined)
    return (
      <Decision key={seen.id} seen={seen} gatheringId={gatheringId} trust={trust} onDecide={decide} onBack={() => setSeen(undefined)} />
    )
  return (
    <>
      {done !== undefined && <DoneLine check={done} />}
      <Wrong problem={problem} />
      {scanning ? (
        <section className="card reader">
          <Camera words={cameraWords} onText={(text) => void take(text, true)} />
          <button type="button" className="button outline wide" onClick={() => setScanning(false)}>
            {t('mobile.door.stop')}
          </button>
        </section>
      ) : (
        <section className="card">
          <p className="quiet">{t('mobile.door.about')}</p>
          <button type="button" className="button wide" onClick={() => setScanning(true)}>
            {t('mobile.door.scan')}
          </button>
        </section>
      )}
      <OtherWays onText={(text) => void take(text, false)} onTrouble={setTrouble} />
      {trouble !== '' && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <Checks gatheringId={gatheringId} organisationId={organisationId} trust={trust} />
      <TrustLine kept={kept} />
      <p className="note">{t('mobile.door.stores')}</p>
    </>
  )
}

interface OtherWaysProps {
  onText: (text: string) => void
  onTrouble: (trouble: string) => void
}

/** A picture, a pasted text, a hand scanner, which types. */
function OtherWays({ onText, onTrouble }: OtherWaysProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    onText(typed)
    setTyped('')
  }
  async function open({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0]
    if (file === undefined) return
    const read = await readPicture(file)
    target.value = ''
    if (typeof read === 'string') onTrouble(t('mobile.door.pictureNone'))
    else onText(read.text)
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Field label={t('mobile.door.typed')}>
        {(attributes) => (
          <input
            {...attributes}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div className="acts">
        <label className="button outline file-choice">
          <input type="file" accept="image/png,image/jpeg,image/webp" onChange={(event) => void open(event)} />
          <span>{t('mobile.door.picture')}</span>
        </label>
        <button type="submit" className="button outline" disabled={typed.trim() === ''}>
          {t('mobile.door.check')}
        </button>
      </div>
    </form>
  )
}

interface DecisionProps {
  seen: Seen
  gatheringId: string
  trust: Trust
  onDecide: (admitted: boolean, note: string) => void
  onBack: () => void
}

/** What was found, and what a person does about it. */
function Decision({ seen: { verdict }, gatheringId, trust, onDecide, onBack }: DecisionProps) {
  const t = useT()
  const language = useLanguage()
  const [note, setNote] = useState('')
  const local = useLocal(gatheringId, trust)
  const { copyId } = whoIn(verdict)
  const before = copyId === undefined ? undefined : local.find((check) => check.copyId === copyId)
  const firm = verdict.accepted && before === undefined
  const found = useRef<HTMLDivElement>(null)
  useEffect(() => {
    window.scrollTo(0, 0)
    found.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <div ref={found} className="door-found" tabIndex={-1}>
        <VerdictCard verdict={verdict} />
      </div>
      {before !== undefined && (
        <p className="card late-edge" role="alert">
          {t('mobile.door.againAt', {
            time: showTime(before.at, language),
            what: t(`mobile.door.${decisionOf(before)}`),
          })}
        </p>
      )}
      <Field label={t('mobile.door.note')} {...(verdict.accepted ? {} : { hint: t('mobile.door.noteNeeded') })}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <div className="door-acts">
        <button type="button" className={firm ? 'button' : 'button outline'} onClick={() => onDecide(true, note.trim())}>
          {t('mobile.door.admit')}
        </button>
        <button type="button" className="button outline" onClick={() => onDecide(false, note.trim())}>
          {t('mobile.door.refuse')}
        </button>
      </div>
      <button type="button" className="text more" onClick={onBack}>
        {t('mobile.door.back')}
      </button>
      <p className="note">{t('mobile.door.nobody')}</p>
    </>
  )
}

/** How old the lists are by which passes are checked here. */
function TrustLine({ kept: { state, trust } }: { kept: KeptTrust }) {
  const t = useT()
  const language = useLanguage()
  if (state === 'LOADING') return <Loading />
  if (state === 'NONE' || state === 'INSECURE') {
    return (
      <p className="wrong" role="alert">
        {t(`mobile.door.trust.${state}`)}
      </p>
    )
  }
  const asOf = trust?.asOf ?? null
  return asOf === null ? null : <p className="note">{t('mobile.door.trust.asOf', { time: showMoment(asOf.toISOString(), language) })}</p>
}

function DoneLine({ check }: { check: Check }) {
  const t = useT()
  return (
    <p className={`card ${check.admitted ? 'ok-edge' : ''}`} role="status">
      {t('mobile.door.done', {
        name: check.name === '' ? t('mobile.door.unknown') : check.name,
        what: t(`mobile.door.${decisionOf(check)}`),
      })}
    </p>
  )
}

/** Checks made here: those of this opening of the app, and those that wait since before it. */
function useLocal(gatheringId: string, trust: Trust): readonly Check[] {
  const { waiting } = useSync()
  const made = checksOf(gatheringId)
  const older = waitingOf(waiting, gatheringId).filter(({ id }) => made.every((check) => check.id !== id))
  const read = useQuery({
    queryKey: ['door', gatheringId, older.map(({ id }) => id).join(' ')],
    queryFn: () =>
      Promise.all(
        older.map(async ({ id, presented, deviceAt, admitted }): Promise<Check> => {
          const verdict = await verify(presented, trust, new Date(deviceAt))
          return { id, ...whoIn(verdict), admitted, at: deviceAt }
        }),
      ),
    enabled: older.length > 0,
    networkMode: 'always',
    retry: false,
  })
  return [...made, ...(older.length > 0 ? (read.data ?? []) : [])].toSorted((one, other) => other.at.localeCompare(one.at))
}

function Checks({ organisationId, gatheringId, trust }: { organisationId: string; gatheringId: string; trust: Trust }) {
  const t = useT()
  const language = useLanguage()
  const { post } = useSession()
  const { waiting } = useSync()
  const local = useLocal(gatheringId, trust)
  const record = useOperation(
    listDoorChecks,
    { params: { organisationId }, query: { gatheringId, limit: 200 } },
    { enabled: may(post, 'read:floating') },
  )
  const onRecord = new Map(record.data?.items.map((check) => [check.id, check]))
  const waits = new Set(waitingOf(waiting, gatheringId).map(({ id }) => id))
  const others = (record.data?.items ?? []).filter(({ id }) => local.every((check) => check.id !== id))
  return (
    <>
      <section aria-labelledby="door-checks">
        <h2 id="door-checks">{t('mobile.door.list')}</h2>
        {local.length === 0 ? (
          <p className="nothing">{t('mobile.door.listNone')}</p>
        ) : (
          <ul className="rows card">
            {local.map((check) => (
              <li key={check.id}>
                <div>
                  <span>
                    {check.name === '' ? t('mobile.door.unknown') : check.name}
                    <small>{[showTime(check.at, language), check.branch].filter((part) => part !== '').join(' · ')}</small>
                    {onRecord.get(check.id)?.elsewhere === true && <small className="late">{t('mobile.door.elsewhere')}</small>}
                  </span>
                  <b>
                    {t(`mobile.door.${decisionOf(check)}`)}
                    <small className={waits.has(check.id) ? 'wait' : 'ok'}>
                      {t(waits.has(check.id) ? 'mobile.door.waits' : onRecord.has(check.id) ? 'mobile.door.seen' : 'mobile.door.sent')}
                    </small>
                  </b>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      {others.length > 0 && (
        <section aria-labelledby="door-record">
          <h2 id="door-record">{t('mobile.door.others')}</h2>
          <ul className="rows card">
            {others.map((check) => (
              <li key={check.id}>
                <div>
                  <span>
                    {check.name === '' ? t('mobile.door.unknown') : check.name}
                    <small>{[showTime(check.at, language), check.branch, check.byName].filter((part) => part !== '').join(' · ')}</small>
                    {check.note !== '' && <small>{check.note}</small>}
                    {check.elsewhere && <small className="late">{t('mobile.door.elsewhere')}</small>}
                  </span>
                  <b>{t(`mobile.door.${decisionOf(check)}`)}</b>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
