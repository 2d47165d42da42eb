/** 替人带: takes packages from other phones, delivers them where there is a network, and shows their receipts back. */
import { type ChangeEvent, useState } from 'react'
import { Link } from 'wouter'
import { Problem } from '../../shared/client.ts'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { cut, shortName } from '../../shared/package/frames.ts'
import { packageIdOf } from '../../shared/package/seal.ts'
import { Empty, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Codes } from './Codes.tsx'
import { deliver } from './prepare.ts'
import { Reader } from './Reader.tsx'
import { carry, type Carried, forgetCarried } from './store.ts'
import { useCarried, useReread } from './useStore.ts'
import './carry.css'

export function CarryOthers() {
  const t = useT()
  const carried = useCarried()
  const reread = useReread()
  const [reading, setReading] = useState(false)
  const [wrong, setWrong] = useState('')

  async function take(packageId: string, sealed: string) {
    setReading(false)
    setWrong('')
    await carry(packageId, sealed)
    await reread()
  }

  async function open({ target }: ChangeEvent<HTMLInputElement>) {
    setWrong('')
    for (const file of target.files ?? []) {
      const sealed = (await file.text()).trim()
      const packageId = packageIdOf(sealed)
      if (packageId === undefined) setWrong(t('mobile.carry.notAPackage', { name: file.name }))
      else await take(packageId, sealed)
    }
    target.value = ''
  }

  return (
    <Page title={t('mobile.carry.othersTitle')} back="/me">
      {reading ? (
        <Reader wants="PACKAGE" onWhole={(id, whole) => void take(id, whole)} onClose={() => setReading(false)} />
      ) : (
        <section className="card">
          <p className="quiet">{t('mobile.carry.othersHow')}</p>
          <button type="button" className="button wide" onClick={() => setReading(true)}>
            {t('mobile.carry.scan')}
          </button>
          <label className="button outline wide file-choice">
            <input type="file" accept=".txt,text/plain" multiple onChange={(event) => void open(event)} />
            <span>{t('mobile.carry.openFile')}</span>
          </label>
        </section>
      )}
      {wrong !== '' && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      <section>
        <h2>{t('mobile.carry.carried')}</h2>
        {carried.data === undefined ? (
          <Loading />
        ) : carried.data.length === 0 ? (
          <Empty text={t('mobile.carry.carriedNone')} />
        ) : (
          carried.data.map((one) => <CarriedCard key={one.packageId} carried={one} />)
        )}
      </section>
      <Link href="/carry" className="button outline wide">
        {t('mobile.carry.outTitle')}
      </Link>
    </Page>
  )
}

function CarriedCard({ carried }: { carried: Carried }) {
  const t = useT()
  const language = useLanguage()
  const reread = useReread()
  const { packageId, sealed, takenAt, delivered, refused } = carried
  const [showing, setShowing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [away, setAway] = useState('')
  const name = t('mobile.carry.packageName', { name: shortName(packageId) })

  async function send() {
    setBusy(true)
    setAway('')
    try {
      await deliver(carried)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setAway(error.message)
    }
    setBusy(false)
    await reread()
  }

  async function forget() {
    await forgetCarried(packageId)
    await reread()
  }

  return (
    <article className={`card${delivered === null ? '' : ' ok-edge'}`}>
      <h3>{name}</h3>
      <p className="quiet">
        {t('mobile.carry.takenAt', { time: showMoment(takenAt, language), size: Math.max(1, Math.round(sealed.length / 1024)) })}
      </p>
      <div role="status">
        {delivered !== null ? (
          <p className="ok">
            {t(delivered.repeated ? 'mobile.carry.deliveredBefore' : 'mobile.carry.delivered', {
              time: showMoment(delivered.receivedAt, language),
              count: delivered.acts,
            })}
          </p>
        ) : (
          refused === null && <p className="wait">{t('mobile.carry.notDelivered')}</p>
        )}
      </div>
      {(refused !== null || away !== '') && (
        <p className="wrong" role="alert">
          {away === '' ? refused : away}
        </p>
      )}
      {showing && delivered !== null && (
        <>
          <p className="quiet">{t('mobile.carry.receiptHint')}</p>
          <Codes
            frames={cut('RECEIPT', packageId, delivered.receipt)}
            label={t('mobile.carry.receiptOf', { name: shortName(packageId) })}
          />
        </>
      )}
      <div className="acts">
        {delivered === null ? (
          <button type="button" className="button small" disabled={busy} onClick={() => void send()}>
            {t(refused === null ? 'mobile.carry.deliver' : 'mobile.carry.deliverAgain')}
          </button>
        ) : (
          <button type="button" className="button outline small" aria-expanded={showing} onClick={() => setShowing(!showing)}>
            {t(showing ? 'mobile.carry.hideReceipt' : 'mobile.carry.showReceipt')}
          </button>
        )}
        {(delivered !== null || refused !== null) && (
          <button type="button" className="button outline small danger slim" onClick={() => void forget()}>
            {t('mobile.carry.forget')}
          </button>
        )}
      </div>
    </article>
  )
}
