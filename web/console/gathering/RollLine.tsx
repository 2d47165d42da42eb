import { leaveReasons } from '#contract/meetings'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { markable, type RollRow } from './roll.tsx'

interface RollLineProps {
  row: RollRow
  active: boolean
  onActive: () => void
  onMark: (state: RollRow['state'], reason?: RollRow['leaveReason']) => void
}

/** One name. The buttons are for the mouse; the keyboard marks on the row itself. */
export function RollLine({ row, active, onActive, onMark }: RollLineProps) {
  const t = useT()
  const language = useLanguage()
  return (
    <tr
      data-id={row.memberId}
      data-mark={row.state}
      tabIndex={active ? 0 : -1}
      aria-label={t('console.roll.line', { name: row.name, state: t(`shared.attendance.${row.state}`) })}
      onFocus={onActive}
    >
      <td>
        <b>{row.name}</b>
        {row.capacity !== 'MEMBER' && <span className="seat">{t(`console.capacity.${row.capacity}`)}</span>}
      </td>
      <td>{t(row.hasVote ? 'console.yes' : 'console.no')}</td>
      <td>
        <span className="marks">
          {markable.map((state, n) => (
            <button
              key={state}
              type="button"
              tabIndex={-1}
              aria-pressed={row.state === state}
              data-state={state}
              onClick={() => onMark(row.state === state ? 'EXPECTED' : state)}
            >
              {t(`shared.attendance.${state}`)} <kbd aria-hidden="true">{n + 1}</kbd>
            </button>
          ))}
          {row.state === 'LEAVE' && (
            <Choice
              aria-label={t('console.roll.reasonOf', { name: row.name })}
              value={row.leaveReason ?? 'OTHER'}
              options={leaveReasons}
              nameOf={(reason) => t(`shared.leave.${reason}`)}
              onChoose={(reason) => onMark('LEAVE', reason ?? 'OTHER')}
            />
          )}
          {row.state === 'EXCUSED_LONG_TERM' && <span>{t('shared.attendance.EXCUSED_LONG_TERM')}</span>}
        </span>
      </td>
      <td className="quiet">
        {row.confirmedBy !== null && t(`console.confirmedBy.${row.confirmedBy}`)}{' '}
        {row.confirmedAt !== null && showTime(row.confirmedAt, language)}
      </td>
    </tr>
  )
}
