/** The inbox: told in time, never by night, one digest a day, mutable. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Done, Id, idParams, Moment, page, PageQuery, text } from './words.ts'

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

/** Ways in which the daily digest leaves the app. Each says only that there is something; what it is stands behind the sign-in. */
export const Channels = z.object({
  /** Public key of the platform for Web Push (VAPID), base64url. */
  pushKey: z.string(),
  /** This device is told by Web Push. */
  push: z.boolean(),
  sms: z.boolean(),
  /** The text messages sent last, newest first. */
  messages: z.array(z.object({ id: Id, at: Moment, text: z.string() })),
  /** In the demo nothing is handed to an operator: the messages are only shown here. */
  onlyShown: z.boolean(),
})

export const getChannels = operation({
  id: 'notifications.getChannels',
  method: 'GET',
  path: '/me/channels',
  summary: { zh: '提醒从哪里发给我', en: 'How the digest reaches me' },
  access: { self: true },
  returns: Channels,
})

export const putSms = operation({
  id: 'notifications.putSms',
  method: 'PUT',
  path: '/me/channels/sms',
  summary: { zh: '打开或关掉短信提醒', en: 'Text messages on or off' },
  access: { self: true },
  body: z.strictObject({ on: z.boolean() }),
  returns: Done,
})

/** What the browser gives when it subscribes. */
export const PushSubscription = z.strictObject({
  endpoint: z.url({ protocol: /^https$/, error: '需要浏览器给出的推送地址 / must be the address the browser gave' }).max(1000),
  keys: z.strictObject({ p256dh: text(200).regex(/^[\w-]+={0,2}$/), auth: text(100).regex(/^[\w-]+={0,2}$/) }),
})

export const putPush = operation({
  id: 'notifications.putPush',
  method: 'PUT',
  path: '/me/channels/push',
  summary: { zh: '在这台设备上打开推送', en: 'Web Push on this device on' },
  access: { self: true },
  body: PushSubscription,
  returns: Done,
})

export const removePush = operation({
  id: 'notifications.removePush',
  method: 'DELETE',
  path: '/me/channels/push',
  summary: { zh: '在这台设备上关掉推送', en: 'Web Push on this device off' },
  access: { self: true },
  returns: Done,
})
