/** The parts of the page 流动党员, each with its own address. */
import type { Permission } from '#contract/roles'
import { pathTo } from '../frame/address.ts'

export const sections = ['list', 'arrive', 'participations', 'door', 'flows', 'home', 'where', 'keys'] as const
export type Section = (typeof sections)[number]

/** What a part needs beyond reading; one of them is enough. */
export const needs: Partial<Record<Section, readonly Permission[]>> = {
  arrive: ['write:floating'],
  where: ['write:floating'],
  keys: ['issue:pass', 'certify:issuer'],
}

/** The address of a part; the list of names is the page itself. */
export const pathToSection = (organisationId: string, section: Section): string =>
  section === 'list' ? pathTo(organisationId, 'floating') : `${pathTo(organisationId, 'floating')}/${section}`

/** The year of one floating member, looked at from a side. */
export const pathToLedger = (organisationId: string, side: Side, registrationId: string): string =>
  `${pathTo(organisationId, 'floating')}/ledger/${registrationId}?side=${side}`

/** One registration beside the list it stands in. */
export const pathToRegistration = (organisationId: string, side: Side, registrationId: string): string =>
  `${pathTo(organisationId, 'floating')}?side=${side}&id=${registrationId}`

/** 流出 `OUT`: ours who are away. 流入 `IN`: guests who are here. */
export const sides = ['OUT', 'IN'] as const
export type Side = (typeof sides)[number]

/** Those who only take guests in begin with them. */
export const firstSide = ({ kind }: { kind: string }): Side => (kind === 'FLOATING_ORG' || kind === 'WORK_COMMITTEE' ? 'IN' : 'OUT')

const issuing = ['GRASSROOTS_COMMITTEE', 'WORK_COMMITTEE']

/** The committee that issues passes for those of this organisation: itself, or the nearest one above it. */
export const issuerOf = ({ id, kind, trail }: { id: string; kind: string; trail: readonly { id: string; kind: string }[] }): string =>
  issuing.includes(kind) ? id : (trail.findLast((above) => issuing.includes(above.kind))?.id ?? id)

/** Has it a key of its own to sign with? */
export const isIssuer = ({ kind }: { kind: string }): boolean => issuing.includes(kind)
