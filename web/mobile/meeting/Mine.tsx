/** My own line of a gathering: what is on record about me, in words. */
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { isPresent, type Attendance } from './gathering.ts'

export function Mine({ my }: { my: Pick<Attendance, 'state' | 'leaveReason' | 'coming' | 'confirmedAt' | 'confirmedBy'> }) {
  const t = useT()
  const language = useLanguage()
  if (isPresent(my.state)) {
    const self = my.confirmedBy === 'SELF' && my.confirmedAt !== null
    const online = my.state === 'PRESENT_ONLINE'
    return (
      <span className="ok">
        <i aria-hidden="true">✓ </i>
        {self
          ? t(online ? 'mobile.mine.signedOnline' : 'mobile.mine.signed', { time: showTime(my.confirmedAt ?? '', language) })
          : t(online ? 'mobile.mine.online' : 'mobile.mine.present')}
      </span>
    )
  }
  if (my.state === 'LEAVE') {
    return (
      <span>
        {t('shared.attendance.LEAVE')}
        {my.leaveReason !== null && <> · {t(`shared.leave.${my.leaveReason}`)}</>}
      </span>
    )
  }
  if (my.state === 'EXPECTED' && my.coming) return <span className="ok">{t('mobile.mine.coming')}</span>
  return <span>{t(`mobile.mine.${my.state === 'ABSENT' ? 'absent' : my.state === 'EXPECTED' ? 'expected' : 'excused'}`)}</span>
}
