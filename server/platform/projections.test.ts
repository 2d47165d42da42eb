/** The tail of the events: nothing skipped, nothing twice, in order, whoever is slow and wherever it is killed. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseUrl, house, othersEnded, type TestHouse } from '#house'
import { catchUp, type Context, type Event, lag, openPool, type Pool, type Projection, rebuild, sql, step, transact } from '#platform'
import { openLog } from './log.ts'
import { Metrics } from './metrics.ts'
import { runProjections } from './projections.ts'

let place: TestHouse
let pool: Pool

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'jobs', 8)
  await transact(openOwner(), (ctx) =>
    ctx.query(sql`create table public.seen (projection text, number int, primary key (projection, number))`),
  )
  await transact(openOwner(), (ctx) => ctx.query(sql`grant all on public.seen to yigongli_jobs`))
})

const owners: Pool[] = []
function openOwner(): Pool {
  const owner = openPool(place.url, 'owner', 1)
  owners.push(owner)
  return owner
}

afterAll(async () => {
  for (const owner of owners) await owner.end()
  await pool.end()
  await place.close()
})

/** A projection of this test: keeps the number of each event it has seen, and fails when it sees one twice. */
function counter(fails: (events: Event[]) => void = () => {}): Projection & { order: number[] } {
  const name = `test.${randomUUID()}`
  const order: number[] = []
  return {
    name,
    order,
    listens: [`test.`],
    async apply(ctx, events) {
      const numbers = events.map((event) => Number(event.data['number']))
      await ctx.query(sql`insert into public.seen select ${name}, * from unnest(${numbers}::int[])`)
      fails(events)
      order.push(...numbers)
    },
    async reset(ctx) {
      await ctx.query(sql`delete from public.seen where projection = ${name}`)
      order.length = 0
    },
  }
}

const kept = (name: string) =>
  transact(pool, (ctx) => ctx.query(sql<{ number: number }>`select number from public.seen where projection = ${name} order by 1`)).then(
    (rows) => rows.map((row) => row.number),
  )

let counted = 0
beforeEach(async () => {
  counted = 0
  await transact(openOwner(), (ctx) => ctx.query(sql`truncate platform.event`))
})

function happen(ctx: Context): number {
  counted += 1
  ctx.emit({
    type: 'test.happened',
    county: '530000',
    nodeId: randomUUID(),
    path: 'a/',
    subjectId: randomUUID(),
    data: { number: counted },
  })
  return counted
}

const write = () => transact(pool, async (ctx) => void happen(ctx))
const insert = (number: number) =>
  `insert into platform.event (county, id, type, node_id, path, subject_id, data)
   values ('530000', gen_random_uuid(), 'test.happened', gen_random_uuid(), 'a/', gen_random_uuid(), '{"number": ${number}}')`

/** A connection of its own, to hold a transaction open. */
async function connect(url = place.url): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

const all = (projection: Projection) => catchUp(pool, [projection])

describe('the tail', () => {
  test('does not pass a transaction that is still open, and reads it in its place once it commits', async () => {
    const slow = await connect()
    await slow.query('begin')
    counted = 1
    await slow.query(insert(1))
    await write()
    await write()
    const projection = counter()
    expect((await step(pool, projection)).seen).toBe(0)
    // A tail by position alone would have read 2 and 3 here and lost 1: seen to fail with that `where`.
    expect(projection.order).toEqual([])
    await slow.query('commit')
    await slow.end()
    await all(projection)
    expect(projection.order).toEqual([1, 2, 3])
  })

  test('skips what was rolled back', async () => {
    const slow = await connect()
    await slow.query('begin')
    await slow.query(insert(99))
    await write()
    await slow.query('rollback')
    await slow.end()
    const projection = counter()
    await all(projection)
    expect(projection.order).toEqual([1])
  })

  test('is not held back by a transaction that only reads', async () => {
    const reader = await connect()
    await reader.query('begin isolation level repeatable read')
    await reader.query('select count(*) from platform.event')
    await write()
    const projection = counter()
    await all(projection)
    expect(projection.order).toEqual([1])
    await reader.query('commit')
    await reader.end()
  })

  test('is held back by a writer in another database of the same server, which is why jobs write in short transactions', async () => {
    const elsewhere = await connect(databaseUrl(place.url, 'postgres'))
    await elsewhere.query('begin')
    await elsewhere.query('select pg_current_xact_id()')
    await write()
    const projection = counter()
    expect((await step(pool, projection)).seen).toBe(0)
    expect(await lag(pool, projection.name)).toBeGreaterThan(0)
    await elsewhere.query('rollback')
    await elsewhere.end()
    await all(projection)
    expect(projection.order).toEqual([1])
    expect(await lag(pool, projection.name)).toBe(0)
  })

  test('keeps the order of many writers, more than one batch of them', async () => {
    await Promise.all(
      Array.from({ length: 120 }, () =>
        transact(pool, async (ctx) => {
          for (let n = 0; n < 10; n += 1) happen(ctx)
        }),
      ),
    )
    const projection = counter()
    await all(projection)
    expect(projection.order).toHaveLength(1200)
    expect(await kept(projection.name)).toEqual(Array.from({ length: 1200 }, (_, n) => n + 1))
    // Each transaction wrote ten in a row; they are read in a row.
    for (let i = 0; i < 1200; i += 10) expect(projection.order[i + 9]).toBe((projection.order[i] ?? 0) + 9)
  })
})

describe('a step', () => {
  test('that fails in the middle leaves nothing, and the next one does it once', async () => {
    await write()
    await write()
    let broken = true
    const projection = counter(() => {
      if (broken) throw new Error('broken')
    })
    await othersEnded(place.url)
    await expect(step(pool, projection)).rejects.toThrow('broken')
    expect(await kept(projection.name)).toEqual([])
    broken = false
    await all(projection)
    expect(projection.order).toEqual([1, 2])
  })

  test('whose connection is killed in the middle leaves nothing, and the next one does it once', async () => {
    await write()
    const projection = counter()
    const killed: Projection = {
      ...projection,
      async apply(ctx, events) {
        await projection.apply(ctx, events)
        const { pid } = await ctx.get(sql<{ pid: number }>`select pg_backend_pid() as pid`)
        const killer = await connect()
        await killer.query('select pg_terminate_backend($1)', [pid])
        await killer.end()
      },
    }
    await othersEnded(place.url)
    await expect(step(pool, killed)).rejects.toThrow(/terminat|connection error/)
    expect(await kept(projection.name)).toEqual([])
    projection.order.length = 0
    await all(projection)
    expect(projection.order).toEqual([1])
  })

  test('done by two workers at once is done by one of them', async () => {
    for (let n = 0; n < 30; n += 1) await write()
    const projection = counter()
    await Promise.all(Array.from({ length: 6 }, () => all(projection)))
    await all(projection)
    expect(projection.order).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  })

  test('without news takes no transaction number', async () => {
    await write()
    const projection = counter()
    await all(projection)
    const locked = () =>
      transact(pool, (ctx) => ctx.get(sql`select xmax::text as "lockedBy" from platform.projection where name = ${projection.name}`))
    const before = await locked()
    for (let n = 0; n < 5; n += 1) await step(pool, projection)
    // The row's last locker is still the one before, so no step took the lock, nor a number to take it with.
    expect(await locked()).toEqual(before)
  })
})

test('a rebuild reads everything again and ends where it was', async () => {
  for (let n = 0; n < 5; n += 1) await write()
  const projection = counter()
  await all(projection)
  await transact(pool, (ctx) => ctx.query(sql`delete from public.seen where projection = ${projection.name} and number = 3`))
  await rebuild(pool, projection)
  expect(await kept(projection.name)).toEqual([1, 2, 3, 4, 5])
  expect(await lag(pool, projection.name)).toBe(0)
})

test('a projection that has not begun is as late as the oldest event', async () => {
  await write()
  expect(await lag(pool, counter().name)).toBeGreaterThan(0)
})

test('a broken projection says why, without the values, and does not hold up the others', async () => {
  await write()
  const name = '张三丰'
  const broken: Projection = {
    ...counter(),
    async apply(ctx) {
      await ctx.query(sql`select ${name}::int`)
    },
  }
  const sound = counter()
  const lines: string[] = []
  const running = runProjections(pool, [broken, sound], openLog('error', { write: (line) => void lines.push(line) }), new Metrics(pool))
  const failure = () =>
    transact(pool, (ctx) => ctx.find(sql<{ failure: string | null }>`select failure from platform.projection where name = ${broken.name}`))
  await expect.poll(() => sound.order).toEqual([1])
  await write()
  await expect.poll(() => sound.order).toEqual([1, 2])
  // The cursor row is made by the first step that succeeds, or is there already for one that worked before.
  await transact(pool, (ctx) => ctx.query(sql`insert into platform.projection (name) values (${broken.name}) on conflict do nothing`))
  await expect.poll(failure).toMatchObject({ failure: 'DatabaseError 22P02' })
  await running.stop()
  expect(lines.join('')).toContain('22P02')
  expect(lines.join('')).not.toContain(name)
})
