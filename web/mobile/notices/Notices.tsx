/** Notices: what I was told and why I was told; opening one marks it as read. */
import { Link } from 'wouter'
import { listNotifications, readNotification } from '#contract/notifications'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, usePages } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'

export function Notices() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const asked = usePages(listNotifications, { query: { limit: 30 } })
  const { run } = useAction(readNotification)
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page title={t('mobile.notices.title')} back="/">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && items.length === 0 && <Empty text={t('mobile.notices.empty')} />}
      {items.map((notice) => (
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
      {asked.hasNextPage && (
        <button type="button" className="text more" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('mobile.notices.older')}
        </button>
      )}
    </Page>
  )
}
