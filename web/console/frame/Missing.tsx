/** An address that leads nowhere. */
import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Empty } from '../../shared/states.tsx'

/** @param home where the way out leads */
export function Missing({ home }: { home: string }) {
  const t = useT()
  return (
    <Empty text={t('console.noSuchPage')}>
      <Link href={home}>{t('console.toOrganisation')}</Link>
    </Empty>
  )
}
