/** The inbox: told in time, never by night, one digest a day, mutable. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Done, Id, idParams, Moment, page, PageQuery } from './words.ts'

export const Notification = z.object({
  id: Id,
  at: Moment,
  kind: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  body: z.object({ zh: z.string(), en: z.string() }),
  /** Why this person got it, one sentence. */
  because: z.object({ zh: z.string(), en: z.string() }),
  /** In-app address, e.g. `/meetings/…`. */
  href: z.string(),
  readAt: Moment.nullable(),
})

export const listNotifications = operation({
  id: 'notifications.listNotifications',
  method: 'GET',
  path: '/me/notifications',
  summary: { zh: '我的通知', en: 'My notifications' },
  access: { self: true },
  query: PageQuery,
  returns: page(Notification).extend({ unread: z.int() }),
})

export const readNotification = operation({
  id: 'notifications.readNotification',
  method: 'PUT',
  path: '/me/notifications/:notificationId/read',
  summary: { zh: '标为已读', en: 'Mark as read' },
  offline: true,
  access: { self: true },
  params: idParams('notificationId'),
  returns: Done,
  fails: ['NOT_FOUND'],
})

export const NotificationChoices = z.strictObject({ muted: z.array(z.string().max(60)).max(50), digest: z.boolean() })

export const getNotificationChoices = operation({
  id: 'notifications.getNotificationChoices',
  method: 'GET',
  path: '/me/notification-choices',
  summary: { zh: '我的提醒设置', en: 'My reminder settings' },
  access: { self: true },
  returns: NotificationChoices,
})

export const putNotificationChoices = operation({
  id: 'notifications.putNotificationChoices',
  method: 'PUT',
  path: '/me/notification-choices',
  summary: { zh: '修改提醒设置', en: 'Change my reminder settings' },
  access: { self: true },
  body: NotificationChoices,
  returns: NotificationChoices,
})
