import { useT } from '../../shared/i18n.ts'
import { count } from './figures.ts'
import type { Overview } from './figures.ts'
import type { Opening } from './openings.ts'

interface FactsProps {
  overview: Overview
  open: Opening | null
  onOpen: (opening: Opening) => void
}

/** One line of plain facts: how large this part of the tree is, and what today has brought. */
export function Facts({ overview, open, onOpen }: FactsProps) {
  const t = useT()
  const { measures, today } = overview
  const facts = [
    ['branches', count(measures.branches)],
    ['members', count(measures.members)],
    ['floating', measures.floating === null ? null : count(measures.floating)],
    ['todayGatherings', count(today.gatherings)],
    ['todaySignIns', count(today.signIns)],
  ] as const
  return (
    <section className="facts" aria-label={t('screen.facts.title')}>
      {facts.map(([opening, value]) => (
        <button key={opening} type="button" aria-expanded={open === opening} onClick={() => onOpen(opening)} data-testid={`fact-${opening}`}>
          {value === null ? <span className="quiet">{t('screen.floatingHidden')}</span> : <b>{value}</b>} {t(`screen.unit.${opening}`)}
        </button>
      ))}
    </section>
  )
}
