/** Papers of a registration, each an A4 PDF: the paper copy of the pass, the letter for a short absence, the letter that goes with a transfer. */
import { useState } from 'react'
import { getLetter, printPass } from '#contract/papers'
import { callForFile } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useFile } from '../../shared/takeAway.ts'
import { Refusal } from '../field/Field.tsx'
import type { Registration } from './words.ts'

interface PassPapersProps {
  organisationId: string
  registration: Registration
}

const papers = ['PASS', 'CERTIFICATE', 'TRANSFER'] as const
type Paper = (typeof papers)[number]

/** Is there such a paper now? What would say nothing is not offered. */
function isThere(paper: Paper, { pass, advice, entries }: Registration): boolean {
  if (paper === 'PASS') return pass?.state === 'ACTIVE'
  if (paper === 'CERTIFICATE') return advice.some(({ ruleId }) => ruleId === 'FLOW-CERTIFICATE')
  return entries.some(({ action }) => action === 'TRANSFER')
}

export function PassPapers({ organisationId, registration }: PassPapersProps) {
  const t = useT()
  // Printed again from the same page it is the same copy.
  const [copyId] = useState(newId)
  const params = { organisationId, registrationId: registration.id }
  const { take, taking, problem } = useFile((paper: Paper) =>
    paper === 'PASS'
      ? callForFile(printPass, { params: { ...params, copyId } })
      : callForFile(getLetter, { params, query: { kind: paper } }),
  )
  return (
    <>
      {papers
        .filter((paper) => isThere(paper, registration))
        .map((paper) => (
          <li key={paper}>
            <button type="button" className="link" disabled={taking !== undefined} onClick={() => take(paper)}>
              {t(`console.floating.paper.${paper}`)}
            </button>
          </li>
        ))}
      {problem && (
        <li>
          <Refusal problem={problem} />
        </li>
      )}
    </>
  )
}
