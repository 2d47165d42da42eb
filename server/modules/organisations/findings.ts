/** What the thresholds say of an organisation: sizes, committees, units and terms, with the exceptions its superior approved. */
import type { z } from 'zod'
import type { Finding } from '#contract/organisations'
import { type Context, sql } from '#platform'
import { dayOf, isSized, organisationFindings } from '#rules'
import { countMembers, countMembersWithin, type MemberCounts } from './counts.ts'
import { kinds } from './kinds.ts'
import type { Stored } from './rows.ts'
import type { TermHeld } from './terms.ts'

/** Rules an organisation may be excepted from by its superior. */
export const thresholds: readonly string[] = [
  'ORG-BRANCH-MIN',
  'ORG-BRANCH-MAX',
  'ORG-JOINT-UNITS',
  'ORG-COMMITTEE-MIN',
  'ORG-GENERAL-BRANCH',
  'ORG-COMMITTEE-100',
  'ORG-TERM-EXTEND',
]

export interface Exception {
  organisationId: string
  ruleId: string
  from: string
  until: string | null
}

/** Exceptions in force today for these organisations. */
async function exceptionsOf(ctx: Context, organisationIds: readonly string[]): Promise<Exception[]> {
  const today = dayOf(ctx.now)
  return ctx.query(sql<Exception>`
    select organisation_id as "organisationId", rule_id as "ruleId", from_day as "from", until_day as until from organisations.exception
    where organisation_id = any(${organisationIds}::uuid[]) and from_day <= ${today} and (until_day is null or until_day >= ${today})`)
}

/** Members as far as a threshold asks for them: of a whole prefecture none does. */
function headcountOf(ctx: Context, organisation: Stored): Promise<MemberCounts> | MemberCounts {
  if (!isSized(organisation.kind)) return { full: 0, all: 0 }
  return kinds[organisation.kind].holdsMembers ? countMembers(ctx, organisation) : countMembersWithin(ctx, organisation.path)
}

/** What the rules find today. Nothing is found of an organisation that has been dissolved. */
export async function findingsOf(ctx: Context, organisation: Stored & { term: TermHeld | null }): Promise<z.output<typeof Finding>[]> {
  if (organisation.dissolvedOn !== null) return []
  const [counts, exceptions] = await Promise.all([headcountOf(ctx, organisation), exceptionsOf(ctx, [organisation.id])])
  return organisationFindings(organisation, counts, exceptions, dayOf(ctx.now))
}
