/** Before signing out deletes what has not been sent: what would be lost, and the way to keep it. */
import { useT } from './i18n.ts'

export function Leaving({ count, stay, leave }: { count: number; stay: () => void; leave: () => void }) {
  const t = useT()
  return (
    <main className="door">
      <h1>{t('shared.leaving.title', { count })}</h1>
      <p>{t('shared.leaving.text')}</p>
      <p>
        <button type="button" className="button wide" onClick={stay}>
          {t('shared.leaving.stay')}
        </button>
      </p>
      <p>
        <button type="button" className="button danger-fill wide" onClick={leave}>
          {t('shared.leaving.leave')}
        </button>
      </p>
    </main>
  )
}
