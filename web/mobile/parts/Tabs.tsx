/** The tabs at the lower edge: only what exists. */
import { Link, useLocation } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Icon } from './Icon.tsx'

const tabs = [
  { href: '/', icon: 'home', name: 'home' },
  { href: '/meetings', icon: 'people', name: 'meetings' },
  { href: '/me', icon: 'person', name: 'me' },
] as const

export function Tabs() {
  const t = useT()
  const [path] = useLocation()
  return (
    <nav className="tabs" aria-label={t('mobile.tabs.label')}>
      {tabs.map(({ href, icon, name }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{t(`mobile.tabs.${name}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
