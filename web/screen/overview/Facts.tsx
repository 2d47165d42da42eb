import { useT } from '../../shared/i18n.ts'
import { count } from './figures.ts'
import type { Overview } from './figures.ts'
import type { Opening } from './openings.ts'

interface FactsProps {
  overview: Overview
  open: Opening | null
  onOpen: (opening: Opening) => void
}

/** One line of plain facts: how large this part of the tree is. Each opens. */
export function Facts({ overview, open, onOpen }: FactsProps) {
  const t = useT()
  const { branches, members, floating } = overview.measures
  const facts = [
    ['branches', count(branches)],
    ['members', count(members)],
    ['floating', floating === null ? null : count(floating)],
  ] as const
  return (
    <section className="facts" aria-label={t('screen.facts.title')}>
      {facts.map(([opening, value]) => (
        <button
          key={opening}
          type="button"
          aria-expanded={open === opening}
          onClick={() => onOpen(opening)}
          data-testid={`fact-${opening}`}
        >
          {value === null ? (
            <span className="quiet">{t('screen.floatingFew')}</span>
          ) : (
            <>
              <b>{value}</b> {t(`screen.unit.${opening}`)}
            </>
          )}
        </button>
      ))}
    </section>
  )
}
