import type { z } from 'zod'
import * as contract from '#contract/identity'
import { operations } from '#contract'
import { type Role, roles } from '#contract/roles'
import { type Context, DomainError, handle, type Handled, listAudit, sessionCookie, sessionDays, type Services, sql } from '#platform'
import { grant, presentPost } from './posts.ts'

async function presentMe(ctx: Context, services: Services, accountId: string, sessionId: string): Promise<z.output<typeof contract.Me>> {
  const account = await ctx.get(sql<{ name: string; subjectId: string | null }>`
    select name, subject_id as "subjectId" from platform.account where id = ${accountId}`)
  const posts = await services.identity.posts(ctx, accountId)
  const home = posts.find((post) => post.role === 'MEMBER')?.node
  return {
    accountId,
    name: account.name,
    member:
      account.subjectId === null || home === undefined
        ? null
        : { memberId: account.subjectId, county: home.county, organisationId: home.id, organisationName: home.name },
    posts: posts.map(presentPost),
    sessionId,
    demo: services.demo,
  }
}

/** Passwords are slow on purpose: they wait in line without holding a connection, and everything else stays fast. */
const signInLimit = { atOnce: 4, mostWaiting: 400 }
const passwordLimit = { atOnce: 2, mostWaiting: 60 }

export function routes(services: Services): Handled[] {
  const { identity, sms } = services
  return [
    handle(contract.requestCode, async (ctx, { body, network }) => {
      const { code, validSeconds } = await identity.makeCode(ctx, body.phone, network)
      await sms.send(body.phone, `【一公里】验证码 ${code}，5 分钟内有效。`)
      return { sent: true as const, validSeconds, ...(services.demo ? { demoCode: code } : {}) }
    }),
    handle(
      contract.signIn,
      async (ctx, { body, network, answer }) => {
        if ((body.code === undefined) === (body.password === undefined)) {
          throw new DomainError('INVALID', {
            fields: [{ path: 'body.code', message: '请填写验证码或密码其中一项。 / give either the code or the password' }],
          })
        }
        const { token, accountId } = await identity.signIn(ctx, { ...body, network })
        answer.cookie(sessionCookie, token, sessionDays * 86_400)
        const { id } = await ctx.get(sql<{ id: string }>`
        select id from platform.session where account_id = ${accountId} and device_id = ${body.deviceId} order by created_at desc limit 1`)
        // One device, one session: the last sign-in takes the place of those before it.
        await ctx.query(sql`
          update platform.session set revoked_at = now()
          where account_id = ${accountId} and device_id = ${body.deviceId} and id <> ${id} and revoked_at is null`)
        return presentMe(ctx, services, accountId, id)
      },
      signInLimit,
    ),
    handle(contract.me, (ctx) => presentMe(ctx, services, ctx.account.id, ctx.account.sessionId)),
    handle(contract.signOut, async (ctx, { answer }) => {
      await ctx.query(sql`update platform.session set revoked_at = now() where id = ${ctx.account.sessionId}`)
      answer.cookie(sessionCookie, 'out', 0)
      ctx.after(services.forget)
      return { done: true as const }
    }),
    handle(contract.listSessions, async (ctx) => ({
      items: await ctx.query(sql<z.output<typeof contract.Session>>`
        select id, device_name as "deviceName", created_at as "createdAt", used_on as "usedOn", id = ${ctx.account.sessionId} as current
        from platform.session where account_id = ${ctx.account.id} and revoked_at is null and expires_at > now() order by used_on desc, created_at desc`),
    })),
    handle(contract.revokeSession, async (ctx, { params }) => {
      await ctx.get(sql<{ id: string }>`
        update platform.session set revoked_at = coalesce(revoked_at, now()) where id = ${params.sessionId} and account_id = ${ctx.account.id} returning id`)
      ctx.after(services.forget)
      return { done: true as const }
    }),
    handle(
      contract.setPassword,
      async (ctx, { body }) => {
        await identity.setPassword(ctx, ctx.account.id, body.password, body.current)
        return { done: true as const }
      },
      passwordLimit,
    ),
    handle(contract.listDemoPeople, async (ctx) => ({
      items: services.demo
        ? await ctx.query(
            sql<z.output<typeof contract.DemoPerson>>`select phone, name, post, story, face from identity.demo_person order by place`,
          )
        : [],
    })),
    handle(contract.grantPost, (ctx, { params, body, node }) => grant(ctx, services, node, params.postId, body)),
    handle(contract.listWhoLooked, async (ctx, { node }) => {
      const subjectId = ctx.account.subjectId
      if (subjectId === null) return { items: [] }
      const home = ctx.account.posts.find((post) => post.role === 'MEMBER')?.node ?? node
      const rows = await listAudit(ctx, home.county, subjectId, 100)
      // What one did oneself is no news.
      const others = rows.filter((row) => row.accountId !== ctx.account.id)
      return {
        items: others.map((row) => ({
          id: row.id,
          at: `${row.at}Z`,
          operation: row.operation,
          operationName: operations.find((operation) => operation.id === row.operation)?.summary ?? {
            zh: row.operation,
            en: row.operation,
          },
          actorName: row.actorName,
          post: row.postRole === null ? '' : roles[row.postRole as Role].zh,
          purpose: row.purpose,
          rows: row.rows,
        })),
      }
    }),
  ]
}
