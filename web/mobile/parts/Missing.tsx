/** An address that leads nowhere. */
import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Empty } from '../../shared/states.tsx'
import { Page } from './Page.tsx'

export function Missing() {
  const t = useT()
  return (
    <Page title={t('mobile.missing.title')} back="/">
      <Empty text={t('mobile.missing.text')}>
        <Link href="/" className="button small">
          {t('mobile.missing.home')}
        </Link>
      </Empty>
    </Page>
  )
}
