/** 打印: the papers there are of this gathering, each an A4 PDF. */
import { getPaper } from '#contract/papers'
import { callForFile } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { type PaperKind, papersOf } from '../../shared/papersOf.ts'
import { useFile } from '../../shared/takeAway.ts'
import { Refusal } from '../field/Field.tsx'
import type { Gathering } from '../gathering/useGathering.ts'

export function Printing({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  const { take, taking, problem } = useFile((kind: PaperKind) => callForFile(getPaper, { params, query: { kind } }))
  const kinds = papersOf(gathering)
  if (kinds.length === 0) return null

  return (
    <section className="printing" aria-labelledby="printing">
      <h3 id="printing">{t('console.papers.print')}</h3>
      <ul className="choices">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" className="link" disabled={taking !== undefined} onClick={() => take(kind)}>
              {t(`shared.paper.${kind}`)}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {taking === undefined ? t('console.papers.printNote') : t('console.papers.writing', { name: t(`shared.paper.${taking}`) })}
      </p>
      <Refusal problem={problem} />
    </section>
  )
}
