import type { z } from 'zod'
import * as contract from '#contract/notifications'
import {
  channelsOf,
  chooseSms,
  comesAfter,
  DomainError,
  handle,
  type Handled,
  keyOfMoment,
  pageOf,
  pushKeyOf,
  type Services,
  sql,
  subscribe,
  unsubscribe,
} from '#platform'

type Notification = z.output<typeof contract.Notification>

export function inboxRoutes({ secrets, demo }: Services): Handled[] {
  const pushKey = pushKeyOf(secrets)
  return [
    handle(contract.listNotifications, async (ctx, { query }) => {
      const asked = ctx.query(sql<Notification & { key: string }>`
        select id, at, kind, title, body, because, href, read_at as "readAt", ${keyOfMoment(sql`at`)} as key
        from platform.notification where account_id = ${ctx.account.id} and ${comesAfter(query.cursor, { at: sql`at`, id: sql`id` })}
        order by at desc, id desc limit ${query.limit + 1}`)
      const counted = ctx.last(sql<{ unread: number }>`
        select count(*)::int as unread from platform.notification where account_id = ${ctx.account.id} and read_at is null`)
      const [rows, [count]] = await Promise.all([asked, counted])
      return { ...pageOf(rows, query.limit), unread: count?.unread ?? 0 }
    }),
    handle(contract.readNotification, async (ctx, { params }) => {
      const read = await ctx.last(sql<{ id: string }>`
        update platform.notification set read_at = coalesce(read_at, now())
        where account_id = ${ctx.account.id} and id = ${params.notificationId} returning id`)
      if (read.length === 0) throw new DomainError('NOT_FOUND')
      return { done: true as const }
    }),
    handle(contract.getNotificationChoices, async (ctx) => {
      const [row] = await ctx.last(sql<z.output<typeof contract.NotificationChoices>>`
        select muted, digest from platform.notification_choice where account_id = ${ctx.account.id}`)
      return row ?? { muted: [], digest: true }
    }),
    handle(contract.putNotificationChoices, async (ctx, { body }) => {
      await ctx.last(sql`
        insert into platform.notification_choice (account_id, muted, digest) values (${ctx.account.id}, ${body.muted}::text[], ${body.digest})
        on conflict (account_id) do update set muted = excluded.muted, digest = excluded.digest`)
      return body
    }),
    handle(contract.getChannels, async (ctx) => ({ ...(await channelsOf(ctx)), pushKey, onlyShown: demo })),
    handle(contract.putSms, async (ctx, { body }) => {
      await chooseSms(ctx, body.on)
      return { done: true as const }
    }),
    handle(contract.putPush, async (ctx, { body }) => {
      await subscribe(ctx, secrets, body)
      return { done: true as const }
    }),
    handle(contract.removePush, async (ctx) => {
      await unsubscribe(ctx)
      return { done: true as const }
    }),
  ]
}
