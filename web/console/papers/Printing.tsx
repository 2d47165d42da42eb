/** 打印: the papers there are of this gathering, each an A4 PDF. */
import { useState } from 'react'
import { getPaper } from '#contract/papers'
import { callForFile, type Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { type PaperKind, papersOf } from '../../shared/papersOf.ts'
import { keepFile } from '../../shared/takeAway.ts'
import { Refusal } from '../field/Field.tsx'
import type { Gathering } from '../gathering/useGathering.ts'

export function Printing({ gathering }: { gathering: Gathering }) {
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
      keepFile(await callForFile(getPaper, { params, query: { kind } }))
    } catch (error) {
      setProblem(error as Problem)
    } finally {
      setWriting(undefined)
    }
  }

  return (
    <section className="printing" aria-labelledby="printing">
      <h3 id="printing">{t('console.papers.print')}</h3>
      <ul className="choices">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" className="link" disabled={writing !== undefined} onClick={() => void take(kind)}>
              {t(`shared.paper.${kind}`)}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {writing === undefined ? t('console.papers.printNote') : t('console.papers.writing', { name: t(`shared.paper.${writing}`) })}
      </p>
      <Refusal problem={problem} />
    </section>
  )
}
