/** The thresholds look at the members of exactly the kinds that say so; of all others nobody need be counted. */
import { expect, test } from 'vitest'
import { organisationKinds } from '#contract/organisations'
import { isSized, organisationFindings } from '#rules'

test.each(organisationKinds)('%s is counted when a threshold asks for it, and only then', (kind) => {
  const organisation = { kind, units: [], establishedOn: '2020-07-01', term: null }
  const found = (all: number) => organisationFindings(organisation, { full: all, all }, [], '2026-11-26').map(({ sentence }) => sentence.zh)
  expect(found(0).join() !== found(20_000).join()).toBe(isSized(kind))
})
