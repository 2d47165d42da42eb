/** Accounts, posts and device-bound sessions. Presenting them in the field's words is the identity module's work. */
import { hash as digest, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Role } from '#contract/roles'
import type { Account, Post } from './caller.ts'
import type { Context } from './context.ts'
import { sql } from './database.ts'
import { DomainError } from './errors.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { Secrets } from './secrets.ts'
import { attempt } from './throttle.ts'
import { Turns } from './turns.ts'

/** Sends a one-time code; the demo shows it instead. */
export interface SmsGateway {
  /** Hands the message to the operator. @throws Error when it is not accepted */
  send(phone: string, text: string): Promise<void>
}

export const sessionDays = 180
const codeSeconds = 300
const codeAttempts = 5
const refused = () => new DomainError('SIGN_IN_REFUSED', { keepsWrites: true })

const sha256 = (text: string | Buffer) => digest('sha256', text, 'buffer')

/** Argon2id costs a core for tens of milliseconds: one at a time, so that a morning rush leaves the rest fast. */
const passwords = new Turns(1, 60)
/** Compared against when there is no such account, so that the answer takes the same time. */
const nobodysPassword = hash(randomBytes(16).toString('hex'))

/** A post as read beside its account; `postId` and `nodeId` are null when there is none. */
interface PostRow {
  accountId: string
  postId: string | null
  role: Role
  nodeId: string | null
  from: string
  until: string | null
}

const postColumns = sql`p.id as "postId", p.role, p.node_id as "nodeId", p.from_day as "from", p.until_day as "until"`
const heldToday = sql`p.from_day <= current_date and (p.until_day is null or p.until_day >= current_date)`

export class Identity {
  readonly #secrets: Secrets
  readonly #hierarchy: Hierarchy

  /** How many times as often as elsewhere one number may ask and try: in the demo everybody is one of the same dozen people. */
  readonly #patience: number

  constructor(secrets: Secrets, hierarchy: Hierarchy, demo: boolean) {
    this.#secrets = secrets
    this.#hierarchy = hierarchy
    this.#patience = demo ? 200 : 1
  }

  /** Makes a six-digit code for this number, valid five minutes. The same answer for unknown numbers. @throws DomainError TOO_MANY_ATTEMPTS */
  async makeCode(ctx: Context, phone: string, network: string): Promise<{ code: string; validSeconds: number }> {
    const key = this.#secrets.lookup('phone', phone)
    await attempt(ctx, 'code', key, 5 * this.#patience, 600)
    await attempt(ctx, 'code-network', this.#secrets.lookup('network', network), 1000, 600)
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
    await ctx.query(sql`
      insert into platform.one_time_code (phone_hash, code_hash, expires_at, attempts)
      values (${key}, ${this.#codeHash(phone, code)}, ${new Date(ctx.now.getTime() + codeSeconds * 1000)}, 0)
      on conflict (phone_hash) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts = 0`)
    return { code, validSeconds: codeSeconds }
  }

  /** Checks a code or a password and opens a session on this device. @throws DomainError SIGN_IN_REFUSED, TOO_MANY_ATTEMPTS, BUSY */
  async signIn(
    ctx: Context,
    input: {
      phone: string
      code?: string | undefined
      password?: string | undefined
      deviceId: string
      deviceName: string
      network: string
    },
  ): Promise<{ token: string; accountId: string }> {
    const key = this.#secrets.lookup('phone', input.phone)
    await attempt(ctx, 'sign-in', key, 10 * this.#patience, 600)
    await attempt(ctx, 'sign-in-device', this.#secrets.lookup('device', input.deviceId), 30, 600)
    await attempt(ctx, 'sign-in-network', this.#secrets.lookup('network', input.network), 2000, 60)
    const account = await ctx.find(sql<{ id: string; passwordHash: string | null }>`
      select id, password_hash as "passwordHash" from platform.account where phone_hash = ${key} and closed_at is null`)
    const right =
      input.code !== undefined
        ? await this.#codeIsRight(ctx, key, input.phone, input.code)
        : await passwords.run(async () => verify(account?.passwordHash ?? (await nobodysPassword), input.password ?? ''))
    if (!right || account === undefined) throw refused()
    return { token: await this.openSession(ctx, account.id, input.deviceId, input.deviceName), accountId: account.id }
  }

  async #codeIsRight(ctx: Context, key: Buffer, phone: string, code: string): Promise<boolean> {
    const row = await ctx.find(sql<{ codeHash: Buffer; attempts: number }>`
      update platform.one_time_code set attempts = attempts + 1
      where phone_hash = ${key} and expires_at > ${ctx.now} returning code_hash as "codeHash", attempts`)
    if (row === undefined || row.attempts > codeAttempts || !timingSafeEqual(row.codeHash, this.#codeHash(phone, code))) return false
    await ctx.query(sql`delete from platform.one_time_code where phone_hash = ${key}`)
    return true
  }

  /** Keyed: six digits are soon tried through by whoever reads the table. */
  #codeHash(phone: string, code: string): Buffer {
    return this.#secrets.lookup('code', `${phone}:${code}`)
  }

  /** Opens a session and returns its secret token; only the hash is kept. */
  async openSession(ctx: Context, accountId: string, deviceId: string, deviceName: string): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    await ctx.query(sql`
      insert into platform.session (id, account_id, token_hash, device_id, device_name, expires_at)
      values (${randomUUID()}, ${accountId}, ${sha256(token)}, ${deviceId}, ${deviceName}, ${new Date(ctx.now.getTime() + sessionDays * 86_400_000)})`)
    return token
  }

  /** Who holds each token on its device, with the posts of today, in order; undefined where it is not valid. One statement, however many ask. */
  async recognise(ctx: Context, asked: readonly { token: string; deviceId: string }[]): Promise<(Account | undefined)[]> {
    const rows = await ctx.query(sql<PostRow & { n: number; sessionId: string; name: string; subjectId: string | null; stale: boolean }>`
      select asked.n::int, s.id as "sessionId", s.account_id as "accountId", a.name, a.subject_id as "subjectId",
        s.used_on < current_date as stale, ${postColumns}
      from unnest(${asked.map(({ token }) => sha256(token))}::bytea[], ${asked.map(({ deviceId }) => deviceId)}::uuid[])
        with ordinality as asked(token_hash, device_id, n)
      join platform.session s on s.token_hash = asked.token_hash and s.device_id = asked.device_id
      join platform.account a on a.id = s.account_id
      left join platform.post p on p.account_id = a.id and ${heldToday}
      where s.revoked_at is null and s.expires_at > now() and a.closed_at is null order by asked.n, p.granted_at, p.id`)
    const stale = [...new Set(rows.filter((row) => row.stale).map((row) => row.sessionId))]
    // Written down once a day, so that recognising people stays a read; one that another group is writing down is left to it.
    // Should the last second of it be lost in a power cut, nobody minds: the answer need not wait for the disk.
    if (stale.length > 0) {
      await Promise.all([
        ctx.query(sql`set local synchronous_commit = off`),
        ctx.query(sql`
          update platform.session set used_on = current_date
          where id in (select id from platform.session where id = any(${stale}::uuid[]) for no key update skip locked)`),
      ])
    }
    const posts = await this.#placed(ctx, rows)
    const found = new Map(rows.map((row) => [row.n, row]))
    return asked.map((_one, i) => {
      const row = found.get(i + 1)
      if (row === undefined) return undefined
      const { accountId, name, subjectId, sessionId } = row
      return { id: accountId, name, subjectId, sessionId, posts: posts.get(accountId) ?? [] }
    })
  }

  /** The posts an account holds today. */
  async posts(ctx: Context, accountId: string): Promise<Post[]> {
    const rows = await ctx.query(sql<PostRow>`
      select p.account_id as "accountId", ${postColumns} from platform.post p where p.account_id = ${accountId} and ${heldToday}
      order by p.granted_at, p.id`)
    return (await this.#placed(ctx, rows)).get(accountId) ?? []
  }

  /** Posts by account, each with its place; a post at a place that is gone is none. */
  async #placed(ctx: Context, rows: readonly PostRow[]): Promise<Map<string, Post[]>> {
    const ids = new Set(rows.flatMap(({ nodeId }) => nodeId ?? []))
    const nodes = await this.#hierarchy.findAll(ctx, ids)
    const posts = new Map<string, Map<string, Post>>()
    for (const { accountId, postId, role, nodeId, from, until } of rows) {
      const node = nodes.get(nodeId ?? '')
      if (node === undefined || postId === null) continue
      const held = posts.get(accountId) ?? new Map<string, Post>()
      posts.set(accountId, held.set(postId, { id: postId, role, node, from, until }))
    }
    return new Map([...posts].map(([accountId, held]) => [accountId, [...held.values()]]))
  }

  /** Sets a password. @throws DomainError SIGN_IN_REFUSED when there is one and `current` is not it */
  async setPassword(ctx: Context, accountId: string, password: string, current: string | undefined): Promise<void> {
    const { passwordHash } = await ctx.get(sql<{ passwordHash: string | null }>`
      select password_hash as "passwordHash" from platform.account where id = ${accountId}`)
    if (passwordHash !== null && !(await passwords.run(() => verify(passwordHash, current ?? '')))) throw refused()
    const hashed = await passwords.run(() => hash(password))
    await ctx.query(sql`update platform.account set password_hash = ${hashed} where id = ${accountId}`)
  }

  /** The account of this phone number; made when there is none yet. */
  async ensureAccount(ctx: Context, input: { id: string; name: string; phone: string; subjectId: string | null }): Promise<string> {
    const { id } = await ctx.get(sql<{ id: string }>`
      insert into platform.account (id, name, phone_hash, phone_sealed, subject_id)
      values (${input.id}, ${input.name}, ${this.#secrets.lookup('phone', input.phone)}, ${this.#secrets.seal(input.phone)}, ${input.subjectId})
      on conflict (phone_hash) do update set subject_id = coalesce(platform.account.subject_id, excluded.subject_id)
      returning id`)
    return id
  }

  /** Accounts and one post each, set-based; for imports and the demo. */
  async addPeople(
    ctx: Context,
    people: readonly {
      accountId: string
      name: string
      phone: string
      subjectId: string | null
      postId: string
      role: Role
      nodeId: string
      from: string
    }[],
  ): Promise<void> {
    await ctx.query(sql`
      insert into platform.account (id, name, phone_hash, phone_sealed, subject_id)
      select * from unnest(${people.map((p) => p.accountId)}::uuid[], ${people.map((p) => p.name)}::text[],
        ${people.map((p) => this.#secrets.lookup('phone', p.phone))}::bytea[], ${people.map((p) => this.#secrets.seal(p.phone))}::bytea[],
        ${people.map((p) => p.subjectId)}::uuid[]) on conflict do nothing`)
    await ctx.query(sql`
      insert into platform.post (id, account_id, role, node_id, from_day)
      select * from unnest(${people.map((p) => p.postId)}::uuid[], ${people.map((p) => p.accountId)}::uuid[], ${people.map((p) => p.role)}::text[],
        ${people.map((p) => p.nodeId)}::uuid[], ${people.map((p) => p.from)}::date[]) on conflict do nothing`)
  }

  /** Gives a post; the same id again changes it. @throws DomainError ID_TAKEN when it is another person's or elsewhere */
  async putPost(
    ctx: Context,
    input: { id: string; accountId: string; role: Role; nodeId: string; from: string; until: string | null; grantedBy: string | null },
  ): Promise<void> {
    const put = await ctx.find(sql`
      insert into platform.post (id, account_id, role, node_id, from_day, until_day, granted_by)
      values (${input.id}, ${input.accountId}, ${input.role}, ${input.nodeId}, ${input.from}, ${input.until}, ${input.grantedBy})
      on conflict (id) do update set role = excluded.role, from_day = excluded.from_day, until_day = excluded.until_day
      where platform.post.account_id = excluded.account_id and platform.post.node_id = excluded.node_id returning id`)
    if (put === undefined) throw new DomainError('ID_TAKEN')
  }
}

/** The accounts of these subjects: subject id → account id. */
export async function accountsOf(ctx: Context, subjectIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.query(sql<{ id: string; subjectId: string }>`
    select id, subject_id as "subjectId" from platform.account where subject_id = any(${subjectIds}::uuid[]) and closed_at is null`)
  return new Map(rows.map((row) => [row.subjectId, row.id]))
}

/** Accounts that hold one of these roles at this node today. */
export async function holdersOf(ctx: Context, nodeId: string, roles: readonly Role[]): Promise<string[]> {
  const rows = await ctx.query(sql<{ accountId: string }>`
    select distinct account_id as "accountId" from platform.post where node_id = ${nodeId} and role = any(${roles}::text[])
      and from_day <= current_date and (until_day is null or until_day >= current_date)`)
  return rows.map((row) => row.accountId)
}

/** Posts of this role held by these subjects at one node go along to another. */
export async function movePosts(ctx: Context, subjectIds: readonly string[], role: Role, from: string, to: string): Promise<void> {
  await ctx.query(sql`
    update platform.post p set node_id = ${to} from platform.account a
    where a.id = p.account_id and a.subject_id = any(${subjectIds}::uuid[]) and p.node_id = ${from} and p.role = ${role}`)
}
