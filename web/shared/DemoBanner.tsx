/** In the demo: one quiet line above every page says that it is one. Nothing elsewhere. */
import { useT } from './i18n.ts'
import { useSession } from './session.tsx'
import './demo-banner.css'

export function DemoBanner() {
  const t = useT()
  const { me } = useSession()
  return me.demo ? <aside className="demo-banner">{t('shared.demoBanner')}</aside> : null
}
