/** 我的活动证: bound to this phone once, then shown anywhere, also without a network. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { getMyFloating } from '#contract/floating'
import { contentOf, type Outcome, verify } from '#pass'
import { Problem } from '../../shared/client.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { useTrust } from '../../shared/pass/trust.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import type { Registration } from '../floating/words.ts'
import { addDays, today } from '../parts/days.ts'
import { Facts } from '../parts/Facts.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Holder, platformNow, useBinding, useCopy } from './copy.ts'
import { bytesOf, ShownCode } from './ShownCode.tsx'
import { TwinSheet } from './TwinSheet.tsx'
import './pass.css'

type PassOf = NonNullable<Registration['pass']>

/** A pass that ends within so many days is to be renewed. */
const renewDays = 45

export function Pass() {
  const t = useT()
  const { me } = useSession()
  const my = useOperation(getMyFloating, {}, { enabled: me.member !== null })
  const copy = useCopy()
  const pass = my.data?.registration?.pass ?? undefined
  return (
    <Page title={t('mobile.pass.title')} back="/me">
      {me.member === null ? (
        <Empty text={t('mobile.floating.noMember')} />
      ) : copy.isLoading || (my.data === undefined && my.error === null) ? (
        <Loading />
      ) : pass !== undefined && pass.state !== 'ACTIVE' ? (
        <Resting pass={pass} />
      ) : hasCopy(copy.data) ? (
        <Bound holder={copy.data} copy={copy.data.kept.copy} pass={pass} />
      ) : my.data === undefined ? (
        my.error !== null && <Failed problem={my.error} retry={() => void my.refetch()} />
      ) : pass === undefined ? (
        <Without registration={my.data.registration} />
      ) : (
        <Unbound pass={pass} canKeep={!copy.isError} />
      )}
    </Page>
  )
}

type CopyOf = NonNullable<Holder['kept']['copy']>
type Held = Holder & { kept: { copy: CopyOf } }

const hasCopy = (holder: Holder | null | undefined): holder is Held => holder?.kept.copy !== null && holder?.kept.copy !== undefined

/** No pass yet: what it takes to get one. */
function Without({ registration }: { registration: Registration | null }) {
  const t = useT()
  return (
    <Empty text={t(registration === null ? 'mobile.pass.none' : 'mobile.pass.notIssued')}>
      <Link href="/floating" className="button small">
        {t(registration === null ? 'mobile.floating.form.send' : 'mobile.floating.title')}
      </Link>
    </Empty>
  )
}

/** Suspended, taken back, ended: in words, and what to do. No code is shown that would only be refused. */
function Resting({ pass }: { pass: PassOf }) {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const title = t(`mobile.pass.state.${pass.state}`)
  const next = t(`mobile.pass.then.${pass.state}`, { issuer: pass.issuerName })
  return (
    <section className="card late-edge">
      <p className="lead">{title}</p>
      <p>{next}</p>
      {elder && <ReadAloud text={[title, next].join('。')} />}
      <Facts
        rows={[
          [t('mobile.pass.reason'), pass.reason],
          [t('mobile.pass.issuer'), pass.issuerName],
          [t('mobile.pass.until'), showDay(pass.validUntil, language)],
        ]}
      />
    </section>
  )
}

/** Putting it on this phone: what follows is said before. */
function useBind() {
  const bind = useBinding()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function run(issuerName: string) {
    setBusy(true)
    setProblem(null)
    try {
      await bind(issuerName)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, problem }
}

function Unbound({ pass, canKeep }: { pass: PassOf; canKeep: boolean }) {
  const t = useT()
  const language = useLanguage()
  const { run, busy, problem } = useBind()
  return (
    <>
      <section className="card">
        <p className="lead">{t('mobile.pass.ready')}</p>
        <Facts
          rows={[
            [t('mobile.pass.issuer'), pass.issuerName],
            [t('mobile.pass.until'), showDay(pass.validUntil, language)],
          ]}
        />
        <p>{t('mobile.pass.bindAbout')}</p>
        <p className="quiet">{t('mobile.pass.bindEnds')}</p>
      </section>
      {!canKeep && (
        <p className="wrong" role="alert">
          {t('mobile.pass.cannotKeep')}
        </p>
      )}
      <Wrong problem={problem} />
      <button type="button" className="button wide" disabled={busy || !canKeep} onClick={() => void run(pass.issuerName)}>
        {t('mobile.pass.bind')}
      </button>
      <Private />
    </>
  )
}

function Private() {
  const t = useT()
  return <p className="note">{t('mobile.pass.private')}</p>
}

interface BoundProps {
  holder: Held
  copy: CopyOf
  /** As the platform says; undefined without a network. */
  pass: PassOf | undefined
}

type Trouble = 'REPLACED' | 'ELSEWHERE' | 'EXPIRED' | 'ISSUER'

/** What a host would find, in the order of what is to be done about it; a copy that is good is only `COPY` to it without the proof. */
const troubles: Partial<Record<Outcome, Trouble>> = {
  REVOKED: 'ELSEWHERE',
  EXPIRED: 'EXPIRED',
  ISSUER_WITHDRAWN: 'ISSUER',
  ISSUER_EXPIRED: 'ISSUER',
}

/** Would a host still take the copy on this phone? Checked here by the lists hosts check by, so that its owner knows before the door. */
function useTrouble(copy: CopyOf, pass: PassOf | undefined): Trouble | undefined {
  const { trust } = useTrust()
  const found = useQuery({
    queryKey: ['pass.trouble', copy.id, trust?.asOf?.getTime() ?? 0],
    queryFn: async () => (trust === null ? null : (await verify(copy.text, trust, platformNow())).outcome),
    enabled: trust !== null,
    networkMode: 'always',
    retry: false,
  })
  if (copy.validUntil < today()) return 'EXPIRED'
  const trouble = found.data === undefined || found.data === null ? undefined : troubles[found.data]
  return pass !== undefined && pass.id !== copy.passId ? 'REPLACED' : trouble
}

function Bound({ holder, copy, pass }: BoundProps) {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const { reached } = useSync()
  const [open, setOpen] = useState<'twin' | 'phone'>()
  const { run, busy, problem } = useBind()
  const { name, branch } = contentOf(bytesOf(copy.text))
  const issuerName = pass?.issuerName ?? copy.issuerName
  const trouble = useTrouble(copy, pass)
  const soon = addDays(today(), renewDays) >= copy.validUntil
  return (
    <>
      <section className="pass-card" aria-label={t('mobile.pass.title')}>
        {trouble === undefined || trouble === 'REPLACED' ? (
          <ShownCode text={copy.text} privateKey={holder.privateKey} label={t('mobile.pass.picture')} />
        ) : (
          <p className="lead">{t(`mobile.pass.trouble.${trouble}`)}</p>
        )}
        <p className="pass-name">{name}</p>
        <p>{branch}</p>
      </section>
      <Wrong problem={problem} />
      {trouble !== undefined && (
        <section className="card late-edge">
          {trouble === 'REPLACED' && <p className="lead">{t('mobile.pass.trouble.REPLACED')}</p>}
          <p>{t(`mobile.pass.troubleThen.${trouble}`)}</p>
          {(trouble !== 'EXPIRED' || (pass !== undefined && pass.validUntil >= today())) && (
            <button type="button" className="button wide" disabled={busy || !reached} onClick={() => void run(issuerName)}>
              {t('mobile.pass.phone.again')}
            </button>
          )}
        </section>
      )}
      {trouble === undefined && soon && <p className="wait">{t('mobile.pass.renewSoon', { day: showDay(copy.validUntil, language) })}</p>}
      <section className="card">
        <Facts
          rows={[
            [t('mobile.pass.stateIs'), pass === undefined ? '' : t(`mobile.pass.state.${pass.state}`)],
            [t('mobile.pass.issuer'), issuerName],
            [t('mobile.pass.coSigned'), pass?.coSignedByName ?? ''],
            [t('mobile.pass.until'), showDay(copy.validUntil, language)],
          ]}
        />
        {elder && <ReadAloud text={[t('mobile.pass.how'), t('mobile.pass.private')].join('\n')} />}
        <p className="note">{t('mobile.pass.how')}</p>
      </section>
      <div className="acts">
        <button type="button" className="button outline" aria-haspopup="dialog" onClick={() => setOpen('phone')}>
          {t('mobile.pass.phone.open')}
        </button>
        {!elder && (
          <button type="button" className="button outline" aria-haspopup="dialog" onClick={() => setOpen('twin')}>
            {t('mobile.pass.twin.open')}
          </button>
        )}
      </div>
      <Private />
      {open === 'twin' && <TwinSheet twin={copy.twin} onClose={() => setOpen(undefined)} />}
      {open === 'phone' && (
        <Sheet title={t('mobile.pass.phone.open')} onClose={() => setOpen(undefined)}>
          <p>{t('mobile.pass.phone.about')}</p>
          <p>{t('mobile.pass.phone.refused')}</p>
          <Wrong problem={problem} />
          <button
            type="button"
            className="button outline wide"
            disabled={busy || !reached}
            onClick={() => void run(issuerName).then(() => setOpen(undefined))}
          >
            {t('mobile.pass.phone.again')}
          </button>
        </Sheet>
      )}
    </>
  )
}
