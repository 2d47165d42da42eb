/** The truth about the lists: as of when, whether newer ones are being fetched, and that it works without a network. */
import { showMoment } from '../shared/dates.ts'
import { useLanguage, useT } from '../shared/i18n.ts'
import { type KeptTrust, renewTrust } from '../shared/pass/trust.ts'

export function Lists({ state, trust, renewing, renewedAt }: KeptTrust) {
  const t = useT()
  const language = useLanguage()
  if (state === 'INSECURE' || state === 'NONE')
    return (
      <p className="lists" data-state={state} role="alert">
        <span>{t(state === 'INSECURE' ? 'verify.lists.insecure' : 'verify.lists.none')}</span>
        {state === 'NONE' && <Renew busy={renewing} />}
      </p>
    )
  if (trust === null) return <p className="lists">{t('verify.lists.loading')}</p>
  const asOf =
    trust.asOf === null ? t('verify.lists.empty') : t('verify.lists.asOf', { time: showMoment(trust.asOf.toISOString(), language) })
  return (
    <p className="lists" data-state={renewedAt === null && !renewing ? 'OLD' : state}>
      <span>
        <b>{asOf}</b> <i>{t(renewing ? 'verify.lists.renewing' : renewedAt === null ? 'verify.lists.offline' : 'verify.lists.renewed')}</i>
      </span>
      <Renew busy={renewing} />
    </p>
  )
}

function Renew({ busy }: { busy: boolean }) {
  const t = useT()
  return (
    <button type="button" className="text" disabled={busy} onClick={() => void renewTrust()}>
      {t('verify.lists.renew')}
    </button>
  )
}
