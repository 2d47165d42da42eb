/** Study as one plain fact on the home page: hours together this year, and the way to the packs. */
import { Link } from 'wouter'
import { getMyLedger } from '#contract/study'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Icon } from '../parts/Icon.tsx'
import { showHours } from './words.ts'

export function StudyRow() {
  const t = useT()
  const learning = useOperation(getMyLedger, { query: {} }).data?.learning
  return (
    <li>
      <Link href="/study">
        <span>{t('mobile.study.title')}</span>
        <b>
          {learning !== undefined &&
            t('mobile.study.hoursOf', { hours: showHours(learning.tenths), required: showHours(learning.requiredTenths) })}
        </b>
        <Icon name="forward" />
      </Link>
    </li>
  )
}
