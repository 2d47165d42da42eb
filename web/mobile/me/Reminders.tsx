/** What I want to be told, and whether once a day together or each at its time. */
import type { z } from 'zod'
import { getNotificationChoices, putNotificationChoices, type NotificationChoices } from '#contract/notifications'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'

type Choices = z.output<typeof NotificationChoices>

/** Kinds of notices that can be silenced, by their name in the platform. */
const kinds = [
  { kind: 'meetings.notice', name: 'notice' },
  { kind: 'meetings.leave', name: 'leave' },
  { kind: 'duties.reminder', name: 'duty' },
] as const

export function Reminders() {
  const t = useT()
  const asked = useOperation(getNotificationChoices, {})
  const { run, busy, problem } = useAction(putNotificationChoices)
  const choices = asked.data
  const change = (body: Choices) => void run({ body }).catch(() => {})
  return (
    <Page title={t('mobile.reminders.title')} back="/me">
      {choices === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {choices !== undefined && (
        <section className="card switches">
          {kinds.map(({ kind, name }) => (
            <label key={kind} className="switch">
              <span>{t(`mobile.reminders.${name}`)}</span>
              <input
                type="checkbox"
                role="switch"
                aria-checked={!choices.muted.includes(kind)}
                disabled={busy}
                checked={!choices.muted.includes(kind)}
                onChange={(event) =>
                  change({
                    ...choices,
                    muted: event.target.checked ? choices.muted.filter((each) => each !== kind) : [...choices.muted, kind],
                  })
                }
              />
            </label>
          ))}
          <label className="switch">
            <span>
              {t('mobile.reminders.digest')}
              <small>{t('mobile.reminders.digestHint')}</small>
            </span>
            <input
              type="checkbox"
              role="switch"
              aria-checked={choices.digest}
              disabled={busy}
              checked={choices.digest}
              onChange={(event) => change({ ...choices, digest: event.target.checked })}
            />
          </label>
        </section>
      )}
      <Wrong problem={problem} />
      <p className="note">{t('mobile.reminders.night')}</p>
    </Page>
  )
}
