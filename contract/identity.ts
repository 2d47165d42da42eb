/** Accounts, posts, sessions: who is asking, and in which post (TRUST.md, people and posts). */
import { z } from 'zod'
import { operation } from './operation.ts'
import { roleNames } from './roles.ts'
import { Day, Done, Id, idParams, line, Moment, text } from './words.ts'

export const Phone = z.string().regex(/^1\d{10}$/, '请输入 11 位手机号 / enter an 11-digit mobile number')

export const Post = z.object({
  id: Id,
  role: z.enum(roleNames),
  roleName: z.object({ zh: z.string(), en: z.string() }),
  organisationId: Id,
  organisationName: z.string(),
  organisationKind: z.string(),
  from: Day,
  until: Day.nullable(),
})

export const Me = z.object({
  accountId: Id,
  name: z.string(),
  /** The member this account belongs to, when the person is one. */
  member: z.object({ memberId: Id, county: z.string(), organisationId: Id, organisationName: z.string() }).nullable(),
  posts: z.array(Post),
  sessionId: Id,
  demo: z.boolean(),
})

const DeviceName = text(120).default('')

export const requestCode = operation({
  id: 'identity.requestCode',
  method: 'POST',
  path: '/sign-in/code',
  summary: { zh: '索取短信验证码', en: 'Ask for a one-time code by text message' },
  access: { public: true },
  body: z.strictObject({ phone: Phone }),
  /** `demoCode` is present only while the demo gateway is in use. The answer is the same for unknown numbers. */
  returns: z.object({ sent: z.literal(true), validSeconds: z.int(), demoCode: z.string().optional() }),
  fails: ['TOO_MANY_ATTEMPTS'],
})

export const signIn = operation({
  id: 'identity.signIn',
  method: 'POST',
  path: '/sign-in',
  summary: { zh: '用验证码或密码登录', en: 'Sign in by code or password' },
  access: { public: true },
  body: z.strictObject({
    phone: Phone,
    code: z
      .string()
      .regex(/^\d{6}$/, '验证码是 6 位数字 / the code has six digits')
      .optional(),
    password: z.string().min(1).max(200).optional(),
    /** Made once by the device and kept; the session works on this device only. */
    deviceId: Id,
    deviceName: DeviceName,
  }),
  returns: Me,
  fails: ['SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS', 'BUSY'],
})

export const me = operation({
  id: 'identity.me',
  method: 'GET',
  path: '/me',
  summary: { zh: '我是谁、有哪些岗位', en: 'Who I am and which posts I hold' },
  access: { self: true },
  returns: Me,
})

export const signOut = operation({
  id: 'identity.signOut',
  method: 'POST',
  path: '/sign-out',
  summary: { zh: '退出登录', en: 'Sign out of this device' },
  access: { self: true },
  returns: Done,
})

export const Session = z.object({
  id: Id,
  deviceName: z.string(),
  createdAt: Moment,
  usedOn: Day,
  current: z.boolean(),
})

export const listSessions = operation({
  id: 'identity.listSessions',
  method: 'GET',
  path: '/me/sessions',
  summary: { zh: '我登录的设备', en: 'Devices I am signed in on' },
  access: { self: true },
  returns: z.object({ items: z.array(Session) }),
})

export const revokeSession = operation({
  id: 'identity.revokeSession',
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  summary: { zh: '让一台设备退出', en: 'Sign a device out' },
  access: { self: true },
  params: idParams('sessionId'),
  returns: Done,
  fails: ['NOT_FOUND'],
})

export const setPassword = operation({
  id: 'identity.setPassword',
  method: 'PUT',
  path: '/me/password',
  summary: { zh: '设置登录密码', en: 'Set the password' },
  access: { self: true },
  body: z.strictObject({
    password: z.string().min(10, '密码至少 10 位 / at least 10 characters').max(200),
    current: z.string().max(200).optional(),
  }),
  returns: Done,
  fails: ['SIGN_IN_REFUSED'],
})

export const DemoPerson = z.object({
  phone: z.string(),
  name: z.string(),
  post: z.string(),
  story: z.string(),
  face: z.enum(['mobile', 'console', 'screen']),
})

export const listDemoPeople = operation({
  id: 'identity.listDemoPeople',
  method: 'GET',
  path: '/demo-people',
  summary: { zh: '演示人物（仅演示环境）', en: 'People of the demo (demo only)' },
  access: { public: true },
  returns: z.object({ items: z.array(DemoPerson) }),
})

export const grantPost = operation({
  id: 'identity.grantPost',
  method: 'PUT',
  path: '/organisations/:organisationId/posts/:postId',
  summary: { zh: '授予岗位', en: 'Grant a post' },
  access: { may: 'grant:post', within: 'organisationId', expect: { SECURITY_ADMIN: ['own', 'child'] } },
  params: idParams('organisationId', 'postId'),
  body: z.strictObject({ phone: Phone, name: line(40), role: z.enum(roleNames), from: Day, until: Day.nullable() }),
  returns: Post,
  fails: ['NOT_FOUND', 'SAME_PERSON', 'POSTS_SEPARATE', 'ID_TAKEN'],
})

export const AuditEntry = z.object({
  id: Id,
  at: Moment,
  operation: z.string(),
  operationName: z.object({ zh: z.string(), en: z.string() }),
  actorName: z.string(),
  post: z.string(),
  purpose: z.string().nullable(),
  rows: z.int(),
})

export const listWhoLooked = operation({
  id: 'identity.listWhoLooked',
  method: 'GET',
  path: '/me/looked-at',
  summary: { zh: '谁看过我的资料', en: 'Who looked at my data' },
  access: { self: true },
  returns: z.object({ items: z.array(AuditEntry) }),
})
