import { Button } from 'antd'
import { listSessions, revokeSession } from '#contract/identity'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Refusal } from '../field/Field.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useUndo } from '../frame/undo.tsx'
import { Mark } from '../list/Mark.tsx'

/** Devices one is signed in on; any of them can be signed out from here. */
export function Devices() {
  const t = useT()
  const say = useUndo()
  const language = useLanguage()
  const asked = useOperation(listSessions, {})
  const revoking = useAction(revokeSession)
  return (
    <>
      <p className="note">{t('console.devices.note')}</p>
      <Refusal problem={revoking.problem} />
      <Answer asked={asked}>
        {({ items }) => (
          <table className="plain devices" aria-label={t('console.me.devices')}>
            <thead>
              <tr>
                <th scope="col">{t('console.devices.name')}</th>
                <th scope="col">{t('console.devices.since')}</th>
                <th scope="col">{t('console.devices.seen')}</th>
                <th scope="col">{t('console.devices.act')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((session) => (
                <tr key={session.id}>
                  <td>{session.deviceName || t('console.devices.unnamed')}</td>
                  <td>{showMoment(session.createdAt, language)}</td>
                  <td>{showDay(session.usedOn, language)}</td>
                  <td>
                    {session.current ? (
                      <Mark tone="ok">{t('console.devices.this')}</Mark>
                    ) : (
                      <Button
                        size="small"
                        onClick={() =>
                          void revoking
                            .run({ params: { sessionId: session.id } })
                            .then(() => say(t('console.devices.revoked', { name: session.deviceName })))
                            .catch(() => {})
                        }
                      >
                        {t('console.devices.revoke')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </>
  )
}
