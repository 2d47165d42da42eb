/**
 * Where tables live and what walls them (ARCHITECTURE.md, one machine, then many), read from the catalogue of a migrated database and
 * compared with what the modules declare in tables.ts.
 *
 * Seen to fail: a table without a declaration and one declared twice; `county` taken out of a unique index; a foreign key on `id` alone;
 * a trigger; row-level security taken from members.member; a policy written with `path >= current_setting('app.scope')`.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type OpenTestHouse } from '#house'
import { type Placement, platformTables } from '#platform'
import { modules } from '../modules.ts'

/** Schemas of others: the queue keeps its own tables, the list of applied migrations is one per database. */
const notOurs = ['graphile_worker', 'migration', 'information_schema', 'pg_catalog', 'public']
const declared: readonly Placement[] = [...platformTables, ...modules.flatMap((module) => module.tables)]
const distributed = declared.flatMap((table) => (table.placement === 'distributed' ? [table] : []))
const walled = declared.filter((table) => table.personal === 'walled').map((table) => table.table)

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

const list = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => (await owner.query(text, values)).rows as Row[]

describe('placement', () => {
  test('every table is declared once, and every declared table exists', async () => {
    const tables = await list<{ table: string }>(
      `select n.nspname || '.' || c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> all ($1) order by 1`,
      [notOurs],
    )
    expect(tables.length).toBeGreaterThan(30)
    expect(declared.map((table) => table.table).sort()).toEqual(tables.map((row) => row.table).sort())
  })

  test('each module declares only tables of its own schema', () => {
    const foreign = modules.flatMap((module) => module.tables.filter(({ table }) => !table.startsWith(`${module.name}.`)))
    expect(foreign).toEqual([])
  })

  test('a distributed table has its column, never empty, in the primary key and in every unique index', async () => {
    const wrong: string[] = []
    for (const { table, by } of distributed) {
      const indexes = await list<{ name: string; primary: boolean; columns: string[] }>(
        `select i.indexrelid::regclass::text as name, i.indisprimary as primary,
           array(select a.attname::text from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey)) as columns
         from pg_index i where i.indrelid = $1::regclass and i.indisunique`,
        [table],
      )
      if (!indexes.some((index) => index.primary)) wrong.push(`${table} has no primary key`)
      for (const { name, columns } of indexes) if (!columns.includes(by)) wrong.push(`${name} does not carry ${by}`)
      const [column] = await list<{ not_null: boolean }>(
        `select attnotnull as not_null from pg_attribute where attrelid = $1::regclass and attname = $2`,
        [table, by],
      )
      if (column?.not_null !== true) wrong.push(`${table}.${by} may be empty`)
    }
    expect(wrong).toEqual([])
    expect(distributed.length).toBeGreaterThan(12)
  })

  test('a foreign key between distributed tables carries the column; none leads from a reference table to one that is split', async () => {
    const keys = await list<{ name: string; from: string; to: string; columns: string[]; targets: string[] }>(
      `select conname as name, conrelid::regclass::text as from, confrelid::regclass::text as to,
         array(select a.attname::text from unnest(conkey) with ordinality k(n, i) join pg_attribute a on a.attrelid = conrelid and a.attnum = k.n order by i) as columns,
         array(select a.attname::text from unnest(confkey) with ordinality k(n, i) join pg_attribute a on a.attrelid = confrelid and a.attnum = k.n order by i) as targets
       from pg_constraint c join pg_namespace n on n.oid = c.connamespace where contype = 'f' and n.nspname <> all ($1)`,
      [notOurs],
    )
    const placed = new Map(declared.map((table) => [table.table, table]))
    const wrong = keys.flatMap(({ name, from, to, columns, targets }) => {
      const [source, target] = [placed.get(from), placed.get(to)]
      if (target?.placement !== 'distributed') return []
      if (source?.placement !== 'distributed') return [`${name}: ${from} is not split, ${to} is`]
      const at = columns.indexOf(source.by)
      return at >= 0 && targets[at] === target.by ? [] : [`${name}: ${from} → ${to} does not carry ${target.by}`]
    })
    expect(wrong).toEqual([])
    expect(keys.length).toBeGreaterThan(5)
  })

  test('there is no trigger anywhere', async () => {
    const triggers = await list(
      `select t.tgname, c.oid::regclass::text as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
       join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname <> all ($1)`,
      [notOurs],
    )
    expect(triggers).toEqual([])
  })
})

/** Columns by which single persons can be told. */
const tellsPersons =
  '(^|_)(phone|identity|born|ethnicity|gender|landline|leave|actor|speeches)(_|$)|(member|account|subject)_id$|(by|host|recorder|contact)_name$'

describe('personal data', () => {
  test('is declared wherever a column tells of single persons', async () => {
    const tables = await list<{ table: string; columns: string[] }>(
      `select c.oid::regclass::text as table, array_agg(a.attname::text) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid where c.relkind in ('r', 'p') and a.attnum > 0 and a.attname ~ $1 and n.nspname !~ '^pg_' and n.nspname <> all ($2)
       group by 1 order by 1`,
      [tellsPersons, notOurs],
    )
    const silent = tables.filter(({ table }) => declared.find((d) => d.table === table)?.personal === undefined)
    expect(silent).toEqual([])
    expect(tables.length).toBeGreaterThan(10)
  })

  test('that is declared walled stands behind row-level security, closed when nothing is set', async () => {
    expect(walled).toEqual(expect.arrayContaining(['members.member', 'meetings.attendance']))
    for (const table of walled) {
      const [row] = await list<{ secured: boolean }>('select relrowsecurity as secured from pg_class where oid = $1::regclass', [table])
      expect(row?.secured, table).toBe(true)
    }
    const branch = home.node('甲村党支部')
    await home.addMembers(branch, 2)
    await owner.query(
      `insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
       values ($1, gen_random_uuid(), $2, $3, '例会', 'PLANNED', 'ONSITE', now(), '')`,
      [branch.county, branch.id, branch.path],
    )
    await owner.query(
      `insert into meetings.attendance (county, gathering_id, member_id, name, capacity, has_vote, expected, state)
       select m.county, g.id, m.id, m.name, 'MEMBER', true, true, 'EXPECTED' from members.member m, meetings.gathering g`,
    )
    await owner.query(
      `insert into meetings.exemption (county, id, organisation_id, path, member_id, name, year, reason, by_name)
       select county, gen_random_uuid(), organisation_id, path, id, name, 2026, 'ILLNESS', '李阿普' from members.member`,
    )
    await owner.query(`insert into reviews.review (county, organisation_id, year, path, state) values ($1, $2, '2025', $3, 'PREPARING')`, [
      branch.county,
      branch.id,
      branch.path,
    ])
    await owner.query(
      `with m as (select county, id, organisation_id, path, name, row_number() over (order by id) as n from members.member),
        person as (insert into reviews.person (county, organisation_id, year, member_id, path, name, probationary)
          select county, organisation_id, '2025', id, path, name, false from m),
        voter as (insert into reviews.voter (county, organisation_id, year, member_id, path) select county, organisation_id, '2025', id, path from m),
        rectification as (insert into reviews.rectification (county, id, organisation_id, path, year, problem, measure, member_id, name, due_on)
          select county, gen_random_uuid(), organisation_id, path, '2025', '问题', '措施', id, name, '2025-12-31' from m),
        promise as (insert into reviews.promise (county, id, organisation_id, path, year, member_id, name, text)
          select county, gen_random_uuid(), organisation_id, path, '2025', id, name, '承诺' from m)
       insert into reviews.talk (county, id, organisation_id, path, day, member_id, name, other_member_id, other_name)
       select county, gen_random_uuid(), organisation_id, path, '2025-12-31', id, name, 'ffffffff-ffff-4fff-bfff-ffffffffffff', '别人' from m`,
    )
    await owner.query(
      `insert into reviews.amendment (county, id, organisation_id, year, member_id, path, account_id, by_name, field, sealed)
       select county, gen_random_uuid(), organisation_id, year, member_id, path, gen_random_uuid(), '李阿普', 'grade', '' from reviews.person`,
    )
    await owner.query(
      `with learned as (
         insert into study.learned (county, gathering_id, member_id, organisation_id, path, held_on, minutes, training)
         select m.county, g.id, m.id, g.organisation_id, g.path, current_date, 45, false from members.member m, meetings.gathering g)
       insert into study.question (county, id, organisation_id, path, member_id, by_name, text)
       select m.county, gen_random_uuid(), m.organisation_id, m.path, m.id, m.name, '为什么？' from members.member m`,
    )
    await owner.query(
      `with away as (
         insert into floating.registration (county, id, member_id, name, organisation_id, path, reason, area_code, fixed, out_on, state, content_hash)
         select county, id, id, name, organisation_id, path, 'WORK', '530112', false, current_date, 'REGISTERED_OUT', '' from members.member),
       entry as (
         insert into floating.entry (county, id, registration_id, action, on_day, side, by_name, content_hash)
         select county, gen_random_uuid(), id, 'CONTACT', current_date, 'HOME', '李阿普', '' from members.member),
       pass as (
         insert into floating.pass (county, id, number, registration_id, member_id, issuer_id, state, issued_on, valid_until)
         select county, gen_random_uuid(), id::text, id, id, organisation_id, 'ACTIVE', current_date, current_date from members.member),
       opinion as (
         insert into floating.opinion (county, registration_id, year, text, host_name, by_name)
         select county, id, 2026, '意见', '流入地', '李阿普' from members.member),
       part as (
         insert into floating.participation (county, id, member_id, name, organisation_id, path, host_name, outside, title, kinds, on_day, attendance,
           recorded_by)
         select county, gen_random_uuid(), id, name, organisation_id, path, '省外', id::text, '主题党日', '{THEME_DAY}', current_date, 'PRESENT', '李阿普'
         from members.member)
       insert into floating.door_check (county, id, organisation_id, path, gathering_id, member_id, outcome, sentence, admitted, by_name, device_at, content_hash)
       select m.county, gen_random_uuid(), m.organisation_id, m.path, g.id, m.id, 'VALID', '{}', true, '李阿普', now(), ''
       from members.member m, meetings.gathering g`,
    )
    for (const table of walled) {
      expect(await countAs('yigongli_jobs', table, undefined, undefined), table).toBe(2)
      for (const scope of [undefined, '']) expect(await countAs('yigongli_app', table, scope, undefined), `${table} ${scope}`).toBe(0)
      expect(await countAs('yigongli_app', table, '', ''), table).toBe(0)
      for (const name of ['甲村党支部', '甲镇党委', '省委'])
        expect(await countAs('yigongli_app', table, home.node(name).path, ''), `${table} ${name}`).toBe(2)
      for (const name of ['乙村党支部', '乙镇党委'])
        expect(await countAs('yigongli_app', table, home.node(name).path, ''), `${table} ${name}`).toBe(0)
      const [member] = await list<{ id: string }>('select id from members.member limit 1')
      expect(await countAs('yigongli_app', table, '', `{${member?.id}}`), `${table} self`).toBe(1)
    }
  })

  test('is closed again on a connection whose transaction has ended', async () => {
    const client = new pg.Client({ connectionString: home.url, options: '-c role=yigongli_app' })
    await client.connect()
    await client.query(`begin; set local app.scope = '${home.node('省委').path}'`)
    expect((await client.query('select from members.member')).rowCount).toBe(2)
    await client.query('commit')
    // Now the setting is an empty string, and a path is always greater: the policy must not compare with it.
    expect((await client.query('select from members.member')).rowCount).toBe(0)
    await client.end()
  })

  test('can be neither written nor moved outside the scope', async () => {
    const client = new pg.Client({ connectionString: home.url, options: '-c role=yigongli_app' })
    await client.connect()
    await client.query(`begin; set local app.scope = '${home.node('甲村党支部').path}'`)
    await expect(client.query('update members.member set path = $1', [home.node('丙村党支部').path])).rejects.toMatchObject({
      code: '42501',
    })
    await client.query('rollback')
    await client.query(`begin; set local app.scope = '${home.node('乙村党支部').path}'`)
    expect((await client.query(`update members.member set name = '别人'`)).rowCount).toBe(0)
    expect((await client.query('delete from meetings.attendance')).rowCount).toBe(0)
    await client.query('rollback')
    await client.end()
  })
})

/** Rows of a table that this role sees under this setting. */
async function countAs(role: string, table: string, scope: string | undefined, self: string | undefined): Promise<number> {
  const client = new pg.Client({ connectionString: home.url, options: `-c role=${role}` })
  await client.connect()
  try {
    await client.query('begin')
    if (scope !== undefined) await client.query(`set local app.scope = '${scope}'`)
    if (self !== undefined) await client.query(`set local app.self = '${self}'`)
    return (await client.query(`select from ${table}`)).rowCount ?? -1
  } finally {
    await client.end()
  }
}
