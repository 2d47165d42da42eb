/** Notices and jobs: each item told once, nothing by night, one digest a day; a job runs exactly when its transaction was committed. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type OpenTestHouse } from '#house'
import { addJob, type Context, type DigestGateway, type Job, mayDisturb, type Notice, notify, sendDigests, sql, transact } from '#platform'
import { runJobs } from './jobs.ts'
import { openLog } from './log.ts'

let home: OpenTestHouse
let owner: pg.Client

beforeAll(async () => {
  home = await openTestHouse()
  owner = new pg.Client({ connectionString: home.url })
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await home.close()
})

const notice = (accountId: string, once: string = randomUUID(), kind = 'meetings.notice'): Notice => ({
  accountId,
  kind,
  title: { zh: `通知 ${once}`, en: `Notice ${once}` },
  body: { zh: '', en: '' },
  because: { zh: '您在名单上。', en: 'You are on the list.' },
  href: '/',
  once,
})
const tell = (...notices: Notice[]) => home.inside((ctx) => notify(ctx, notices))

beforeEach(() => home.inside((ctx) => ctx.query(sql`delete from platform.notification`)))

describe('a notice', () => {
  test('is told once, however often it is sent, and again to somebody else', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    expect(await tell(notice(a, 'x'), notice(b, 'x'))).toBe(2)
    expect(await tell(notice(a, 'x'), notice(a, 'y'))).toBe(1)
    expect((await Promise.all([tell(notice(a, 'z')), tell(notice(a, 'z'))])).toSorted((x, y) => x - y)).toEqual([0, 1])
    expect(await tell()).toBe(0)
  })

  test('of a muted kind is not told', async () => {
    const a = randomUUID()
    await home.inside((ctx) =>
      ctx.query(sql`insert into platform.notification_choice (account_id, muted) values (${a}, ${['meetings.notice']}::text[])`),
    )
    expect(await tell(notice(a), notice(a, 'other', 'duties.due'))).toBe(1)
  })
})

describe('the digest', () => {
  const day = (clock: string) => new Date(`2026-03-31T${clock}+08:00`)
  const sent: { accountId: string; titles: string[] }[] = []
  const gateway: DigestGateway = {
    send: async (accountId, items) => void sent.push({ accountId, titles: items.map((item) => item.title.zh) }),
  }
  const send = (now: Date, through = gateway) => transact(home.house.jobsPool, (ctx) => sendDigests(ctx, through), { now })

  beforeEach(() => void (sent.length = 0))

  test.each([
    ['07:59:59', false],
    ['08:00:00', true],
    ['19:59:59', true],
    ['20:00:00', false],
    ['00:00:00', false],
    ['03:00:00', false],
  ])('at %s may leave: %s', (clock, may) => {
    expect(mayDisturb(day(clock))).toBe(may)
  })

  test('waits for the day, tells everything at once, and only once a day', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    await tell(notice(a, '1'), notice(a, '2'), notice(b, '1'))
    await send(day('07:00:00'))
    expect(sent).toEqual([])
    await send(day('08:05:00'))
    expect(new Map(sent.map(({ accountId, titles }) => [accountId, titles.toSorted()]))).toEqual(
      new Map([
        [a, ['通知 1', '通知 2']],
        [b, ['通知 1']],
      ]),
    )
    expect(sent).toHaveLength(2)
    await tell(notice(a, '3'))
    await send(day('12:05:00'))
    await send(day('18:05:00'))
    expect(sent).toHaveLength(2)
    await send(new Date('2026-04-01T08:05:00+08:00'))
    expect(sent.slice(2)).toEqual([{ accountId: a, titles: ['通知 3'] }])
  })

  test('leaves out what was read and those who want none', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    await tell(notice(a, '1'), notice(b, '1'))
    await home.inside((ctx) => ctx.query(sql`update platform.notification set read_at = now() where account_id = ${a}`))
    await home.inside((ctx) => ctx.query(sql`insert into platform.notification_choice (account_id, digest) values (${b}, false)`))
    await send(day('08:05:00'))
    expect(sent).toEqual([])
  })

  test('that the gateway refuses for one person reaches the others, and that person the next time', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    await tell(notice(a, '1'), notice(b, '1'))
    const moody: DigestGateway = {
      send: (accountId, items, ctx) => (accountId === a ? Promise.reject(new Error('busy')) : gateway.send(accountId, items, ctx)),
    }
    expect(await send(day('08:05:00'), moody)).toBe(0)
    expect(sent.map((digest) => digest.accountId)).toEqual([b])
    await send(day('12:05:00'))
    expect(sent.map((digest) => digest.accountId)).toEqual([b, a])
  })

  test('holds twenty titles at most, the newest first', async () => {
    const a = randomUUID()
    for (let n = 0; n < 25; n += 1) await tell(notice(a, String(n)))
    await send(day('08:05:00'))
    expect(sent[0]?.titles).toHaveLength(20)
    expect(sent[0]?.titles[0]).toBe('通知 24')
  })
})

describe('a job', () => {
  /** Runs these jobs until `until` holds. */
  async function working(jobs: Job[], until: () => Promise<void> | void, lines: string[] = []): Promise<void> {
    const runner = await runJobs(home.url, home.house.jobsPool, jobs, openLog('warn', { write: (line) => void lines.push(line) }))
    try {
      await until()
    } finally {
      await runner.stop()
    }
  }

  /** Adds a job as the web side does, behind its wall. */
  const asWeb = (work: (ctx: Context) => Promise<void>) => transact(home.house.pool, work)

  test('runs once when its transaction was committed, and never when it was rolled back', async () => {
    const done: unknown[] = []
    const job: Job = { name: 'test.note', work: async (_ctx, payload) => void done.push(payload['n']) }
    await asWeb((ctx) => addJob(ctx, 'test.note', { n: 1 }))
    await asWeb(async (ctx) => {
      await addJob(ctx, 'test.note', { n: 2 })
      throw new Error('rolled back')
    }).catch(() => {})
    await asWeb((ctx) => addJob(ctx, 'test.note', { n: 3 }))
    await working([job], () => expect.poll(() => new Set(done)).toEqual(new Set([1, 3])))
    const waiting = async () => (await owner.query('select from graphile_worker.jobs')).rowCount
    await working([job], () => expect.poll(waiting).toBe(0))
    expect(done).toHaveLength(2)
  })

  test('with a key replaces the one that has not run yet', async () => {
    const done: unknown[] = []
    await asWeb((ctx) => addJob(ctx, 'test.note', { n: 1 }, 'same'))
    await asWeb((ctx) => addJob(ctx, 'test.note', { n: 2 }, 'same'))
    await working([{ name: 'test.note', work: async (_ctx, { n }) => void done.push(n) }], () => expect.poll(() => done).toEqual([2]))
  })

  test('that fails leaves nothing, is tried again, and is written down without the values', async () => {
    const lines: string[] = []
    const secret = '张三丰'
    await asWeb((ctx) => addJob(ctx, 'test.fail', {}))
    const job: Job = {
      name: 'test.fail',
      async work(ctx) {
        await notify(ctx, [notice(randomUUID(), 'from the job')])
        await ctx.query(sql`select ${secret}::int`)
      },
    }
    const stored = async () =>
      (await owner.query<{ error: string }>(`select last_error as error from graphile_worker.jobs where task_identifier = 'test.fail'`))
        .rows
    await working([job], () => expect.poll(async () => (await stored())[0]?.error ?? '').toContain('22P02'), lines)
    expect(await home.inside((ctx) => ctx.query(sql`select from platform.notification`))).toEqual([])
    expect(lines.join('') + JSON.stringify(await stored())).not.toContain(secret)
    expect(lines.join('')).toContain('test.fail')
    await owner.query('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))')
  })

  test('works in portions, each in a transaction of its own', async () => {
    const transactions: string[] = []
    const job: Job = {
      name: 'test.portions',
      async work(ctx) {
        transactions.push((await ctx.get(sql<{ x: string }>`select pg_current_xact_id()::text as x`)).x)
        return transactions.length < 3 ? 'again' : undefined
      },
    }
    await asWeb((ctx) => addJob(ctx, 'test.portions', {}))
    await working([job], () => expect.poll(() => new Set(transactions).size).toBe(3))
  })
})
