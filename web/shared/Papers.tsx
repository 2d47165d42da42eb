/** Papers that belong to a record, each opened by one press beside the page. */
import { useState } from 'react'
import { getGatheringFile } from '#contract/meetings'
import { callForFile, type Problem } from './client.ts'
import { useT } from './i18n.ts'

interface PapersProps {
  gathering: { id: string; organisationId: string; files: { fileId: string; name: string }[] }
}

export function Papers({ gathering }: PapersProps) {
  const t = useT()
  const [problem, setProblem] = useState<Problem | null>(null)
  if (gathering.files.length === 0) return null

  async function open(fileId: string) {
    setProblem(null)
    // Opened before the file is there, since a browser blocks what does not follow a press at once.
    const beside = window.open('', '_blank')
    try {
      const params = { organisationId: gathering.organisationId, gatheringId: gathering.id, fileId }
      const url = URL.createObjectURL(await callForFile(getGatheringFile, { params }))
      if (beside === null) window.location.assign(url)
      else beside.location.href = url
    } catch (error) {
      beside?.close()
      setProblem(error as Problem)
    }
  }

  return (
    <section className="papers">
      <h4>{t('shared.papers')}</h4>
      <ul>
        {gathering.files.map((file) => (
          <li key={file.fileId}>
            <button type="button" onClick={() => void open(file.fileId)}>
              {file.name}
            </button>
          </li>
        ))}
      </ul>
      {problem && <p role="alert">{problem.message}</p>}
    </section>
  )
}
