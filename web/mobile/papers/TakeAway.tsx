/** Papers of a gathering on the phone: handed to another app (a chat, a printer), or kept where the phone cannot do that. */
import { getPaper } from '#contract/papers'
import { callForFile } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { type PaperKind, papersOf } from '../../shared/papersOf.ts'
import { canShare, keepFile, shareFile, useFile } from '../../shared/takeAway.ts'
import type { Gathering } from '../meeting/gathering.ts'
import { Icon } from '../parts/Icon.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './papers.css'

export function TakeAway({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  const { take, taking, problem } = useFile(
    (kind: PaperKind) => callForFile(getPaper, { params, query: { kind } }),
    canShare() ? shareFile : keepFile,
  )
  const kinds = papersOf(gathering)
  if (kinds.length === 0) return null

  return (
    <section aria-labelledby="take-away">
      <h2 id="take-away">{t('mobile.papers.title')}</h2>
      <ul className="rows card">
        {kinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              className="row-button"
              disabled={taking !== undefined}
              aria-busy={taking === kind}
              onClick={() => take(kind)}
            >
              <span>
                {t(`shared.paper.${kind}`)}
                <small role="status">{taking === kind ? t('mobile.papers.writing') : ''}</small>
              </span>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet">{t(canShare() ? 'mobile.papers.share' : 'mobile.papers.keep')}</p>
      <Wrong problem={problem} />
    </section>
  )
}
