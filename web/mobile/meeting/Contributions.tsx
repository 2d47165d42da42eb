/** What members said from the way. Whoever writes the record listens and decides whether it counts as present online. */
import { decideContribution } from '#contract/attendance'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Voice } from '../../shared/Voice.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Gathering, isWritable, may } from './gathering.ts'

export function Contributions({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const { post } = useSession()
  const { run, busy, problem } = useAction(decideContribution)
  if (gathering.contributions.length === 0) return null
  const decides = may(post, 'write:gathering') && isWritable(gathering.state)
  const where = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  const decide = (contributionId: string, counts: boolean) =>
    void run({ params: { ...where, contributionId }, body: { counts } }).catch(() => {})
  return (
    <section aria-labelledby="contributions">
      <h2 id="contributions">{t('mobile.way.title')}</h2>
      <Wrong problem={problem} />
      {gathering.contributions.map((said) => (
        <div key={said.id} className="card said">
          <p className="quiet">
            <b>{said.name}</b> · {showMoment(said.deviceAt, language)}
            {late(said) && <> · {t('mobile.way.arrived', { time: showMoment(said.receivedAt, language) })}</>}
          </p>
          {said.text !== '' && <p className="text-block">{said.text}</p>}
          {said.file !== null && <Voice of={{ ...where, fileId: said.file.fileId }} name={said.name} />}
          <p className="quiet">
            {t(said.counts === null ? 'mobile.way.undecided' : said.counts ? 'mobile.way.counts' : 'mobile.way.countsNot', {
              name: said.decidedByName,
            })}
          </p>
          {decides && (
            <div className="card-acts">
              {said.counts !== true && (
                <button type="button" className="button small" disabled={busy} onClick={() => decide(said.id, true)}>
                  {t('mobile.way.count')}
                </button>
              )}
              {said.counts !== false && (
                <button type="button" className="button small outline" disabled={busy} onClick={() => decide(said.id, false)}>
                  {t('mobile.way.countNot')}
                </button>
              )}
            </div>
          )}
        </div>
      ))}
    </section>
  )
}

/** Made on the way, received when there was a network again. */
const lateMilliseconds = 600_000
const late = ({ deviceAt, receivedAt }: Gathering['contributions'][number]) =>
  Date.parse(receivedAt) - Date.parse(deviceAt) > lateMilliseconds
