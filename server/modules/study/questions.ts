/** Questions of a member to the branch: read by its secretary and recorder and by whoever asked, nobody else. */
import type { z } from 'zod'
import type { BodyOf, QueryOf } from '#contract/operation'
import type { askQuestion, listQuestions, Question } from '#contract/study'
import { accountsOf, comesAfter, type Context, DomainError, holdersOf, keyOfMoment, type Node, notify, pageOf, sql } from '#platform'
import { titlesOf } from './packs.ts'

type Shown = z.output<typeof Question>
type Stored = Shown & { organisationId: string; memberId: string }

const columns = sql`q.id, q.pack_id as "packId", q.about, q.text, q.by_name as "byName", q.asked_at as "askedAt", q.answer, q.answered_by as "answeredBy",
  q.answered_at as "answeredAt"`

const find = (ctx: Context, node: Node, id: string) =>
  ctx.find(sql<Stored>`
    select ${columns}, q.organisation_id as "organisationId", q.member_id as "memberId" from study.question q
    where q.county = ${node.county} and q.id = ${id}`)

/** Without what only this module knows. */
function present({ organisationId: _organisation, memberId: _member, ...question }: Stored): Shown {
  return question
}

/** Asks the branch. The same request twice is one question. @throws DomainError ID_TAKEN, NOT_FOUND */
export async function ask(ctx: Context, node: Node, id: string, input: BodyOf<typeof askQuestion>): Promise<Shown> {
  const memberId = ctx.account.subjectId
  if (memberId === null) throw new DomainError('NOT_FOUND')
  const before = await find(ctx, node, id)
  if (before !== undefined) {
    const same =
      before.memberId === memberId && before.organisationId === node.id && before.text === input.text && before.packId === input.packId
    if (!same) throw new DomainError('ID_TAKEN')
    return present(before)
  }
  const about = input.packId === null ? '' : ((await titlesOf(ctx, node, [input.packId])).get(input.packId) ?? '')
  const asked = await ctx.get(sql<Shown>`
    insert into study.question as q (county, id, organisation_id, path, member_id, by_name, pack_id, about, text)
    values (${node.county}, ${id}, ${node.id}, ${node.path}, ${memberId}, ${ctx.account.name}, ${input.packId}, ${about}, ${input.text}) returning ${columns}`)
  happened(ctx, node, id, 'asked')
  const officers = await holdersOf(ctx, node.id, ['BRANCH_SECRETARY', 'RECORDER'])
  await notify(
    ctx,
    officers.map((accountId) => ({
      accountId,
      kind: 'study.question',
      title: { zh: `${ctx.account.name}向支部提了一个问题`, en: `${ctx.account.name} asks the branch` },
      body: { zh: input.text, en: input.text },
      because: { zh: `您是${node.name}的书记或记录人，请您回答。`, en: `You are secretary or recorder of ${node.name}.` },
      href: '/study/questions',
      once: `study.question:${id}`,
    })),
  )
  return asked
}

/** Answers a question; the last answer stands. @throws DomainError NOT_FOUND */
export async function answer(ctx: Context, node: Node, id: string, text: string): Promise<Shown> {
  const before = await find(ctx, node, id)
  if (before?.organisationId !== node.id) throw new DomainError('NOT_FOUND')
  if (before.answer === text) return present(before)
  const answered = await ctx.get(sql<Shown>`
    update study.question as q set answer = ${text}, answered_by = ${ctx.account.name}, answered_at = now()
    where q.county = ${node.county} and q.id = ${id} returning ${columns}`)
  happened(ctx, node, id, 'answered')
  const accountId = (await accountsOf(ctx, [before.memberId])).get(before.memberId)
  if (accountId !== undefined) {
    await notify(ctx, [
      {
        accountId,
        kind: 'study.answer',
        title: { zh: '支部回答了您的问题', en: 'The branch has answered your question' },
        body: { zh: text, en: text },
        because: { zh: '这个问题是您提的。', en: 'You asked this question.' },
        href: '/study/questions',
        once: `study.answer:${id}:${answered.answeredAt ?? ''}`,
      },
    ])
  }
  return answered
}

/** Questions to this branch, the newest first. */
export async function listAsked(ctx: Context, node: Node, { cursor, limit }: QueryOf<typeof listQuestions>) {
  const rows = await ctx.query(sql<Shown & { key: string }>`
    select ${columns}, ${keyOfMoment(sql`q.asked_at`)} as key from study.question q
    where q.county = ${node.county} and q.organisation_id = ${node.id}
      and ${comesAfter(cursor, { at: sql`q.asked_at`, id: sql`q.id` })}
    order by q.asked_at desc, q.id desc limit ${limit + 1}`)
  const page = pageOf(rows, limit)
  ctx.audit({ operation: 'study.listQuestions', county: node.county, subjectId: node.id, rows: page.items.length })
  return page
}

/** The caller's own questions, the newest first. */
export async function listMine(ctx: Context): Promise<{ items: Shown[] }> {
  const memberId = ctx.account.subjectId
  if (memberId === null) return { items: [] }
  return {
    items: await ctx.query(
      sql<Shown>`select ${columns} from study.question q where q.member_id = ${memberId} order by q.asked_at desc limit 200`,
    ),
  }
}

function happened(ctx: Context, { county, id: nodeId, path }: Node, id: string, what: string): void {
  ctx.emit({ type: `study.question.${what}`, county, nodeId, path, subjectId: id })
  ctx.audit({ operation: `study.${what}`, county, subjectId: id, rows: 1 })
}
