/** Who has signed the record, and the host's own act of signing. */
import { signRecord } from '#contract/record'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Wrong } from '../parts/Wrong.tsx'
import type { Gathering } from './gathering.ts'

export function Signatures({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  if (gathering.signatures.length === 0) return null
  return (
    <section className="card" aria-labelledby="signatures">
      <h2 id="signatures">{t('mobile.sign.title')}</h2>
      <dl className="facts">
        {gathering.signatures.map(({ as, name, at }) => (
          <div key={as}>
            <dt>{t(as === 'HOST' ? 'mobile.meeting.host' : 'mobile.meeting.recorder')}</dt>
            <dd>
              {name} · {showMoment(at, language)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** For the host who acts as a member: reads the record above and signs it. */
export function Sign({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const { run, busy, problem } = useAction(signRecord)
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  return (
    <>
      <Wrong problem={problem} />
      <p className="note">{t('mobile.sign.consequence')}</p>
      <div className="acts">
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void run({ params, body: { version: gathering.version } }).catch(() => {})}
        >
          {t('mobile.sign.do')}
        </button>
      </div>
    </>
  )
}
