import { lazy, Suspense } from 'react'
import { Link, Redirect } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { useSession } from '../../shared/session.tsx'
import { Loading } from '../../shared/states.tsx'
import { Devices } from './Devices.tsx'
import { Inbox } from './Inbox.tsx'
import { Looked } from './Looked.tsx'
import { Password } from './Password.tsx'
import { type Section, sections } from './sections.ts'

const Carry = lazy(async () => ({ default: (await import('../carry/CarryPage.tsx')).CarryPage }))

const bodies: Record<Section, React.ComponentType> = { inbox: Inbox, looked: Looked, devices: Devices, carry: Carry, password: Password }

export function AccountPage({ section }: { section: string }) {
  const t = useT()
  const { me } = useSession()
  const here = sections.find((each) => each === section)
  if (here === undefined) return <Redirect to="/me/inbox" replace />
  const Body = bodies[here]
  return (
    <div className="selected">
      <header className="selected-head">
        <h1>{me.name}</h1>
        <nav className="tabs" aria-label={t('console.find.mine')}>
          {sections.map((each) => (
            <Link key={each} href={`/me/${each}`} aria-current={each === here ? 'page' : undefined}>
              {t(`console.me.${each}`)}
            </Link>
          ))}
        </nav>
      </header>
      <div className="page account">
        <Suspense fallback={<Loading />}>
          <Body />
        </Suspense>
      </div>
    </div>
  )
}
