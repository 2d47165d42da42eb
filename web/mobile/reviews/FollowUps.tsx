import { useLanguage } from '../../shared/i18n.ts'
import { dayOf } from '../../shared/dates.ts'
import { showShortDay } from '../parts/days.ts'
import type { Rectification } from './life.ts'

/** Notes on how it is going, oldest first. */
export function FollowUps({ items }: { items: Rectification['followUps'] }) {
  const language = useLanguage()
  if (items.length === 0) return null
  return (
    <ul className="follow-ups">
      {items.map((item) => (
        <li key={item.id}>
          {item.text}
          <small>
            {item.byName} · {showShortDay(dayOf(new Date(item.at)), language)}
          </small>
        </li>
      ))}
    </ul>
  )
}
