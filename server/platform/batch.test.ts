/** Group commit: calls that arrive together commit together, and each gets its own answer. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { house, type TestHouse } from '#house'
import { type Context, DomainError, openPool, type Pool, sql } from '#platform'
import { Batch } from './batch.ts'
import { translate } from './present.ts'

let place: TestHouse
let pool: Pool
let owner: pg.Client

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'app', 4)
  owner = new pg.Client({ connectionString: place.url })
  await owner.connect()
  await owner.query('create table public.mark (n int primary key, xid xid8 default pg_current_xact_id())')
  await owner.query('grant all on public.mark to yigongli_app')
})

afterAll(async () => {
  await owner.end()
  await pool.end()
  await place.close()
})

beforeEach(() => owner.query('truncate public.mark'))

/** Marks each number; refuses multiples of ten, and cannot do the poisoned one at all. */
async function mark(ctx: Context, numbers: number[], poison = -1): Promise<(string | DomainError)[]> {
  const wanted = numbers.filter((n) => n % 10 !== 0)
  await ctx.query(sql`insert into public.mark (n) select * from unnest(${wanted.map((n) => (n === poison ? null : n))}::int[])`)
  return numbers.map((n) => (n % 10 === 0 ? new DomainError('WRONG_STATE') : `marked ${n}`))
}

const outcome = (answer: Promise<unknown>) => answer.then(String, (error: unknown) => translate(error).code)
const numbers = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i)
const nobody = () => null

describe('a group', () => {
  test('answers each call with its own outcome, in few transactions', async () => {
    const batch = new Batch<number, string>(pool, 50, mark, nobody)
    const outcomes = await Promise.all(numbers(1, 301).map((n) => outcome(batch.add(n))))
    expect(outcomes).toEqual(numbers(1, 301).map((n) => (n % 10 === 0 ? 'WRONG_STATE' : `marked ${n}`)))
    const { rows } = await owner.query<{ marks: number; groups: number }>(
      'select count(*)::int as marks, count(distinct xid)::int as groups from public.mark',
    )
    expect(rows[0]?.marks).toBe(270)
    expect(rows[0]?.groups).toBeLessThan(30)
  })

  test('begins beside another when enough wait for it, and never as a third', async () => {
    const gate = Promise.withResolvers<void>()
    const sizes: number[] = []
    const batch = new Batch<number, string>(
      pool,
      50,
      async (ctx, inputs) => {
        sizes.push(inputs.length)
        await gate.promise
        return mark(ctx, inputs)
      },
      nobody,
    )
    const begun = (groups: number) => expect.poll(() => sizes.length).toBe(groups)
    const add = (from: number, until: number) => numbers(from, until).map((n) => outcome(batch.add(n)))
    const answers = add(1, 2)
    await begun(1)
    answers.push(...add(2, 13))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sizes).toEqual([1])
    answers.push(...add(13, 14))
    await begun(2)
    answers.push(...add(14, 40))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sizes).toEqual([1, 12])
    gate.resolve()
    expect(await Promise.all(answers)).toEqual(numbers(1, 40).map((n) => (n % 10 === 0 ? 'WRONG_STATE' : `marked ${n}`)))
  })

  test('is not spoilt by a call that cannot be done', async () => {
    const batch = new Batch<number, string>(pool, 50, (ctx, inputs) => mark(ctx, inputs, 7), nobody)
    const outcomes = await Promise.all(numbers(1, 41).map((n) => outcome(batch.add(n))))
    // Before calls were then done alone, all forty failed with the one.
    expect(outcomes.filter((o) => o === 'UNEXPECTED')).toHaveLength(1)
    expect(outcomes[6]).toBe('UNEXPECTED')
    expect(outcomes.filter((o) => o.startsWith('marked'))).toHaveLength(35)
    expect(outcomes.filter((o) => o === 'WRONG_STATE')).toHaveLength(4)
  })

  test('that answers too few of its calls fails rather than inventing answers', async () => {
    const batch = new Batch<number, string>(pool, 50, async () => [], nobody)
    expect(await outcome(batch.add(1))).toBe('UNEXPECTED')
  })

  test('that lost its connection is told to all as DATABASE_AWAY and done for none', async () => {
    const batch = new Batch<number, string>(
      pool,
      50,
      async (ctx, inputs) => {
        const answers = await mark(ctx, inputs)
        const { pid } = await ctx.get(sql<{ pid: number }>`select pg_backend_pid() as pid`)
        await owner.query('select pg_terminate_backend($1)', [pid])
        return answers
      },
      nobody,
    )
    const outcomes = await Promise.all([1, 2, 3].map((n) => outcome(batch.add(n))))
    expect(outcomes).toEqual(['DATABASE_AWAY', 'DATABASE_AWAY', 'DATABASE_AWAY'])
    expect((await owner.query('select from public.mark')).rowCount).toBe(0)
  })

  test('shows row-level security the own records of its callers and no scope', async () => {
    const seen: { scope: string; self: string }[] = []
    const batch = new Batch<string, string>(
      pool,
      50,
      async (ctx, inputs) => {
        seen.push(await ctx.get(sql`select current_setting('app.scope', true) as scope, current_setting('app.self', true) as self`))
        return inputs
      },
      (id) => id,
    )
    const [a, b] = [randomUUID(), randomUUID()]
    await Promise.all([batch.add(a), batch.add(b)])
    expect(seen).toEqual([{ scope: '', self: `{${a},${b}}` }])
  })
})

test('beyond five thousand waiting, newcomers are asked to come back', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  const batch = new Batch<number, number>(pool, 10, async (_ctx, inputs) => (await gate, inputs), nobody)
  const waiting = numbers(0, 5000).map((n) => batch.add(n))
  expect(await outcome(batch.add(5001))).toBe('BUSY')
  open()
  expect(await Promise.all(waiting)).toEqual(numbers(0, 5000))
})
