/** A structural change is a document. Planning reads, deciding writes: rows, history, counters, record and event in one transaction. */
import type { z } from 'zod'
import type { ChangeRecord, Preview } from '#contract/organisations'
import { comesAfter, type Context, DomainError, hashOf, keyOfMoment, type Node, pageOf, type Sentence, sql } from '#platform'
import { dayOf } from '#rules'
import { findingsOf } from './findings.ts'
import { merge, split } from './membership.ts'
import { except, rename, setTerm } from './paper.ts'
import { type Case, type Document, endedAlready, type Plan, present } from './plan.ts'
import { getStored } from './read.ts'
import type { Stored } from './rows.ts'
import { create, dissolve, move } from './structure.ts'
import { findTerm } from './terms.ts'

export type Recorded = z.output<typeof ChangeRecord>

/** Only one change of the tree at a time: they are rare, and each must see what the one before did. */
const oneAtATime = 7_164_031

function planOf(of: Case): Promise<Plan> {
  const { change } = of.document
  switch (change.kind) {
    case 'CREATE':
      return create(of, change)
    case 'RENAME':
      return rename(of, change)
    case 'MOVE':
      return move(of, change)
    case 'MERGE':
      return merge(of, change)
    case 'SPLIT':
      return split(of, change)
    case 'DISSOLVE':
      return dissolve(of)
    case 'EXCEPTION':
      return except(of, change)
    case 'TERM':
      return setTerm(of, change)
  }
}

/** What holds for every document. */
function checkDates(document: Document, today: string): Sentence[] {
  return present(
    document.effectiveOn > today && {
      zh: `生效日期${document.effectiveOn}还没有到，请在当天或之后录入。`,
      en: `The change takes effect on ${document.effectiveOn}; please enter it on that day or later.`,
    },
    document.decidedOn > document.effectiveOn && {
      zh: `决定日期${document.decidedOn}晚于生效日期${document.effectiveOn}，请核对文件。`,
      en: `It was decided on ${document.decidedOn}, after it takes effect on ${document.effectiveOn}; check the document.`,
    },
  )
}

async function prepare(ctx: Context, node: Node, document: Document): Promise<{ organisation: Stored; plan: Plan }> {
  const organisation = await getStored(ctx, node.id)
  // The node may be remembered from before a move; what counts is where it stands now.
  if (!ctx.scope.contains(organisation.path)) throw new DomainError('NOT_FOUND')
  const today = dayOf(ctx.now)
  const plan = await planOf({ ctx, organisation, document, today })
  if (organisation.dissolvedOn !== null) plan.blockers.unshift(endedAlready(organisation.shortName))
  plan.blockers.unshift(...checkDates(document, today))
  return { organisation, plan }
}

/** What the change would do and to whom, and every reason why it cannot be done. */
export async function preview(ctx: Context, node: Node, document: Document): Promise<z.output<typeof Preview>> {
  const { organisation, plan } = await prepare(ctx, node, document)
  const { change } = document
  const term = change.kind === 'TERM' ? change.term : await findTerm(ctx, organisation.id, dayOf(ctx.now))
  const findings = await findingsOf(ctx, { ...organisation, term })
  const { effects, blockers, organisationsAffected, membersAffected } = plan
  return { effects, blockers, organisationsAffected, membersAffected, findings }
}

const recordColumns = sql`c.id, c.organisation_id as "organisationId", c.organisation_name as "organisationName", c.document_no as "documentNo",
  c.decided_on as "decidedOn", c.effective_on as "effectiveOn", c.note, c.content as change, c.by_name as "byName", c.at`

/**
 * Carries out a document. The same id with the same content is the same record once.
 * @throws DomainError NOT_FOUND, ID_TAKEN, STALE_VERSION, CHANGE_NOT_POSSIBLE with the reasons as its sentence
 */
export async function put(ctx: Context, node: Node, changeId: string, document: Document): Promise<Recorded> {
  await ctx.query(sql`select pg_advisory_xact_lock(${oneAtATime})`)
  const contentHash = hashOf([node.id, document])
  const before = await ctx.find(
    sql<{ contentHash: Buffer }>`select content_hash as "contentHash" from organisations.change where id = ${changeId}`,
  )
  if (before !== undefined) {
    if (!before.contentHash.equals(contentHash)) throw new DomainError('ID_TAKEN')
    return ctx.get(sql<Recorded>`select ${recordColumns} from organisations.change c where c.id = ${changeId}`)
  }
  const { organisation, plan } = await prepare(ctx, node, document)
  if (document.version !== undefined && document.version !== organisation.version) throw new DomainError('STALE_VERSION')
  if (plan.blockers.length > 0) {
    const sentence = { zh: plan.blockers.map((b) => b.zh).join(''), en: plan.blockers.map((b) => b.en).join(' ') }
    throw new DomainError('CHANGE_NOT_POSSIBLE', { sentence })
  }
  await plan.apply()
  ctx.audit({
    operation: 'organisations.putChange',
    county: organisation.county,
    subjectId: organisation.id,
    rows: plan.organisationsAffected,
  })
  return ctx.get(sql<Recorded>`
    insert into organisations.change as c (id, organisation_id, organisation_name, kind, document_no, decided_on, effective_on, note, other_id, content,
      content_hash, by_account, by_name)
    values (${changeId}, ${organisation.id}, ${organisation.shortName}, ${document.change.kind}, ${document.documentNo}, ${document.decidedOn},
      ${document.effectiveOn}, ${document.note}, ${plan.otherId}, ${JSON.stringify(document.change)}::jsonb, ${contentHash}, ${ctx.account.id},
      ${ctx.account.name})
    returning ${recordColumns}`)
}

/** Documents that concern this organisation, newest first, also as the other party (founded, merged into, new superior). */
export async function list(
  ctx: Context,
  organisationId: string,
  cursor: string | undefined,
  limit: number,
): Promise<{ items: Recorded[]; next: string | null }> {
  const rows = await ctx.query(sql<Recorded & { key: string }>`
    select ${recordColumns}, ${keyOfMoment(sql`c.at`)} as key from organisations.change c
    where (c.organisation_id = ${organisationId} or c.other_id = ${organisationId}) and ${comesAfter(cursor, { at: sql`c.at`, id: sql`c.id` })}
    order by c.at desc, c.id desc limit ${limit + 1}`)
  return pageOf(rows, limit)
}
