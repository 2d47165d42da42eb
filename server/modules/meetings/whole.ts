/** The whole record of a gathering, as the contract promises it. */
import type { z } from 'zod'
import type { Gathering } from '#contract/meetings'
import { type Context, sql } from '#platform'
import { type Heads, headsOf } from '#rules'
import { contributionsTo } from './contributions.ts'
import type { Hall } from './hall.ts'
import { type Roster, rosterRows, settled, type Stored, stored } from './read.ts'
import { signaturesOf } from './sign.ts'
import { verdictOn } from './verdicts.ts'

/** The reason of a leave is for those who look after the meetings, and for oneself. */
const discreet = (ctx: Context, roster: Roster): Roster =>
  ctx.caller.post?.role === 'MEMBER' || ctx.caller.post?.role === 'GUEST'
    ? roster.map((row) => (row.memberId === ctx.caller.account?.subjectId ? row : { ...row, leaveReason: null }))
    : roster

/** The whole record as the contract promises it. */
export async function get(ctx: Context, organisation: Hall, id: string): Promise<z.output<typeof Gathering>> {
  const { county } = organisation
  // Sent together: one round trip for all.
  const [{ recorderAccountId, fileIds, recordHash: _hash, told: _told, ...row }, roster, signatures, contributions, amendments] =
    await Promise.all([
      stored(ctx, organisation, id),
      rosterRows(ctx, county, id),
      signaturesOf(ctx, county, id),
      contributionsTo(ctx, county, id),
      ctx.query(sql<z.output<typeof Gathering>['amendments'][number]>`
        select id, at, by_name as "byName", field, old, new, reason from meetings.amendment
        where county = ${county} and gathering_id = ${id} order by at`),
    ])
  const files =
    fileIds.length === 0
      ? []
      : await ctx.query(sql<z.output<typeof Gathering>['files'][number]>`
    select id as "fileId", name, media_type as "mediaType" from platform.file where id = any(${fileIds}::uuid[])`)
  const counted = headsOf(roster)
  const verdicts = settled.includes(row.state) ? await fixedVerdicts(ctx, county, id) : liveVerdicts(row, counted)
  const account = ctx.caller.account
  const hosts = row.hostId !== null && row.hostId === account?.subjectId
  return {
    ...row,
    ...(settled.includes(row.state) ? {} : { expected: counted.expected, present: counted.present }),
    // What was recorded before these were asked for has none.
    speeches: row.speeches.map((speech) => ({ ...beforeProposals, ...speech })),
    resolutions: row.resolutions.map((resolution) => ({ ...beforePapers, ...resolution })),
    organisationName: organisation.name,
    roster: discreet(ctx, roster),
    contributions,
    amendments,
    signatures,
    files,
    verdicts,
    mayConfirm:
      row.state === 'DRAFT_MINUTES' && ctx.caller.post?.role === 'BRANCH_SECRETARY' && account !== null && account.id !== recorderAccountId,
    maySign: row.state === 'DRAFT_MINUTES' && hosts && !signatures.some(({ as }) => as === 'HOST'),
  }
}

const beforeProposals = { itemId: null, proposal: false }
const beforePapers = { papers: null }

function liveVerdicts(row: Pick<Stored, 'state' | 'segments'>, counted: Heads) {
  if (row.state !== 'IN_PROGRESS' && row.state !== 'DRAFT_MINUTES') return []
  return row.segments.map((segment) => {
    const { ruleVersion: _version, ...verdict } = verdictOn(segment, counted)
    return verdict
  })
}

async function fixedVerdicts(ctx: Context, county: string, id: string) {
  return ctx.query(sql<z.output<typeof Gathering>['verdicts'][number]>`
    select id as "segmentId", kind, valid, eligible, present, need, sentence, rule_id as "ruleId" from meetings.segment
    where county = ${county} and gathering_id = ${id} and valid is not null order by place`)
}
