import { searchOrganisations } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'

/** Organisations found by characters, pinyin or initials, each with where it stands. */
export function Found({ q, onChoose }: { q: string; onChoose: (organisationId: string) => void }) {
  const t = useT()
  const found = useOperation(searchOrganisations, { query: { q, limit: 50 } }, { keep: true })
  return (
    <Answer asked={found}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty text={t('console.tree.none', { q })} />
        ) : (
          <ul className="found" aria-label={t('console.tree.found')}>
            {items.map((row) => (
              <li key={row.id}>
                <button type="button" onClick={() => onChoose(row.id)}>
                  <b>{row.shortName}</b>
                  <small>{row.trail}</small>
                </button>
              </li>
            ))}
            {next !== null && <li className="found-more">{t('console.tree.moreFound')}</li>}
          </ul>
        )
      }
    </Answer>
  )
}
