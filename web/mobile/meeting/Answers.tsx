/** Who will come, as they have said it. Whether somebody has seen the notice is not known here and nowhere else. */
import { useT } from '../../shared/i18n.ts'
import { type Gathering, isPlanned } from './gathering.ts'

export function Answers({ gathering }: { gathering: Gathering }) {
  const t = useT()
  if (!isPlanned(gathering.state) || gathering.roster.length === 0) return null
  const coming = gathering.roster.filter((row) => row.coming && row.state === 'EXPECTED')
  const leave = gathering.roster.filter((row) => row.state === 'LEAVE')
  const exempt = gathering.roster.filter((row) => row.state === 'EXCUSED_LONG_TERM')
  return (
    <section aria-labelledby="answers" className="card">
      <h2 id="answers">{t('mobile.answer.title')}</h2>
      <p>{t('mobile.answer.counted', { coming: coming.length, leave: leave.length })}</p>
      {coming.length > 0 && <p className="quiet">{t('mobile.answer.names', { names: coming.map(({ name }) => name).join('、') })}</p>}
      {exempt.length > 0 && <p className="quiet">{t('mobile.answer.exempt', { names: exempt.map(({ name }) => name).join('、') })}</p>}
      <p className="quiet">{t('mobile.answer.unseen')}</p>
    </section>
  )
}
