/** One pack: read, heard or seen from this phone; an article also without keeping it. Nobody is told that it was opened. */
import { type ReactNode, useEffect, useState } from 'react'
import { getPack } from '#contract/study'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Article } from './Article.tsx'
import { Ask } from './Ask.tsx'
import { Note } from './Note.tsx'
import { PackCard } from './PackCard.tsx'
import { Player } from './Player.tsx'
import { fileOf, type Pack, type Part } from './store.ts'
import { useDownload, useShelf } from './useShelf.ts'
import './study.css'

export function PackPage({ packId }: { packId: string }) {
  const t = useT()
  const { packs, again, drop } = useShelf()
  const kept = packs?.find(({ pack }) => pack.id === packId)
  const asked = useOperation(getPack, { params: { packId } }, { enabled: packs !== undefined && kept === undefined })
  const pack = kept?.pack ?? asked.data
  if (pack === undefined) {
    return (
      <Page title={t('mobile.study.title')} back="/study">
        {asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page title={pack.title} back="/study">
      <PackCard
        pack={pack}
        alone
        kept={kept !== undefined}
        waits={kept?.waits ?? false}
        onChange={again}
        onDrop={() => void drop(pack.id)}
      />
      {pack.parts.map((part) =>
        part.kind === 'ARTICLE' ? (
          <Article key={part.id} part={part} />
        ) : (
          <Filed key={part.id} pack={pack} part={part} kept={kept !== undefined} />
        ),
      )}
      <Note packId={pack.id} />
      <Ask packId={pack.id} />
    </Page>
  )
}

/** A file of the pack, once it is on this phone. */
function Filed({ pack, part, kept }: { pack: Pack; part: Part; kept: boolean }) {
  const t = useT()
  const { me } = useSession()
  const state = useDownload(pack.id)?.state
  const [address, setAddress] = useState<string>()
  const here = kept && state === 'KEPT'
  useEffect(() => {
    if (!here) return undefined
    let made: string | undefined
    let gone = false
    const show = async () => {
      const file = await fileOf(me.accountId, pack.id, part)
      if (file === undefined || gone) return
      made = URL.createObjectURL(file)
      setAddress(made)
    }
    void show()
    return () => {
      gone = true
      if (made !== undefined) URL.revokeObjectURL(made)
      setAddress(undefined)
    }
  }, [here, me.accountId, pack.id, part])
  return (
    <section className="card" aria-label={part.title}>
      <h2>
        {t(`mobile.study.kind.${part.kind}`)} · {part.title}
      </h2>
      {address === undefined ? <p className="quiet">{t('mobile.study.fetchFirst')}</p> : <Shown part={part} address={address} />}
    </section>
  )
}

function Shown({ part, address }: { part: Part; address: string }): ReactNode {
  const t = useT()
  if (part.kind === 'AUDIO') return <Player address={address} title={part.title} />
  if (part.kind === 'VIDEO')
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- captions are part of the picture where the publisher has made some
    return <video className="pack-video" src={address} controls playsInline preload="metadata" aria-label={part.title} />
  if (part.mediaType.startsWith('image/')) return <img className="pack-picture" src={address} alt={part.title} />
  return (
    <a className="button outline wide" href={address} target="_blank" rel="noreferrer">
      {t('mobile.study.openBooklet')}
    </a>
  )
}
