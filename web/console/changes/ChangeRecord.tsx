import { Link } from 'wouter'
import type { z } from 'zod'
import { getOrganisation, type ChangeRecord as Shape } from '#contract/organisations'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { pathTo } from '../frame/address.ts'
import { Facts } from '../list/Facts.tsx'

export type ChangeRow = z.output<typeof Shape>

/** One document as it was decided, with what it said. */
export function ChangeRecord({ record }: { record: ChangeRow }) {
  const t = useT()
  const language = useLanguage()
  return (
    <Facts
      facts={[
        [t('console.change.kind'), t(`console.changeKind.${record.change.kind}`)],
        [
          t('console.change.organisation'),
          <Link key="to" href={pathTo(record.organisationId)}>
            {record.organisationName}
          </Link>,
        ],
        ...said(record.change, t),
        [t('console.change.decidedOn'), showDay(record.decidedOn, language)],
        [t('console.change.effectiveOn'), showDay(record.effectiveOn, language)],
        [t('console.change.noteField'), record.note],
        [t('console.change.byName'), record.byName],
        [t('console.change.at'), showMoment(record.at, language)],
      ]}
    />
  )
}

/** What the document decided, line by line. */
function said(change: ChangeRow['change'], t: ReturnType<typeof useT>): (readonly [string, React.ReactNode])[] {
  switch (change.kind) {
    case 'CREATE':
    case 'SPLIT':
      return [[t('console.change.newOrganisation'), <Named key="new" id={change.newId} name={change.shortName} />]]
    case 'RENAME':
      return [[t('console.change.newName'), change.name]]
    case 'MOVE':
      return [[t('console.change.newParent'), <Named key="parent" id={change.newParentId} />]]
    case 'MERGE':
      return [[t('console.change.into'), <Named key="into" id={change.into} />]]
    case 'EXCEPTION':
      return [
        [t('console.change.rule'), change.ruleId],
        [t('console.change.reason'), change.reason],
        [t('console.change.until'), change.until ?? t('console.change.noEnd')],
      ]
    case 'TERM':
      return [
        [t('console.term.title'), t('console.term.seqNumber', { seq: change.term.seq })],
        [t('console.change.seats'), change.term.seats.map((seat) => `${t(`console.seat.${seat.role}`)} ${seat.name}`).join('；')],
      ]
    case 'DISSOLVE':
      return []
  }
}

/** The other organisation; one that lies outside the caller's scope is not named. */
function Named({ id, name }: { id: string; name?: string }) {
  const t = useT()
  const asked = useOperation(getOrganisation, { params: { organisationId: id }, query: {} })
  const shown = asked.data?.shortName ?? name ?? t(asked.error ? 'console.change.outside' : 'shared.loading')
  return asked.data ? <Link href={pathTo(id)}>{shown}</Link> : <>{shown}</>
}
