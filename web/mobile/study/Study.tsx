/** 学习: what I learned together with others this year, the packs on this phone, and those offered to my organisation. */
import { useEffect } from 'react'
import { Link } from 'wouter'
import { listPacks } from '#contract/study'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { PackCard, type PackRow } from './PackCard.tsx'
import { StudyRow } from './StudyRow.tsx'
import { useShelf } from './useShelf.ts'
import './study.css'

export function Study() {
  const t = useT()
  const { me, post } = useSession()
  const asked = useOperation(listPacks, { query: { limit: 200 } })
  const { packs, again, drop } = useShelf()
  const offered = asked.data?.items
  useForgetWithdrawn(asked.data, packs, drop)
  const here = (packs ?? []).filter(({ pack }) => pack.expiresOn === null || pack.expiresOn >= today())
  const others = offered?.filter(({ id }) => here.every(({ pack }) => pack.id !== id)) ?? []
  return (
    <Page title={t('mobile.study.title')} back="/me">
      {me.member !== null && (
        <ul className="rows card">
          <StudyRow href="/study/ledger" name={t('mobile.study.ledger')} hint={t('mobile.study.ledgerHint')} />
        </ul>
      )}
      <section aria-labelledby="kept-packs">
        <h2 id="kept-packs">{t('mobile.study.kept')}</h2>
        {packs !== undefined && here.length === 0 && <p className="nothing">{t('mobile.study.noneKept')}</p>}
        {here.map(({ pack, waits }) => (
          <PackCard key={pack.id} pack={pack} kept waits={waits} onChange={again} onDrop={() => void drop(pack.id)} />
        ))}
      </section>
      <section aria-labelledby="offered-packs">
        <h2 id="offered-packs">{t('mobile.study.offered')}</h2>
        {offered === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
        {offered?.length === 0 && <Empty text={t('mobile.study.noneOffered')} />}
        {offered !== undefined && offered.length > 0 && others.length === 0 && <p className="nothing">{t('mobile.study.allKept')}</p>}
        {others.map((pack) => (
          <PackCard key={pack.id} pack={pack} kept={false} waits={false} onChange={again} onDrop={() => void drop(pack.id)} />
        ))}
      </section>
      {post !== null && (
        <ul className="rows card">
          <li>
            <Link href="/study/questions">
              <span>{t('mobile.study.questions')}</span>
              <Icon name="forward" />
            </Link>
          </li>
        </ul>
      )}
      <p className="quiet">{t('mobile.study.private')}</p>
    </Page>
  )
}

/** What has expired or was withdrawn leaves the phone at the next contact. */
function useForgetWithdrawn(
  asked: { items: PackRow[]; next: string | null } | undefined,
  packs: ReturnType<typeof useShelf>['packs'],
  drop: (packId: string) => Promise<void>,
): void {
  useEffect(() => {
    if (asked === undefined || asked.next !== null || packs === undefined) return
    const gone = packs.find(({ pack }) => asked.items.every(({ id }) => id !== pack.id))
    if (gone !== undefined) void drop(gone.pack.id)
  }, [asked, packs, drop])
}
