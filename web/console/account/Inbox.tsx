import { Button, Switch } from 'antd'
import { Link } from 'wouter'
import { getNotificationChoices, listNotifications, putNotificationChoices, readNotification } from '#contract/notifications'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation, usePages } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Refusal } from '../field/Field.tsx'
import { Answer } from '../frame/Answer.tsx'
import { consolePath } from '../frame/address.ts'

/** What one was told, newest first, each with why. */
export function Inbox() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const asked = usePages(listNotifications, { query: { limit: 50 } })
  const reading = useAction(readNotification)
  const read = (notificationId: string) => void reading.run({ params: { notificationId } }).catch(() => {})
  return (
    <>
      <Digest />
      <Answer asked={{ ...asked, data: asked.data?.pages }}>
        {(pages) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Empty text={t('console.inbox.empty')} />
          return (
            <ul className="inbox">
              {items.map((item) => {
                const path = consolePath(item.href)
                return (
                  <li key={item.id} data-unread={item.readAt === null ? '' : undefined}>
                    <div>
                      <b>
                        {path === null ? (
                          say(item.title)
                        ) : (
                          <Link href={path} onClick={() => item.readAt === null && read(item.id)}>
                            {say(item.title)}
                          </Link>
                        )}
                      </b>
                      <time dateTime={item.at}>{showMoment(item.at, language)}</time>
                    </div>
                    <p>{say(item.body)}</p>
                    <p className="quiet">{say(item.because)}</p>
                    {item.readAt === null && (
                      <button type="button" className="link" onClick={() => read(item.id)}>
                        {t('console.inbox.read')}
                      </button>
                    )}
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Answer>
      {asked.hasNextPage && <Button onClick={() => void asked.fetchNextPage()}>{t('console.more')}</Button>}
    </>
  )
}

/** One digest a day instead of many messages; and which kinds are muted. */
function Digest() {
  const t = useT()
  const choices = useOperation(getNotificationChoices, {}).data
  const putting = useAction(putNotificationChoices)
  if (choices === undefined) return null
  const put = (change: Partial<typeof choices>) => void putting.run({ body: { ...choices, ...change } }).catch(() => {})
  return (
    <section className="digest" aria-label={t('console.inbox.choices')}>
      <label>
        <Switch size="small" checked={choices.digest} loading={putting.busy} onChange={(digest) => put({ digest })} />{' '}
        {t('console.inbox.digest')}
      </label>
      <p className="quiet">{t('console.inbox.quietHours')}</p>
      <Refusal problem={putting.problem} />
    </section>
  )
}
