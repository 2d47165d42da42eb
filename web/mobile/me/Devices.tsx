/** Devices I am signed in on; one that is not mine is signed out with one tap. */
import { listSessions, revokeSession } from '#contract/identity'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'

export function Devices() {
  const t = useT()
  const language = useLanguage()
  const asked = useOperation(listSessions, {})
  const { run, busy, problem } = useAction(revokeSession)
  return (
    <Page title={t('mobile.devices.title')} back="/me">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      <Wrong problem={problem} />
      {asked.data !== undefined && (
        <ul className="rows card">
          {asked.data.items.map((session) => (
            <li key={session.id}>
              <div>
                <span>
                  {session.deviceName === '' ? t('mobile.devices.unnamed') : session.deviceName}
                  <small>{t('mobile.devices.seen', { time: showDay(session.usedOn, language) })}</small>
                </span>
                {session.current ? (
                  <small>{t('mobile.devices.current')}</small>
                ) : (
                  <button
                    type="button"
                    className="text"
                    disabled={busy}
                    onClick={() => void run({ params: { sessionId: session.id } }).catch(() => {})}
                  >
                    {t('mobile.devices.revoke')}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
