/** The audit chain holds when nobody touched it, and names the place of every planted change. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { house, othersEnded, type TestHouse } from '#house'
import { type AuditFinding, chainAudit, openPool, type Pool, readSecrets, transact, verifyAudit } from '#platform'

let place: TestHouse
let pool: Pool
let owner: pg.Client
const secrets = readSecrets(undefined, mkdtempSync(join(tmpdir(), 'yigongli-keys-')))
const strangers = readSecrets(undefined, mkdtempSync(join(tmpdir(), 'yigongli-keys-')))
const account = randomUUID()

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'jobs', 2)
  owner = new pg.Client({ connectionString: place.url })
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await pool.end()
  await place.close()
})

/** Acts of one account, a second apart, the last one an hour ago; all in one shard. */
async function act(count: number, endedHoursAgo = 1): Promise<void> {
  await owner.query(
    `insert into platform.audit (county, id, at, operation, account_id, actor_name, purpose, subject_id, row_count)
     select '530000', gen_random_uuid(), now() - make_interval(hours => $3) - make_interval(secs => $1 - n), 'members.getMember', $2, '张三', '核对', gen_random_uuid(), n
     from generate_series(1, $1) n`,
    [count, account, endedHoursAgo],
  )
}

const chain = () => transact(pool, (ctx) => chainAudit(ctx, secrets))

/** Chains everything that has ended. */
async function chainAll() {
  await othersEnded(place.url)
  return chain()
}
const verify = (trusted = secrets.signers) => transact(pool, (ctx) => verifyAudit(ctx, trusted))
/** The id of the row that the chain counts as this one. */
const rowAt = async (number: number): Promise<string> =>
  (await owner.query<{ id: string }>('select audit_id as id from platform.audit_link where number = $1', [number])).rows[0]?.id ?? ''
const found = ({ findings }: { findings: AuditFinding[] }) => findings.map(({ what, number }) => [what, number])

beforeEach(async () => {
  await owner.query('truncate platform.audit, platform.audit_link, platform.audit_checkpoint')
  await act(20)
  expect(await chainAll()).toMatchObject({ linked: 20, more: false })
})

describe('the chain', () => {
  test('holds when nobody touched it, over several runs and shards', async () => {
    await owner.query(
      `insert into platform.audit (county, id, at, operation, account_id, actor_name, row_count)
       select '530000', gen_random_uuid(), now() - interval '10 minutes', 'x.y', gen_random_uuid(), '李四', 1 from generate_series(1, 50)`,
    )
    expect(await chainAll()).toMatchObject({ linked: 50 })
    expect(await chain()).toMatchObject({ linked: 0, checkpoints: [] })
    expect(await verify()).toEqual({ checked: 70, findings: [] })
  })

  test('does not pass a transaction that is still open, and links its row when it has ended', async () => {
    const insert = `insert into platform.audit (county, id, operation, actor_name, row_count) values ('530000', gen_random_uuid(), 'x.y', '系统', 1)`
    const slow = new pg.Client({ connectionString: place.url })
    await slow.connect()
    await slow.query(`begin; ${insert}`)
    await owner.query(insert)
    expect(await chain()).toMatchObject({ linked: 0 })
    expect((await verify()).findings).toEqual([])
    await slow.query('commit')
    await slow.end()
    expect(await chainAll()).toMatchObject({ linked: 2 })
    expect(await verify()).toEqual({ checked: 22, findings: [] })
  })

  test.each([
    ['operation', `'members.listMembers'`],
    ['actor_name', `'李四'`],
    ['purpose', 'null'],
    ['account_id', 'gen_random_uuid()'],
    ['subject_id', 'gen_random_uuid()'],
    ['row_count', '0'],
    ['at', `at + interval '1 microsecond'`],
  ])('names the row whose %s was changed', async (column, value) => {
    await owner.query(`update platform.audit set ${column} = ${value} where id = $1`, [await rowAt(7)])
    expect(found(await verify())).toEqual([['ROW_CHANGED', 7]])
  })

  test('names the row that was removed', async () => {
    await owner.query('delete from platform.audit where id = $1', [await rowAt(7)])
    expect(found(await verify())).toEqual([['ROW_MISSING', 7]])
  })

  test('names the row that was put in among old ones, and never links it', async () => {
    const id = randomUUID()
    await owner.query(
      `insert into platform.audit (county, id, at, operation, actor_name, row_count, transaction)
       values ('530000', $1, now() - interval '2 hours', 'x.y', '张三', 1, '3')`,
      [id],
    )
    expect(await chain()).toMatchObject({ linked: 0 })
    expect((await verify()).findings).toEqual([{ what: 'ROW_INSERTED', shard: undefined, number: undefined, auditId: id }])
  })

  test('names the row that says it was written long before the one it follows', async () => {
    await act(1, 3)
    expect(await chainAll()).toMatchObject({ linked: 1 })
    expect(found(await verify())).toEqual([['ROW_INSERTED', 21]])
  })

  test('names the link that was changed, and only that one', async () => {
    await owner.query(`update platform.audit_link set hash = decode(repeat('ab', 32), 'hex') where number = 7`)
    expect(found(await verify())).toEqual([['LINK_CHANGED', 7]])
  })

  test('names the link that was removed, and its row', async () => {
    const id = await rowAt(7)
    await owner.query('delete from platform.audit_link where number = 7')
    const { findings } = await verify()
    expect(findings.map(({ what, number, auditId }) => [what, number ?? auditId])).toEqual([
      ['LINK_MISSING', 7],
      ['ROW_INSERTED', id],
    ])
  })

  test('names two changed rows, with the sound ones between them', async () => {
    await owner.query('update platform.audit set row_count = 999 where id = any($1)', [[await rowAt(3), await rowAt(12)]])
    expect(found(await verify())).toEqual([
      ['ROW_CHANGED', 3],
      ['ROW_CHANGED', 12],
    ])
  })

  test('that was made afresh after a change, and signed by somebody else, does not pass', async () => {
    await owner.query('update platform.audit set row_count = 999 where id = $1', [await rowAt(7)])
    await owner.query('truncate platform.audit_link, platform.audit_checkpoint')
    await othersEnded(place.url)
    await transact(openOwner(), (ctx) => chainAudit(ctx, strangers))
    // Checked by the key in the row itself, as it was before, this forgery passed.
    expect(found(await verify())).toEqual([['CHECKPOINT_WRONG', 20]])
    expect(found(await verify([...secrets.signers, ...strangers.signers]))).toEqual([])
  })

  test('names a checkpoint that says another hash, and one whose link is gone', async () => {
    await owner.query(`update platform.audit_checkpoint set hash = decode(repeat('00', 32), 'hex')`)
    expect(found(await verify())).toEqual([['CHECKPOINT_WRONG', 20]])
    await owner.query(`update platform.audit_checkpoint set number = 21`)
    expect(found(await verify())).toEqual([['CHECKPOINT_WRONG', 21]])
  })
})

const owners: Pool[] = []
function openOwner(): Pool {
  const opened = openPool(place.url, 'owner', 1)
  owners.push(opened)
  return opened
}

afterAll(() => Promise.all(owners.map((opened) => opened.end())))

test('neither the web nor the jobs may change what is written down', async () => {
  for (const wall of ['app', 'jobs'] as const) {
    const client = new pg.Client({ connectionString: place.url, options: `-c role=yigongli_${wall}` })
    await client.connect()
    for (const table of ['event', 'audit', 'audit_link', 'audit_checkpoint']) {
      await expect(client.query(`delete from platform.${table}`)).rejects.toMatchObject({ code: '42501' })
      await expect(client.query(`update platform.${table} set county = county`)).rejects.toThrow(/permission denied|does not exist/)
      await expect(client.query(`truncate platform.${table}`)).rejects.toMatchObject({ code: '42501' })
    }
    await client.end()
  }
})
