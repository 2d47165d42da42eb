/** How something promised or to be put right is going: what was noted, and the question for the next note. */
import { useState } from 'react'
import type { Problem } from '../../shared/client.ts'
import { dayOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { showShortDay } from '../parts/days.ts'
import { Ask } from './Ask.tsx'
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

interface AskFollowUpProps {
  title: string
  busy: boolean
  problem: Problem | null
  onSay: (followUpId: string, text: string) => Promise<unknown>
  onClose: () => void
}

/** Its id is made with the question, so that saying it again is the same note once. */
export function AskFollowUp({ onSay, ...sheet }: AskFollowUpProps) {
  const t = useT()
  const [followUpId] = useState(newId)
  return (
    <Ask
      {...sheet}
      label={t('mobile.reviews.promise.followLabel')}
      act={t('mobile.reviews.save')}
      onSay={(text) => onSay(followUpId, text)}
    />
  )
}
