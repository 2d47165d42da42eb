/** What I want to be told, and where the daily digest reaches me. */
import { useState } from 'react'
import type { z } from 'zod'
import {
  type Channels,
  getChannels,
  getNotificationChoices,
  putNotificationChoices,
  putPush,
  putSms,
  removePush,
  type NotificationChoices,
} from '#contract/notifications'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { may } from '../meeting/gathering.ts'
import { Page } from '../parts/Page.tsx'
import { Switch } from '../parts/Switch.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { canPush, subscribeHere, unsubscribeHere } from './push.ts'

/** What can be silenced, with the kinds of notices by their names in the platform. */
const groups = [
  { name: 'notice', kinds: ['meetings.notice', 'reviews.notice'], office: false },
  { name: 'duty', kinds: ['duties.reminder', 'reviews.rectification'], office: false },
  { name: 'study', kinds: ['study.question', 'study.answer'], office: false },
  { name: 'leave', kinds: ['meetings.leave', 'meetings.contribution', 'sync.conflict'], office: true },
] as const

export function Reminders() {
  const t = useT()
  const choices = useOperation(getNotificationChoices, {})
  const channels = useOperation(getChannels, {})
  const failed = [choices, channels].find(({ data, error }) => data === undefined && error)
  return (
    <Page title={t('mobile.reminders.title')} back="/me">
      {failed?.error ? (
        <Failed problem={failed.error} retry={() => void failed.refetch()} />
      ) : choices.data === undefined || channels.data === undefined ? (
        <Loading />
      ) : (
        <>
          <What choices={choices.data} />
          <Where choices={choices.data} channels={channels.data} />
        </>
      )}
      <p className="note">{t('mobile.reminders.night')}</p>
    </Page>
  )
}

function What({ choices }: { choices: z.output<typeof NotificationChoices> }) {
  const t = useT()
  const { post } = useSession()
  const { run, busy, problem } = useAction(putNotificationChoices)
  return (
    <section aria-labelledby="what">
      <h2 id="what">{t('mobile.reminders.what')}</h2>
      <div className="card switches">
        {groups
          .filter(({ office }) => !office || may(post, 'write:gathering'))
          .map(({ name, kinds }) => (
            <Switch
              key={name}
              name={t(`mobile.reminders.${name}`)}
              on={!kinds.every((kind) => choices.muted.includes(kind))}
              disabled={busy}
              onChange={(on) => {
                const others = choices.muted.filter((kind) => !kinds.some((each) => each === kind))
                void run({ body: { ...choices, muted: on ? others : [...others, ...kinds] } }).catch(() => {})
              }}
            />
          ))}
      </div>
      <Wrong problem={problem} />
    </section>
  )
}

function Where({ choices, channels }: { choices: z.output<typeof NotificationChoices>; channels: z.output<typeof Channels> }) {
  const t = useT()
  const language = useLanguage()
  const digest = useAction(putNotificationChoices)
  const sms = useAction(putSms)
  return (
    <section aria-labelledby="where">
      <h2 id="where">{t('mobile.reminders.where')}</h2>
      <div className="card switches">
        <Switch
          name={t('mobile.reminders.digest')}
          hint={t('mobile.reminders.digestHint')}
          on={choices.digest}
          disabled={digest.busy}
          onChange={(on) => void digest.run({ body: { ...choices, digest: on } }).catch(() => {})}
        />
        {choices.digest && (
          <>
            <OnThisDevice channels={channels} />
            <Switch
              name={t('mobile.reminders.sms')}
              hint={t(channels.onlyShown ? 'mobile.reminders.smsShown' : 'mobile.reminders.smsHint')}
              on={channels.sms}
              disabled={sms.busy}
              onChange={(on) => void sms.run({ body: { on } }).catch(() => {})}
            />
          </>
        )}
      </div>
      <Wrong problem={digest.problem ?? sms.problem} />
      {channels.messages.length > 0 && (
        <ul className="rows card" aria-label={t('mobile.reminders.messages')}>
          {channels.messages.map(({ id, at, text }) => (
            <li key={id}>
              <div>
                <span>
                  {text}
                  <small>{showMoment(at, language)}</small>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function OnThisDevice({ channels }: { channels: z.output<typeof Channels> }) {
  const t = useT()
  const putting = useAction(putPush)
  const removing = useAction(removePush)
  const [refused, setRefused] = useState<'refused' | 'failed'>()

  async function change(on: boolean) {
    setRefused(undefined)
    if (!on) {
      await unsubscribeHere()
      await removing.run({})
      return
    }
    const given = await subscribeHere(channels.pushKey)
    if (typeof given === 'string') setRefused(given)
    else await putting.run({ body: given })
  }

  return (
    <>
      <Switch
        name={t('mobile.reminders.push')}
        hint={t(canPush() ? 'mobile.reminders.pushHint' : 'mobile.reminders.pushNone')}
        on={channels.push}
        disabled={putting.busy || removing.busy || !canPush()}
        onChange={(on) => void change(on).catch(() => {})}
      />
      {refused !== undefined && (
        <p className="wrong" role="alert">
          {t(`mobile.reminders.push_${refused}`)}
        </p>
      )}
      <Wrong problem={putting.problem ?? removing.problem} />
    </>
  )
}
