/** Papers of a gathering on the phone: handed to another app (a chat, a printer), or kept where the phone cannot do that. */
import { useState } from 'react'
import { getPaper } from '#contract/papers'
import { callForFile, type Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { type PaperKind, papersOf } from '../../shared/papersOf.ts'
import { canShare, keepFile, shareFile } from '../../shared/takeAway.ts'
import type { Gathering } from '../meeting/gathering.ts'
import { Icon } from '../parts/Icon.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './papers.css'

export function TakeAway({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const [writing, setWriting] = useState<PaperKind>()
  const [problem, setProblem] = useState<Problem | null>(null)
  const kinds = papersOf(gathering)
  if (kinds.length === 0) return null

  async function take(kind: PaperKind) {
    setProblem(null)
    setWriting(kind)
    try {
      const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
      const file = await callForFile(getPaper, { params, query: { kind } })
      if (canShare()) await shareFile(file)
      else keepFile(file)
    } catch (error) {
      setProblem(error as Problem)
    } finally {
      setWriting(undefined)
    }
  }

  return (
    <section aria-labelledby="take-away">
      <h2 id="take-away">{t('mobile.papers.title')}</h2>
      <ul className="rows card">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" disabled={writing !== undefined} aria-busy={writing === kind} onClick={() => void take(kind)}>
              <span>
                {t(`shared.paper.${kind}`)}
                <small role="status">{writing === kind ? t('mobile.papers.writing') : ''}</small>
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
