/** What the thresholds say of an organisation: sizes, committees, units and terms, with the exceptions its superior approved. */
import type { z } from 'zod'
import type { Finding } from '#contract/organisations'
import { type Context, type RawBuilder, sql } from '#platform'
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

/** SQL: rules this organisation is excepted from on a day. */
export const exceptionsOn = (organisationId: RawBuilder<unknown>, day: string) => sql<Pick<Exception, 'ruleId'>>`
  select rule_id as "ruleId" from organisations.exception
  where organisation_id = ${organisationId} and from_day <= ${day} and (until_day is null or until_day >= ${day})`

/** Members as far as a threshold asks for them: of a whole prefecture none does. */
export function headcountOf(
  ctx: Context,
  organisation: Pick<Stored, 'id' | 'county' | 'kind' | 'path'>,
): Promise<MemberCounts> | MemberCounts {
  if (!isSized(organisation.kind)) return { full: 0, all: 0 }
  return kinds[organisation.kind].holdsMembers ? countMembers(ctx, organisation) : countMembersWithin(ctx, organisation.path)
}

type Judged = Pick<Stored, 'kind' | 'units' | 'establishedOn' | 'dissolvedOn'> & { term: TermHeld | null }

/** What the rules find on a day, given what was read. Nothing is found of an organisation that has been dissolved. */
export const judge = (
  of: Judged,
  counts: MemberCounts,
  exceptions: readonly { ruleId: string }[],
  day: string,
): z.output<typeof Finding>[] => (of.dissolvedOn === null ? organisationFindings(of, counts, exceptions, day) : [])

/** What the rules find today. */
export async function findingsOf(ctx: Context, organisation: Stored & { term: TermHeld | null }): Promise<z.output<typeof Finding>[]> {
  const today = dayOf(ctx.now)
  const [counts, exceptions] = await Promise.all([headcountOf(ctx, organisation), ctx.query(exceptionsOn(sql`${organisation.id}`, today))])
  return judge(organisation, counts, exceptions, today)
}
