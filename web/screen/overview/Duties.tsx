import { listDuties } from '#contract/duties'
import { useSay, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { monthEnd } from '../gathering/month.ts'
import { Region } from '../Region.tsx'
import { Way } from '../steer/Way.tsx'

interface DutiesProps {
  organisationId: string
  /** `YYYY-MM`: duties whose period touches this month. */
  month: string
  reach: 'own' | 'below'
}

/** Shapes beside the colours: done, to do, missed. */
const marks = { NOT_APPLICABLE: '', UPCOMING: '○', DUE_SOON: '◐', MET: '●', MET_LATE_ENTRY: '●', MISSED: '▲', EXEMPT: '' } as const

/** What the rules ask for in a month, each with what is on record, its sentence and its article. */
export function Duties({ organisationId, month, reach }: DutiesProps) {
  const t = useT()
  const say = useSay()
  const list = usePages(listDuties, {
    params: { organisationId },
    query: { from: `${month}-01`, until: monthEnd(month), reach, limit: 20 },
  })
  if (list.data === undefined) return list.error ? <Failed problem={list.error} retry={() => void list.refetch()} /> : <Loading />
  const all = list.data.pages.flatMap((page) => page.items)
  // What does not apply is told last.
  const items = [...all.filter(({ state }) => state !== 'NOT_APPLICABLE'), ...all.filter(({ state }) => state === 'NOT_APPLICABLE')]
  return (
    <Region className="rows duties" label={t('screen.duties.title')}>
      <h2>{t('screen.duties.title')}</h2>
      {items.length === 0 && <p className="quiet">{t('screen.duties.empty')}</p>}
      <ul>
        {items.map((duty) => (
          <li key={`${duty.organisationId} ${duty.ruleId} ${duty.period}`}>
            <p>
              <b className={duty.state === 'MISSED' ? 'late' : undefined}>
                {marks[duty.state]} {t(`shared.duty.${duty.state}`)}
              </b>{' '}
              {duty.ruleName}
              {reach === 'below' && (
                <>
                  {' · '}
                  <Way to={`/o/${duty.organisationId}`} way={duty.organisationId}>
                    {duty.organisationName}
                  </Way>
                </>
              )}
            </p>
            <p className="quiet">
              {say(duty.why)} {!say(duty.why).includes(duty.citation) && duty.citation}
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('screen.list.more')}
        </button>
      )}
    </Region>
  )
}
