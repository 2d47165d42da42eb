/** The state of a gathering as a word with a shape; colour only repeats it. */
import { useT } from '../../shared/i18n.ts'
import type { State } from './gathering.ts'

/** A ring that fills as the gathering goes on; a tick when it is settled, a cross when it is called off. */
const shapes: Record<State, string> = {
  PLANNED: '',
  NOTIFIED: 'M8 8V3.5A4.5 4.5 0 0 1 12.5 8z',
  POSTPONED: 'M8 8V3.5A4.5 4.5 0 0 1 12.5 8z',
  IN_PROGRESS: 'M8 3.5a4.5 4.5 0 0 1 0 9z',
  DRAFT_MINUTES: 'M8 8V3.5A4.5 4.5 0 1 1 3.5 8z',
  CONFIRMED: '',
  ARCHIVED: '',
  CANCELLED: '',
}
const marks: Partial<Record<State, string>> = {
  CONFIRMED: 'm4.8 8.2 2.2 2.2 4.2-4.6',
  ARCHIVED: 'm4.8 8.2 2.2 2.2 4.2-4.6',
  CANCELLED: 'm5.6 5.6 4.8 4.8m0-4.8-4.8 4.8',
}

export function StateWord({ state, late = false }: { state: State; late?: boolean }) {
  const t = useT()
  return (
    <span className={`state state-${state.toLowerCase()}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d={shapes[state]} fill="currentColor" />
        <path d={marks[state]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span>
        {t(`shared.state.${state}`)}
        {late && <> · {t('mobile.meeting.late')}</>}
      </span>
    </span>
  )
}
