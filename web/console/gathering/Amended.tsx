import type { ReactNode } from 'react'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import type { Gathering } from './useGathering.ts'

/** A part of the record with the corrections made to it: old text struck through, who, when and why. */
export function Amended({ gathering, field, children }: { gathering: Gathering; field: string; children: ReactNode }) {
  const t = useT()
  const language = useLanguage()
  const amendments = gathering.amendments.filter((amendment) => amendment.field === field)
  if (amendments.length === 0) return <>{children}</>
  return (
    <div className="amended">
      <div>{children}</div>
      <ul className="amendments" aria-label={t('console.amend.list')}>
        {amendments.map((amendment) => (
          <li key={amendment.id}>
            <p className="prose">
              <del>{amendment.old || '—'}</del>
              <ins>{amendment.new || '—'}</ins>
            </p>
            <p className="quiet">
              {t('console.amend.by', { name: amendment.byName, at: showMoment(amendment.at, language), reason: amendment.reason })}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
