import type { z } from 'zod'
import type { putChange, Term, Unit } from '#contract/organisations'
import type { Input } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import type { Person } from '../field/PersonField.tsx'
import type { Organisation } from '../organisation/organisation.ts'

export const changeKinds = ['CREATE', 'RENAME', 'MOVE', 'MERGE', 'SPLIT', 'DISSOLVE', 'EXCEPTION', 'TERM'] as const
export type ChangeKind = (typeof changeKinds)[number]
export type Document = Input<typeof putChange>['body']

/** What is being typed: every field of every kind, so that changing the kind loses nothing. */
export interface Typed {
  changeId: string
  kind: ChangeKind
  documentNo: string
  decidedOn: string
  effectiveOn: string
  note: string
  newId: string
  name: string
  shortName: string
  organisationKind: Organisation['kind']
  sector: Organisation['sector']
  units: z.output<typeof Unit>[]
  contactName: string
  contactPhone: string
  otherId: string | null
  people: Person[]
  ruleId: string
  reason: string
  until: string | null
  term: z.output<typeof Term>
}

/** An empty document about an organisation. @param today `YYYY-MM-DD` */
export function blankDocument(organisation: Organisation, today: string): Typed {
  return {
    changeId: newId(),
    kind: 'CREATE',
    documentNo: '',
    decidedOn: today,
    effectiveOn: today,
    note: '',
    newId: newId(),
    name: '',
    shortName: '',
    organisationKind: 'BRANCH',
    sector: organisation.sector,
    units: [],
    contactName: '',
    contactPhone: '',
    otherId: null,
    people: [],
    ruleId: organisation.findings.find((finding) => !finding.excepted)?.ruleId ?? '',
    reason: '',
    until: null,
    term: organisation.term ?? { seq: 1, startOn: today, nominalEndOn: '', extendedTo: null, seats: [] },
  }
}

/** The change of the chosen kind, or null while a field that it needs is empty. */
function changeOf(typed: Typed, organisationId: string): Document['change'] | null {
  const { kind, name, shortName, otherId } = typed
  const named = name.trim() !== '' && shortName.trim() !== ''
  switch (kind) {
    case 'CREATE': {
      const { newId: id, organisationKind, sector, units, contactName, contactPhone } = typed
      return named
        ? { kind, newId: id, parentId: organisationId, name, shortName, organisationKind, sector, units, contactName, contactPhone }
        : null
    }
    case 'RENAME':
      return named ? { kind, name, shortName } : null
    case 'MOVE':
      return otherId === null ? null : { kind, newParentId: otherId }
    case 'MERGE':
      return otherId === null ? null : { kind, into: otherId }
    case 'SPLIT':
      return named && typed.people.length > 0
        ? { kind, newId: typed.newId, name, shortName, memberIds: typed.people.map(({ id }) => id) }
        : null
    case 'DISSOLVE':
      return { kind }
    case 'EXCEPTION':
      return typed.ruleId === '' || typed.reason.trim() === ''
        ? null
        : { kind, ruleId: typed.ruleId, reason: typed.reason, until: typed.until }
    case 'TERM': {
      const { term } = typed
      return term.nominalEndOn === '' || term.seats.some((seat) => seat.memberId === '') ? null : { kind, term }
    }
  }
}

/**
 * The document as it is sent, or null while something is still missing.
 * @param draft a number stands in for the missing one, so that the effects are seen before the document has its number
 */
export function documentOf(typed: Typed, organisation: Organisation, draft = false): Document | null {
  const change = changeOf(typed, organisation.id)
  const documentNo = typed.documentNo.trim() === '' && draft ? '—' : typed.documentNo.trim()
  if (change === null || documentNo === '') return null
  const { decidedOn, effectiveOn, note } = typed
  return { documentNo, decidedOn, effectiveOn, note, version: organisation.version, change }
}

/** What the fields of a document are given. */
export interface KindFieldsProps {
  organisation: Organisation
  typed: Typed
  change: (part: Partial<Typed>) => void
  wrong: (name: string) => string | undefined
}
