/** 带出去: what waits on this phone is made into a package, shown as codes or saved as a file, and its receipt is read when it comes back. */
import { useState } from 'react'
import { Link } from 'wouter'
import { mostActs } from '#contract/packages'
import { showMoment } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { syncNow } from '../../shared/offline/known.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { cut, mostFrames, shortName } from '../../shared/package/frames.ts'
import { readReceipt, seal } from '../../shared/package/seal.ts'
import { useSession } from '../../shared/session.tsx'
import { Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Codes } from './Codes.tsx'
import { canShare, save, share } from './file.ts'
import { Reader } from './Reader.tsx'
import { keepMade, type Made, type OwnKey } from './store.ts'
import { useMade, useOwnKey, useReread } from './useStore.ts'
import './carry.css'

/** What waits and has no receipt yet, in order, in one package. */
async function pack(key: OwnKey, accountId: string, arrived: ReadonlySet<string>): Promise<Made> {
  const { waiting, offsetMs } = syncNow()
  const open = waiting.filter(({ id }) => !arrived.has(id))
  const acts = open.slice(0, mostActs).map((act) => ({ ...act, offsetMs }))
  const { keyId, privateKey, platform } = key
  if (keyId === null || platform === null) throw new Error('this phone is not ready')
  const packageId = newId()
  const madeAt = new Date().toISOString()
  const sealed = await seal({ packageId, accountId, madeAt, acts }, { keyId, privateKey }, platform.seal)
  const made: Made = { packageId, accountId, madeAt, actIds: acts.map(({ id }) => id), sealed, receivedAt: null }
  await keepMade(made)
  return made
}

export function CarryOut() {
  const t = useT()
  const { accountId } = useSession().me
  const { waiting, reached } = useSync()
  const key = useOwnKey()
  const made = useMade()
  const reread = useReread()
  const [shown, setShown] = useState<Made | null>(null)
  const [reading, setReading] = useState(false)
  const [said, setSaid] = useState<'received' | 'foreignReceipt' | 'notPacked' | null>(null)

  async function make(own: OwnKey, arrived: ReadonlySet<string>) {
    setSaid(null)
    try {
      setShown(await pack(own, accountId, arrived))
      await reread()
    } catch {
      setSaid('notPacked')
    }
  }

  async function take(receipt: string) {
    setReading(false)
    const says = await readReceipt(receipt, key.data?.platform?.receipts ?? [])
    const known = made.data?.find(({ packageId }) => packageId === says?.packageId)
    if (says === undefined || known === undefined) return setSaid('foreignReceipt')
    await keepMade({ ...known, sealed: null, receivedAt: says.receivedAt })
    await reread()
    setSaid('received')
  }

  if (key.data === undefined || made.data === undefined) {
    return (
      <Page title={t('mobile.carry.outTitle')} back="/me">
        <Loading />
      </Page>
    )
  }
  if (shown !== null && shown.sealed !== null)
    return <Shown packageId={shown.packageId} sealed={shown.sealed} acts={shown.actIds.length} onDone={() => setShown(null)} />

  const arrived = new Set(made.data.filter(({ receivedAt }) => receivedAt !== null).flatMap(({ actIds }) => actIds))
  const open = waiting.filter(({ id }) => !arrived.has(id)).length
  const own = key.data !== null && key.data.keyId !== null && key.data.platform !== null ? key.data : null
  return (
    <Page title={t('mobile.carry.outTitle')} back="/me">
      <section className="card">
        <p className="lead">{waiting.length === 0 ? t('mobile.carry.nothing') : t('mobile.carry.waiting', { count: waiting.length })}</p>
        <p className="quiet">{t('mobile.carry.how')}</p>
        {waiting.length > 0 && reached && <p className="note">{t('mobile.carry.online')}</p>}
        {waiting.length > open && <p className="note ok">{t('mobile.carry.arrivedAlready', { count: waiting.length - open })}</p>}
        {open > mostActs && <p className="note">{t('mobile.carry.first', { count: mostActs })}</p>}
        {own === null ? (
          <p className="note bad">{t('mobile.carry.notReady')}</p>
        ) : (
          <button type="button" className="button wide" disabled={open === 0} onClick={() => void make(own, arrived)}>
            {t('mobile.carry.make')}
          </button>
        )}
      </section>
      {said !== null && (
        <p className={said === 'received' ? 'card ok' : 'wrong'} role="alert">
          {t(`mobile.carry.${said}`)}
        </p>
      )}
      {reading && <Reader wants="RECEIPT" onWhole={(_id, receipt) => void take(receipt)} onClose={() => setReading(false)} />}
      {made.data.length > 0 && (
        <section>
          <h2>{t('mobile.carry.madeHere')}</h2>
          {!reading && (
            <button
              type="button"
              className="button outline wide"
              onClick={() => {
                setSaid(null)
                setReading(true)
              }}
            >
              {t('mobile.carry.readReceipt')}
            </button>
          )}
          {made.data.map((one) => (
            <MadeCard key={one.packageId} made={one} onShow={() => setShown(one)} />
          ))}
        </section>
      )}
      <Link href="/carry/others" className="button outline wide">
        {t('mobile.carry.othersTitle')}
      </Link>
    </Page>
  )
}

function MadeCard({ made: { packageId, madeAt, actIds, sealed, receivedAt }, onShow }: { made: Made; onShow: () => void }) {
  const t = useT()
  const language = useLanguage()
  return (
    <article className={`card${receivedAt === null ? '' : ' ok-edge'}`}>
      <h3>{t('mobile.carry.packageName', { name: shortName(packageId) })}</h3>
      <p className="quiet">{t('mobile.carry.madeAt', { time: showMoment(madeAt, language), count: actIds.length })}</p>
      <div className="card-acts">
        {receivedAt === null ? (
          <p className="note">{t('mobile.carry.noReceipt')}</p>
        ) : (
          <p className="note ok">{t('mobile.carry.receivedAt', { time: showMoment(receivedAt, language) })}</p>
        )}
        {sealed !== null && (
          <button type="button" className="text" onClick={onShow}>
            {t('mobile.carry.showAgain')}
          </button>
        )}
      </div>
    </article>
  )
}

interface ShownProps {
  packageId: string
  sealed: string
  acts: number
  onDone: () => void
}

/** A package on the screen, for another phone to read, and as a file. */
function Shown({ packageId, sealed, acts, onDone }: ShownProps) {
  const t = useT()
  const [frames] = useState(() => cut('PACKAGE', packageId, sealed))
  const name = t('mobile.carry.packageName', { name: shortName(packageId) })
  return (
    <Page
      title={name}
      back="/me"
      foot={
        <button type="button" className="button wide" onClick={onDone}>
          {t('mobile.carry.done')}
        </button>
      }
    >
      <section className="card">
        {frames.length > mostFrames ? (
          <p className="lead">{t('mobile.carry.tooMany')}</p>
        ) : (
          <>
            <p className="quiet">{t('mobile.carry.holdStill', { count: acts })}</p>
            <Codes frames={frames} label={name} />
          </>
        )}
      </section>
      <section className="card">
        <h2>{t('mobile.carry.asFile')}</h2>
        <p className="quiet">{t('mobile.carry.asFileHint')}</p>
        <div className="acts">
          {canShare(packageId, sealed) && (
            <button type="button" className="button outline" onClick={() => void share(packageId, sealed)}>
              {t('mobile.carry.share')}
            </button>
          )}
          <button type="button" className="button outline" onClick={() => save(packageId, sealed)}>
            {t('mobile.carry.save')}
          </button>
        </div>
      </section>
    </Page>
  )
}
