/** 日历订阅: my gatherings, or those of my branch, in the calendar the phone already has. The address is shown once and can be revoked. */
import { useState } from 'react'
import type { z } from 'zod'
import { type Feed, listFeeds, putFeed, revokeFeed } from '#contract/papers'
import { showDay } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { toBase64url } from '#pass'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './papers.css'

/** 32 random bytes as base64url. Made here, so that nobody but this phone and the calendar ever holds them. */
const newSecret = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)))

export function Calendar() {
  const t = useT()
  const asked = useOperation(listFeeds, {})
  const [url, setUrl] = useState<string>()
  return (
    <Page title={t('mobile.calendar.title')} back="/me">
      <p className="quiet">{t('mobile.calendar.about')}</p>
      {url === undefined ? <Making onMade={setUrl} /> : <Made url={url} onDone={() => setUrl(undefined)} />}
      <Asked asked={asked}>{({ items }) => <Kept items={items} />}</Asked>
    </Page>
  )
}

function Making({ onMade }: { onMade: (url: string) => void }) {
  const t = useT()
  const { me, post } = useSession()
  const { run, busy, problem } = useAction(putFeed)
  const branch = post ?? me.posts[0] ?? null
  const [of, setOf] = useState<'mine' | 'branch'>(me.member === null ? 'branch' : 'mine')
  const [label, setLabel] = useState(t('mobile.calendar.myPhone'))
  function make() {
    const organisationId = of === 'branch' ? (branch?.organisationId ?? null) : null
    run({ params: { feedId: newId() }, body: { token: newSecret(), organisationId, label } })
      .then((made) => onMade(made.url))
      .catch(() => {})
  }
  return (
    <section className="card" aria-labelledby="make-feed">
      <h2 id="make-feed">{t('mobile.calendar.make')}</h2>
      {me.member !== null && branch !== null && (
        <Choice
          label={t('mobile.calendar.whose')}
          value={of}
          options={[
            { value: 'mine', name: t('mobile.calendar.mine') },
            { value: 'branch', name: branch.organisationName },
          ]}
          onChange={setOf}
        />
      )}
      <Field label={t('mobile.calendar.label')} wrong={problem?.of('body.label')}>
        {(attributes) => <input {...attributes} value={label} maxLength={40} onChange={(event) => setLabel(event.target.value)} />}
      </Field>
      <Wrong problem={problem} />
      <button type="button" className="button wide" disabled={busy} onClick={make}>
        {t('mobile.calendar.makeIt')}
      </button>
    </section>
  )
}

/** The address, this once. */
function Made({ url, onDone }: { url: string; onDone: () => void }) {
  const t = useT()
  const [said, setSaid] = useState('')
  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      setSaid(t('mobile.calendar.copied'))
    } catch {
      setSaid(t('mobile.calendar.copyYourself'))
    }
  }
  return (
    <section className="card ok-edge" aria-labelledby="made-feed">
      <h2 id="made-feed">{t('mobile.calendar.made')}</h2>
      <p>{t('mobile.calendar.once')}</p>
      <p className="feed-address">
        <code>{url}</code>
      </p>
      <div className="acts">
        <button type="button" className="button outline" onClick={() => void copy()}>
          {t('mobile.calendar.copy')}
        </button>
        <a className="button" href={url.replace(/^https?:/, 'webcal:')}>
          {t('mobile.calendar.open')}
        </a>
      </div>
      <p role="status">{said}</p>
      <button type="button" className="text" onClick={onDone}>
        {t('mobile.calendar.done')}
      </button>
    </section>
  )
}

function Kept({ items }: { items: readonly z.output<typeof Feed>[] }) {
  const t = useT()
  const language = useLanguage()
  const { run, busy, problem } = useAction(revokeFeed)
  if (items.length === 0) return <Empty text={t('mobile.calendar.none')} />
  return (
    <section aria-labelledby="kept-feeds">
      <h2 id="kept-feeds">{t('mobile.calendar.list')}</h2>
      <ul className="rows card">
        {items.map((feed) => (
          <li key={feed.id}>
            <div>
              <span>
                {feed.label}
                <small>
                  {feed.organisationId === null ? t('mobile.calendar.mine') : feed.organisationName} ·{' '}
                  {feed.readOn === null
                    ? t('mobile.calendar.neverRead')
                    : t('mobile.calendar.readOn', { day: showDay(feed.readOn, language) })}
                </small>
              </span>
              <button
                type="button"
                className="text"
                disabled={busy}
                aria-label={t('mobile.calendar.revokeNamed', { name: feed.label })}
                onClick={() => void run({ params: { feedId: feed.id } }).catch(() => {})}
              >
                {t('mobile.calendar.revoke')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <Wrong problem={problem} />
    </section>
  )
}
