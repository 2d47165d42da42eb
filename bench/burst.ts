/** Everybody signs in by password at once, which is slow on purpose (Argon2id), while others go on reading. */
import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { openPool, readSecrets, sql, transact } from '#platform'
import { row } from './callers.ts'
import { Generator, type Measured, request, type Rows } from './load.ts'
import type { Place } from './place.ts'
import type { Running } from './server.ts'

const password = '一公里2026'
const people = 2000
const readsPerSecond = 100
const seconds = 8

const read = request('GET', '/api/me/notifications', { cookie: `yigongli=${row.token}`, 'x-device-id': row.member })
const signIn = (length: number) =>
  `POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`

/** @param rows callers who read @returns reads in quiet, reads during the burst, and the burst itself */
export async function measureBurst(
  generator: Generator,
  place: Place,
  server: Running,
  rows: Rows,
): Promise<{ quiet: Measured; during: Measured; burst: Measured }> {
  const phones = await addPeople(place)
  const crowd = new Generator()
  const body = (phone: string, device: string) => JSON.stringify({ phone, password, deviceId: device, deviceName: '手机' })
  await crowd.give(phones.map((phone) => [phone, randomUUID()]))
  await generator.give(rows)
  const steady = { port: server.port, template: read, connections: 16, seconds, from: 0, round: 0, perSecond: readsPerSecond }
  await generator.run({ ...steady, seconds: 2 })
  const quiet = await generator.run(steady)
  const template = signIn(Buffer.byteLength(body('1'.repeat(11), randomUUID()))) + body('{0}', '{1}')
  const [during, burst] = await Promise.all([
    generator.run(steady),
    crowd.run({ port: server.port, template, connections: 48, seconds: seconds + 1, from: 0, round: 0 }),
  ])
  crowd.stop()
  return { quiet, during, burst }
}

/** Accounts with a password; their numbers begin with 1990 and are nobody's. */
async function addPeople({ dataDir, url }: Place): Promise<string[]> {
  const secrets = readSecrets(undefined, dataDir)
  const phones = Array.from({ length: people }, (_, i) => `1990${String(i).padStart(7, '0')}`)
  const hashed = await hash(password)
  const pool = openPool(url, 'owner', 1)
  await transact(pool, (ctx) =>
    ctx.query(sql`
      insert into platform.account (id, name, phone_hash, phone_sealed, password_hash)
      select gen_random_uuid(), '张三', phone_hash, '\\x00', ${hashed} from unnest(${phones.map((phone) => secrets.lookup('phone', phone))}::bytea[]) as t(phone_hash)
      on conflict do nothing`),
  )
  await pool.end()
  return phones
}
