/** One write, one transaction: rows, event and audit together or not at all, whatever fails and when. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { house, type TestHouse } from '#house'
import { type Caller, type Context, DomainError, openPool, type Pool, sql, transact } from '#platform'
import { transactAgain } from './context.ts'
import { translate } from './present.ts'

let place: TestHouse
let pool: Pool
let owner: pg.Client

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'app', 3)
  owner = new pg.Client({ connectionString: place.url })
  await owner.connect()
  await owner.query('create table public.thing (id uuid primary key, word text not null unique)')
  await owner.query('grant all on public.thing to yigongli_app')
})

afterAll(async () => {
  await owner.end()
  await pool.end()
  await place.close()
})

beforeEach(() => owner.query('truncate public.thing, platform.event, platform.audit'))

const put = (ctx: Context, word: string) => ctx.query(sql`insert into public.thing (id, word) values (${randomUUID()}, ${word})`)

function say(ctx: Context): void {
  const subjectId = randomUUID()
  ctx.emit({ type: 'test.happened', county: '530000', nodeId: randomUUID(), path: 'a/', subjectId })
  ctx.audit({ operation: 'test.happen', county: '530000', subjectId, rows: 1 })
}

async function left(): Promise<{ things: string[]; events: number; audits: number }> {
  const { rows } = await owner.query<{ things: string[]; events: number; audits: number }>(`
    select (select coalesce(array_agg(word order by word), '{}') from public.thing) as things,
      (select count(*)::int from platform.event) as events, (select count(*)::int from platform.audit) as audits`)
  return rows[0] ?? { things: [], events: -1, audits: -1 }
}

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a write', () => {
  test('leaves its rows, its event and its audit, in one transaction', async () => {
    await transact(pool, async (ctx) => {
      await put(ctx, 'one')
      say(ctx)
    })
    expect(await left()).toEqual({ things: ['one'], events: 1, audits: 1 })
    const { rows } = await owner.query(
      'select distinct xmin::text from platform.event union select distinct xmin::text from platform.audit',
    )
    expect(rows).toHaveLength(1)
  })

  test('is answered only after the commit', async () => {
    const elsewhere = await transact(pool, async (ctx) => {
      await put(ctx, 'one')
      return left()
    })
    expect(elsewhere.things).toEqual([])
    expect((await left()).things).toEqual(['one'])
  })

  test('whose last query takes the commit along is answered only after the commit, and is all there', async () => {
    expect(
      await transact(pool, (ctx) => {
        say(ctx)
        return ctx.last(sql`insert into public.thing (id, word) values (${randomUUID()}, 'one') returning word`)
      }),
    ).toEqual([{ word: 'one' }])
    expect(await left()).toEqual({ things: ['one'], events: 1, audits: 1 })
  })

  test('whose part has a last query goes on, and is all there in the end', async () => {
    await transact(pool, async (ctx) => {
      await ctx.as(ctx.caller, (part) => part.last(sql`insert into public.thing (id, word) values (${randomUUID()}, 'one')`))
      expect((await left()).things).toEqual([])
      await put(ctx, 'two')
    })
    expect((await left()).things).toEqual(['one', 'two'])
  })

  test('whose last query is refused leaves nothing, and the connection goes on', async () => {
    const attempt = transact(pool, (ctx) => {
      say(ctx)
      return ctx.last(sql`insert into public.thing (id, word) values (${randomUUID()}, null)`)
    })
    await expect(attempt).rejects.toMatchObject({ code: '23502' })
    expect(await left()).toEqual({ things: [], events: 0, audits: 0 })
    expect(await transact(pool, (ctx) => ctx.last(sql`select 1 as one`))).toEqual([{ one: 1 }])
  })

  test('that asks on after its last query is told so', async () => {
    const attempt = transact(pool, async (ctx) => {
      await ctx.last(sql`select 1`)
      await put(ctx, 'late')
    })
    await expect(attempt).rejects.toThrow('has ended')
    expect((await left()).things).toEqual([])
  })

  test('that throws leaves nothing', async () => {
    const attempt = transact(pool, async (ctx) => {
      await put(ctx, 'one')
      say(ctx)
      throw new DomainError('WRONG_STATE')
    })
    await expect(attempt).rejects.toThrow('WRONG_STATE')
    expect(await left()).toEqual({ things: [], events: 0, audits: 0 })
  })

  test('whose refusal keeps its writes leaves them and is refused all the same, also when it is a read', async () => {
    for (const reads of [false, true]) {
      const attempt = transact(
        pool,
        async (ctx) => {
          await put(ctx, `counted ${reads}`)
          throw new DomainError('SIGN_IN_REFUSED', { keepsWrites: true })
        },
        { reads },
      )
      // A read used to swallow the refusal and answer undefined.
      await expect(attempt).rejects.toThrow('SIGN_IN_REFUSED')
    }
    expect((await left()).things).toEqual(['counted false', 'counted true'])
  })

  test('that swallowed an SQL error is not answered as if it were done', async () => {
    const attempt = transact(pool, async (ctx) => {
      await put(ctx, 'one')
      await ctx.query(sql`select 1 / 0`).catch(() => {})
    })
    await expect(attempt).rejects.toThrow('ROLLBACK')
    expect((await left()).things).toEqual([])
  })

  test('with an error among statements that travel together leaves nothing, and the connection serves the next', async () => {
    for (let n = 0; n < 10; n += 1) {
      const attempt = transact(pool, (ctx) =>
        Promise.all([put(ctx, 'same'), put(ctx, 'other'), put(ctx, 'same'), put(ctx, 'last'), ctx.query(sql`select 1`)]),
      )
      await expect(attempt).rejects.toMatchObject({ code: '23505' })
    }
    expect((await left()).things).toEqual([])
    await transact(pool, (ctx) => put(ctx, 'next'))
    expect((await left()).things).toEqual(['next'])
    expect(pool.load()).toMatchObject({ waiting: 0 })
  })

  test('whose event cannot be written leaves nothing', async () => {
    const attempt = transact(pool, async (ctx) => {
      await put(ctx, 'one')
      ctx.emit({ type: 'test.happened', county: '53', nodeId: randomUUID(), path: 'a/', subjectId: randomUUID() })
    })
    await expect(attempt).rejects.toMatchObject({ code: '23514' })
    expect(await left()).toEqual({ things: [], events: 0, audits: 0 })
  })

  test('keeps nobody from the connection afterwards: a forgotten await is refused, not run in another transaction', async () => {
    let kept: Context | undefined
    await transact(pool, async (ctx) => void (kept = ctx))
    await expect(kept?.query(sql`select 1`)).rejects.toThrow('has ended')
  })
})

describe('what waits for the commit', () => {
  test('is told after it, and never after a rollback', async () => {
    const told: string[] = []
    await transact(pool, async (ctx) => {
      await put(ctx, 'one')
      ctx.after(() => told.push('committed'))
      expect(told).toEqual([])
    })
    const attempt = transact(pool, async (ctx) => {
      ctx.after(() => told.push('rolled back'))
      throw new DomainError('WRONG_STATE')
    })
    await expect(attempt).rejects.toThrow('WRONG_STATE')
    expect(told).toEqual(['committed'])
  })
})

describe('a connection that is lost', () => {
  const die = (ctx: Context) =>
    ctx.get(sql<{ pid: number }>`select pg_backend_pid() as pid`).then(({ pid }) => owner.query('select pg_terminate_backend($1)', [pid]))

  test('in the middle is told as DATABASE_AWAY, and the process goes on', async () => {
    const error = await failure(
      transact(pool, async (ctx) => {
        await put(ctx, 'one')
        await die(ctx)
        await ctx.query(sql`select 1`)
      }),
    )
    expect(translate(error)).toMatchObject({ code: 'DATABASE_AWAY', status: 503, retryAfter: 2 })
    expect((await left()).things).toEqual([])
  })

  test('in the commit is told as DATABASE_AWAY, never as done', async () => {
    const error = await failure(
      transact(pool, async (ctx) => {
        await put(ctx, 'one')
        // Nothing is sent between this and the commit, so the loss is found by the commit.
        await die(ctx)
      }),
    )
    expect(translate(error)).toMatchObject({ code: 'DATABASE_AWAY', status: 503 })
    expect((await left()).things).toEqual([])
  })

  test('while nobody uses it is replaced', async () => {
    await transact(pool, (ctx) => ctx.query(sql`select 1`))
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yigongli-app' and datname = current_database()`,
    )
    await expect.poll(() => failure(transact(pool, (ctx) => ctx.query(sql`select 1`)))).toBeUndefined()
  })
})

test('a full pool is told as a 503 and recovers', async () => {
  const small = openPool(place.url, 'app', 1, 15_000, 800)
  let let_go = () => {}
  const holding = transact(small, () => new Promise<void>((resolve) => (let_go = resolve)))
  const error = await failure(transact(small, (ctx) => ctx.query(sql`select 1`)))
  expect(translate(error)).toMatchObject({ status: 503, code: 'DATABASE_AWAY' })
  let_go()
  await holding
  expect(await transact(small, (ctx) => ctx.get(sql`select 1 as one`))).toEqual({ one: 1 })
  await small.end()
})

test('a statement that takes too long is told as BUSY, with what to do where too much was asked for', async () => {
  const hasty = openPool(place.url, 'app', 1, 50)
  const error = await failure(transact(hasty, (ctx) => ctx.query(sql`select pg_sleep(5)`)))
  const { status, code, sentence } = translate(error)
  expect([status, code]).toEqual([503, 'BUSY'])
  expect(sentence.zh).toContain('请缩小范围')
  expect(sentence.en).toContain('ask for less')
  await hasty.end()
})

describe('two that come between each other', () => {
  test('and stop in a deadlock are done one after the other', async () => {
    await transact(pool, (ctx) => Promise.all([put(ctx, 'a'), put(ctx, 'b')]))
    let met = 0
    const touch = (first: string, second: string) =>
      transactAgain(pool, async (ctx) => {
        await ctx.query(sql`update public.thing set word = word where word = ${first}`)
        met += 1
        while (met < 2) await new Promise((resolve) => setTimeout(resolve, 5))
        await ctx.query(sql`update public.thing set word = word where word = ${second}`)
        return 'done'
      })
    expect(await Promise.all([touch('a', 'b'), touch('b', 'a')])).toEqual(['done', 'done'])
    expect(met).toBeGreaterThan(2)
  })

  test('and put the same record at once are one record: the second finds it', async () => {
    const id = randomUUID()
    const putOnce = () =>
      transactAgain(pool, async (ctx) => {
        const there = await ctx.find(sql`select from public.thing where id = ${id}`)
        if (there !== undefined) return 'repeated'
        await new Promise((resolve) => setTimeout(resolve, 20))
        await ctx.query(sql`insert into public.thing (id, word) values (${id}, 'once')`)
        return 'new'
      })
    expect((await Promise.all([putOnce(), putOnce(), putOnce()])).sort()).toEqual(['new', 'repeated', 'repeated'])
    expect((await left()).things).toEqual(['once'])
  })
})

describe('what the connection tells row-level security', () => {
  const at = (path: string, subjectId: string | null): Caller => ({
    account: { id: randomUUID(), name: '李四', subjectId, sessionId: randomUUID(), posts: [] },
    post: {
      id: randomUUID(),
      role: 'BRANCH_SECRETARY',
      node: { id: randomUUID(), path, county: '530000', name: '', kind: '', parentId: null },
      from: '2020-01-01',
      until: null,
    },
    purpose: null,
    language: 'zh',
  })
  const told = sql<{
    scope: string
    self: string
  }>`select current_setting('app.scope', true) as scope, current_setting('app.self', true) as self`

  test('is the caller, and is gone with the transaction', async () => {
    const single = openPool(place.url, 'app', 1)
    const self = randomUUID()
    expect(await transact(single, (ctx) => ctx.get(told), { caller: at('a/b/', self) })).toEqual({ scope: 'a/b/', self: `{${self}}` })
    expect(await transact(single, (ctx) => ctx.get(told))).toEqual({ scope: '', self: '' })
    await single.end()
  })

  test('cannot be anything but a path and ids', async () => {
    for (const path of ["a'; set role yigongli_jobs; --/", '', '/', 'a', 'a/b', 'A/']) {
      await expect(transact(pool, (ctx) => ctx.get(told), { caller: at(path, null) })).rejects.toThrow('not a path')
    }
    await expect(transact(pool, (ctx) => ctx.get(told), { caller: at('a/', "'; --") })).rejects.toThrow('not an id')
    expect(pool.load().waiting).toBe(0)
  })
})

test('arrays arrive as they are, whatever their texts look like', async () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('NULL', 'null', '', '{}', 'a,b', '"', '\\', ' ', 'a b', 'a-b', '1.5', '+', '党支部'),
  )
  const text = word.map((value) => value.replaceAll('\0', ''))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text)), fc.array(fc.integer()), async (texts, numbers) => {
      const row = await transact(pool, (ctx) =>
        ctx.get(sql<{ texts: (string | null)[]; numbers: number[] }>`select ${texts}::text[] as texts, ${numbers}::int[] as numbers`),
      )
      expect(row).toEqual({ texts, numbers })
    }),
    { numRuns: 300 },
  )
})
