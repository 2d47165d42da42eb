/** What members said from the way. Whoever writes the record listens and decides whether it counts as present online. */
import { useEffect, useState } from 'react'
import { decideContribution, getGatheringFile } from '#contract/meetings'
import { callForFile } from '../../shared/client.ts'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Gathering, may } from './gathering.ts'

export function Contributions({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const { post } = useSession()
  const { run, busy, problem } = useAction(decideContribution)
  if (gathering.contributions.length === 0) return null
  const decides = may(post, 'write:gathering') && (gathering.state === 'IN_PROGRESS' || gathering.state === 'DRAFT_MINUTES')
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
          {said.file !== null && <Voice where={{ ...where, fileId: said.file.fileId }} name={said.name} />}
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

/** A voice note, fetched when somebody wants to hear it. */
function Voice({ where, name }: { where: { organisationId: string; gatheringId: string; fileId: string }; name: string }) {
  const t = useT()
  const [address, setAddress] = useState<string>()
  useEffect(() => () => (address === undefined ? undefined : URL.revokeObjectURL(address)), [address])
  if (address !== undefined) {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- a voice note of a minute has no captions; its words may stand beside it
      <audio controls autoPlay src={address} aria-label={t('mobile.way.voiceOf', { name })} />
    )
  }
  return (
    <button
      type="button"
      className="button small outline"
      onClick={() =>
        void callForFile(getGatheringFile, { params: where }).then(
          (file) => setAddress(URL.createObjectURL(file)),
          () => {},
        )
      }
    >
      <Icon name="speak" />
      {t('mobile.way.listen')}
    </button>
  )
}
