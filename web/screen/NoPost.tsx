import { useT } from '../shared/i18n.ts'
import { Foot } from './Foot.tsx'

/** For those whose post sees no overview: it says which posts do, and the foot lets them choose another or sign out. */
export function NoPost() {
  const t = useT()
  return (
    <div className="board">
      <main className="notice" data-state="no-post">
        <h1>{t('screen.noPost.title')}</h1>
        <p>{t('screen.noPost.text')}</p>
      </main>
      <Foot hint={false} />
    </div>
  )
}
