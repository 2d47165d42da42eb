/** Study as one plain fact: hours together this year, and the way to the packs or to the ledger. */
import { Link } from 'wouter'
import { getMyLedger } from '#contract/study'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Icon } from '../parts/Icon.tsx'
import { showHours } from './words.ts'

interface StudyRowProps {
  href: string
  name: string
  hint?: string
}

export function StudyRow({ href, name, hint }: StudyRowProps) {
  const t = useT()
  const learning = useOperation(getMyLedger, { query: {} }).data?.learning
  return (
    <li>
      <Link href={href}>
        <span>
          {name}
          {hint !== undefined && <small>{hint}</small>}
        </span>
        <b>
          {learning !== undefined &&
            t('mobile.study.hoursOf', { hours: showHours(learning.tenths), required: showHours(learning.requiredTenths) })}
        </b>
        <Icon name="forward" />
      </Link>
    </li>
  )
}
