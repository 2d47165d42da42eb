/** One pack in the list: what it is, how large, whether it is on this phone, and the one thing to do with it. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { z } from 'zod'
import { getPack, type PackRow as PackRowShape } from '#contract/study'
import { call } from '../../shared/client.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { showSize } from '../../shared/size.ts'
import { useSession } from '../../shared/session.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { fetchPack, pause } from './downloads.ts'
import { isFree } from './network.ts'
import { keepPack } from './store.ts'
import { useDownload } from './useShelf.ts'

export type PackRow = z.output<typeof PackRowShape>

interface PackCardProps {
  pack: PackRow
  kept: boolean
  waits: boolean
  /** On its own page the pack is not named again. */
  alone?: boolean
  onChange: () => void
  onDrop: () => void
}

export function PackCard({ pack, kept, waits, alone = false, onChange, onDrop }: PackCardProps) {
  const t = useT()
  const language = useLanguage()
  const { me } = useSession()
  const download = useDownload(pack.id)
  const [asking, setAsking] = useState(false)

  function fetchNow() {
    setAsking(false)
    void fetchPack(me.accountId, pack.id).then(onChange)
    onChange()
  }
  async function wait() {
    setAsking(false)
    await keepPack(me.accountId, await call(getPack, { params: { packId: pack.id } }), true)
    onChange()
  }
  // Words weigh nothing. Files on Wi-Fi at once; on paid data, and where the phone does not tell, the owner decides once.
  const isText = pack.kinds.every((kind) => kind === 'ARTICLE')
  const agreed = download !== undefined && isFree() === undefined
  const begin = () => (isText || agreed || isFree() === true ? fetchNow() : setAsking(true))

  const facts = [
    pack.organisationName,
    pack.kinds.map((kind) => t(`mobile.study.kind.${kind}`)).join(t('mobile.study.and')),
    t('mobile.study.minutes', { minutes: pack.minutes }),
    showSize(pack.bytes),
  ]
  const state = download?.state
  return (
    <article className="card pack" aria-label={pack.title}>
      {!alone && (
        <h3>
          <Link href={`/study/${pack.id}`}>{pack.title}</Link>
        </h3>
      )}
      {pack.summary !== '' && <p>{pack.summary}</p>}
      <p className="quiet">{facts.join(' · ')}</p>
      {pack.expiresOn !== null && <p className="quiet">{t('mobile.study.until', { day: showDay(pack.expiresOn, language) })}</p>}
      {state !== undefined && state !== 'KEPT' && (
        <div className="pack-progress">
          <progress
            aria-label={t('mobile.study.progress', { title: pack.title })}
            value={download?.received ?? 0}
            max={Math.max(1, download?.total ?? 1)}
          />
          <p role="status" className={state === 'FAILED' ? 'wrong' : 'quiet'}>
            {download?.said === '' || download === undefined
              ? t(`mobile.study.state.${state}`, { here: showSize(download?.received ?? 0), all: showSize(download?.total ?? 0) })
              : download.said}
          </p>
        </div>
      )}
      {waits && state === undefined && (
        <p role="status" className="wait">
          {t('mobile.study.waits')}
        </p>
      )}
      <div className="acts">
        {state === 'KEPT' && kept ? (
          <>
            {!alone && (
              <Link href={`/study/${pack.id}`} className="button small">
                {t('mobile.study.open')}
              </Link>
            )}
            <button
              type="button"
              className="button outline small"
              aria-label={t('mobile.study.deleteNamed', { title: pack.title })}
              onClick={onDrop}
            >
              {t('mobile.study.delete')}
            </button>
          </>
        ) : state === 'FETCHING' ? (
          <button type="button" className="button outline small" onClick={() => pause(pack.id)}>
            {t('mobile.study.pause')}
          </button>
        ) : (
          <>
            <button type="button" className="button small" onClick={begin}>
              {t(state === undefined ? 'mobile.study.fetch' : 'mobile.study.goOn', { size: showSize(pack.bytes) })}
            </button>
            {kept && (
              <button type="button" className="button outline small" onClick={onDrop}>
                {t('mobile.study.delete')}
              </button>
            )}
          </>
        )}
      </div>
      {asking && (
        <Sheet title={t('mobile.study.askTitle')} onClose={() => setAsking(false)}>
          <p>{t(isFree() === false ? 'mobile.study.onData' : 'mobile.study.unknownNetwork', { size: showSize(pack.bytes) })}</p>
          <button type="button" className="button wide" onClick={fetchNow}>
            {t('mobile.study.fetchNow', { size: showSize(pack.bytes) })}
          </button>
          {isFree() === false ? (
            <button type="button" className="button outline wide" onClick={() => void wait()}>
              {t('mobile.study.waitForWifi')}
            </button>
          ) : (
            <button type="button" className="button outline wide" onClick={() => setAsking(false)}>
              {t('mobile.study.later')}
            </button>
          )}
        </Sheet>
      )}
    </article>
  )
}
