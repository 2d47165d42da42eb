/** Notices: what I was told and why I was told; opening one marks it as read. */
import { useState } from 'react'
import { Link } from 'wouter'
import { listNotifications, readNotification } from '#contract/notifications'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useAction, usePages } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'

/** In elder mode so many at first. */
const fewNotices = 3

export function Notices() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const asked = usePages(listNotifications, { query: { limit: 30 } })
  const { run } = useAction(readNotification)
  const elder = useElder()
  const [all, setAll] = useState(false)
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  const shown = elder && !all ? items.slice(0, fewNotices) : items
  const aloud = shown.flatMap((notice) => [say(notice.title), say(notice.body), say(notice.because)]).join('\n')
  return (
    <Page title={t('mobile.notices.title')} back="/">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && items.length === 0 && <Empty text={t('mobile.notices.empty')} />}
      {elder && shown.length > 0 && <ReadAloud text={aloud} />}
      {shown.map((notice) => (
        <article key={notice.id} className={notice.readAt === null ? 'card notice unread' : 'card notice'}>
          <h2>
            <Link
              href={notice.href}
              className="cover"
              onClick={() => {
                if (notice.readAt === null) run({ params: { notificationId: notice.id } }).catch(() => {})
              }}
            >
              {say(notice.title)}
            </Link>
          </h2>
          <p>{say(notice.body)}</p>
          <p className="quiet">
            {showMoment(notice.at, language)}
            {notice.readAt === null && <> · {t('mobile.notices.unread')}</>}
          </p>
          <p className="quiet">{say(notice.because)}</p>
        </article>
      ))}
      {shown.length < items.length && (
        <button type="button" className="text more" onClick={() => setAll(true)}>
          {t('mobile.notices.older')}
        </button>
      )}
      {shown.length === items.length && asked.hasNextPage && (
        <button type="button" className="text more" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('mobile.notices.older')}
        </button>
      )}
    </Page>
  )
}
