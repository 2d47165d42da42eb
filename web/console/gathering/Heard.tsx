import { Button } from 'antd'
import { decideContribution } from '#contract/attendance'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Voice } from '../../shared/Voice.tsx'
import { Refusal } from '../field/Field.tsx'
import type { Gathering } from './useGathering.ts'

interface HeardProps {
  gathering: Gathering
  /** May the reader decide whether it counts as present online? */
  decides: boolean
}

/** What members said from the way, and whether it counts as present online. */
export function Heard({ gathering, decides }: HeardProps) {
  const t = useT()
  const language = useLanguage()
  const { run, busy, problem } = useAction(decideContribution)
  if (gathering.contributions.length === 0) return null
  const where = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  return (
    <section className="heard" aria-labelledby="heard">
      <h3 id="heard">{t('console.way.title')}</h3>
      <Refusal problem={problem} />
      <ul>
        {gathering.contributions.map((said) => (
          <li key={said.id}>
            <p>
              <b>{said.name}</b> <span className="quiet">{showMoment(said.deviceAt, language)}</span>
            </p>
            {said.text !== '' && <p className="prose">{said.text}</p>}
            {said.file !== null && <Voice of={{ ...where, fileId: said.file.fileId }} name={said.name} />}
            <p className="quiet">
              {t(said.counts === null ? 'console.way.undecided' : said.counts ? 'console.way.counts' : 'console.way.countsNot', {
                name: said.decidedByName,
              })}
            </p>
            {decides && (
              <div className="buttons">
                {[true, false]
                  .filter((counts) => counts !== said.counts)
                  .map((counts) => (
                    <Button
                      key={String(counts)}
                      size="small"
                      disabled={busy}
                      onClick={() => void run({ params: { ...where, contributionId: said.id }, body: { counts } }).catch(() => {})}
                    >
                      {t(counts ? 'console.way.count' : 'console.way.countNot')}
                    </Button>
                  ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
