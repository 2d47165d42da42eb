/**
 * Hand-over without a network: a package signed by the recorder's phone is carried by somebody else, delivered, delivered again, altered,
 * forged. Sealed here by JOSE alone, as other software would read the contract.
 *
 * Seen to fail: with the type of the signature not looked at, with `ended` always false, with the hash not compared, with acts done in the
 * name of the carrier.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { CompactEncrypt, CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listSessions, revokeSession } from '#contract/identity'
import { putAttendance } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import { getPackageKeys, packageType, putDeviceKey, putPackage, receiptType } from '#contract/packages'
import { putAct } from '#contract/sync'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { sql } from '#platform'
import { beginThemeDay } from '../../test/gathering.ts'

let home: OpenTestHouse
let recorder: Person
/** From another branch; may neither see nor do anything in the recorder's. */
let carrier: Person
let params: { organisationId: string; gatheringId: string }
let roster: string[]
let phone: Phone

interface Phone {
  keyId: string
  privateKey: CryptoKey
}

/** A new signing key, registered by this person's device. */
async function registered(person: Person): Promise<Phone> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const { x = '', y = '' } = await exportJWK(publicKey)
  const { keyId } = await person.call(putDeviceKey, { body: { kty: 'EC', crv: 'P-256', x, y } })
  return { keyId, privateKey }
}

beforeAll(async () => {
  home = await openTestHouse()
  await home.addMembers('甲村党支部', 4)
  const [memberId = ''] = await home.addMembers('丙村党支部', 1)
  carrier = await home.signIn('MEMBER', '丙村党支部', { name: '盘文亮', memberId })
})

afterAll(() => home.close())

beforeEach(async () => {
  recorder = await home.signIn('RECORDER', '甲村党支部', { name: '罗记录' })
  phone = await registered(recorder)
  const begun = await beginThemeDay(recorder, home.node('甲村党支部'))
  params = begun.params
  roster = begun.gathering.roster.map(({ memberId }) => memberId)
})

let seq = 0
const present = (memberId = '', more: object = {}) => {
  seq += 1
  const deviceAt = new Date().toISOString()
  const body = { rows: [{ memberId, state: 'PRESENT_ONSITE', leaveReason: null, deviceAt }] }
  return { id: randomUUID(), operation: putAttendance.id, params, body, postId: recorder.postId, seq, deviceAt, offsetMs: 0, ...more }
}

const contentOf = (acts: unknown[], more: object = {}) => ({
  packageId: randomUUID(),
  accountId: recorder.accountId,
  madeAt: new Date().toISOString(),
  acts,
  ...more,
})

interface Sealing {
  by?: Phone
  typ?: string
  /** Bytes in place of the deflated content. */
  small?: Buffer
  kid?: string
}

/** As the contract says: JSON → DEFLATE → JWS → JWE. */
async function sealed(content: object, { by = phone, typ = packageType, small, kid }: Sealing = {}): Promise<string> {
  const { seal } = await recorder.call(getPackageKeys)
  const jws = await new CompactSign(small ?? deflateRawSync(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', kid: by.keyId, typ })
    .sign(by.privateKey)
  return new CompactEncrypt(Buffer.from(jws))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', zip: 'DEF', kid: kid ?? seal.kid, cty: packageType })
    .encrypt(await importJWK(seal, 'ECDH-ES+A256KW'))
}

const brought = (packageId: string, text: string) => ({ params: { packageId }, body: { sealed: text } })
const stateOf = async (memberId = '') =>
  (await recorder.call(getGathering, { params })).roster.find((row) => row.memberId === memberId)?.state
const receipts = () =>
  home.inside(
    async (ctx) => (await ctx.get(sql<{ n: number }>`select count(*)::int as n from sync.act where account_id = ${recorder.accountId}`)).n,
  )

describe('a package', () => {
  test('carried by somebody else is done in the name of its author, once, and its receipt is signed by the platform', async () => {
    const sent = present(roster[0])
    const acts = [sent, present(roster[1])]
    // Sent together, in whatever order: done in the order of the device.
    const content = contentOf(acts.toReversed())
    const text = await sealed(content)
    const delivered = await carrier.call(putPackage, brought(content.packageId, text))
    expect(delivered).toMatchObject({ packageId: content.packageId, acts: 2, repeated: false })
    expect([await stateOf(roster[0]), await stateOf(roster[1])]).toEqual(['PRESENT_ONSITE', 'PRESENT_ONSITE'])
    const [key] = (await recorder.call(getPackageKeys)).receipts
    const { payload, protectedHeader } = await compactVerify(delivered.receipt, await importJWK(key ?? {}, 'ES256'))
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: key?.kid, typ: receiptType })
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({
      packageId: content.packageId,
      receivedAt: delivered.receivedAt,
      actIds: acts.map(({ id }) => id),
    })
    const [event] = await home.inside((ctx) =>
      ctx.query(sql<{ accountId: string }>`
        select account_id as "accountId" from platform.event where type = 'sync.package.delivered' and subject_id = ${content.packageId}`),
    )
    expect(event).toEqual({ accountId: carrier.accountId })

    // The owner is back in range and the phone sends the same by itself.
    const { id: actId, ...body } = sent
    expect(await recorder.call(putAct, { params: { actId }, body: body as never })).toMatchObject({ outcome: 'DONE', repeated: true })
  })

  test('delivered again, by another, sealed afresh or many at once, does nothing more', async () => {
    const content = contentOf([present(roster[0])])
    const text = await sealed(content)
    const all = await Promise.all(Array.from({ length: 5 }, () => carrier.call(putPackage, brought(content.packageId, text))))
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(new Set(all.map(({ receivedAt }) => receivedAt)).size).toBe(1)
    const other = await home.signIn('BRANCH_SECRETARY', '乙村党支部')
    const again = await other.call(putPackage, brought(content.packageId, await sealed(content)))
    expect(again).toMatchObject({ repeated: true, acts: 1, receivedAt: all[0]?.receivedAt })
    expect(await receipts()).toBe(1)
    // What was delivered stays delivered, even when the phone has been signed out since.
    const current = (await recorder.call(listSessions)).items.find((session) => session.current)
    await recorder.call(revokeSession, { params: { sessionId: current?.id ?? '' } })
    expect(await carrier.call(putPackage, brought(content.packageId, text))).toMatchObject({ repeated: true })
  })

  test('with one act that is refused and one that stood for something else brings the others', async () => {
    const taken = present(roster[0])
    const { id: actId, ...body } = taken
    await recorder.call(putAct, { params: { actId }, body: body as never })
    const stranger = present(randomUUID())
    const content = contentOf([{ ...taken, body: { rows: [] } }, stranger, present(roster[1])])
    expect(await carrier.call(putPackage, brought(content.packageId, await sealed(content)))).toMatchObject({ acts: 2 })
    expect(await stateOf(roster[1])).toBe('PRESENT_ONSITE')
    const { id, ...asked } = stranger
    const told = await recorder.call(putAct, { params: { actId: id }, body: asked as never })
    expect(told).toMatchObject({ outcome: 'REFUSED', repeated: true, problem: { code: 'NOT_ON_ROSTER' } })
  })

  test('has no more rights than its author', async () => {
    const foreign = { params: { ...params, organisationId: home.node('丙村党支部').id } }
    const content = contentOf([present(roster[0], foreign), present(roster[0], { postId: carrier.postId })])
    await carrier.call(putPackage, brought(content.packageId, await sealed(content)))
    expect(await stateOf(roster[0])).toBe('EXPECTED')
  })
})

describe('each thing that can be wrong has its own sentence, and nothing is done:', () => {
  const refused = async (packageId: string, text: string) => {
    const { code, title } = await carrier.refusal(putPackage, brought(packageId, text))
    expect(await receipts()).toBe(0)
    return `${code}: ${title}`
  }

  test('an altered bit, wherever it is', async () => {
    const content = contentOf([present(roster[0])])
    const text = await sealed(content)
    const parts = text.split('.').map((part) => Buffer.from(part, 'base64url'))
    await fc.assert(
      fc.asyncProperty(fc.nat(parts.length - 1), fc.nat(), fc.nat(7), async (which, where, bit) => {
        const altered = parts.map((part) => Buffer.from(part))
        const part = altered[which] ?? Buffer.alloc(1)
        part[where % part.length] = (part[where % part.length] ?? 0) ^ (1 << bit)
        const said = await refused(content.packageId, altered.map((each) => each.toString('base64url')).join('.'))
        // A bit of the outside may make it another's, or no package at all; inside it is always damage.
        expect(said).toMatch(which === 0 ? /^(PACKAGE_DAMAGED|PACKAGE_FOR_ANOTHER|INVALID)/ : /^PACKAGE_DAMAGED: 包裹在路上被改动/)
      }),
      { numRuns: 60 },
    )
  })

  test('a key of another platform, a phone nobody registered, a signature by another phone', async () => {
    const content = contentOf([present(roster[0])])
    const { packageId } = content
    expect(await refused(packageId, await sealed(content, { kid: 'another' }))).toMatch(/^PACKAGE_FOR_ANOTHER: 这个包裹是封给另一个平台的/)
    const { privateKey } = await generateKeyPair('ES256')
    const unknown = /^PACKAGE_KEY_UNKNOWN: 包裹上的签名不是登记过的手机签的/
    expect(await refused(packageId, await sealed(content, { by: { keyId: 'nobody', privateKey } }))).toMatch(unknown)
    expect(await refused(packageId, await sealed(content, { by: { keyId: phone.keyId, privateKey } }))).toMatch(unknown)
    // A registered phone speaks for its own owner only, and only in packages.
    expect(await refused(packageId, await sealed(content, { by: await registered(carrier) }))).toMatch(unknown)
    expect(await refused(packageId, await sealed(content, { typ: receiptType }))).toMatch(unknown)
  })

  test('a session that was revoked while the phone was away; after signing in again the phone sends it itself', async () => {
    const act = present(roster[0])
    const content = contentOf([act])
    const text = await sealed(content)
    const current = (await recorder.call(listSessions)).items.find((session) => session.current)
    await recorder.call(revokeSession, { params: { sessionId: current?.id ?? '' } })
    expect(await refused(content.packageId, text)).toMatch(/^PACKAGE_SESSION_ENDED: 打包的手机已退出登录/)
  })

  test('another package under the same number, or under another', async () => {
    const content = contentOf([present(roster[0])])
    const text = await sealed(content)
    const other = await carrier.refusal(putPackage, brought(randomUUID(), text))
    expect(other).toMatchObject({ code: 'INVALID', fields: [{ path: 'path.packageId' }] })
    await carrier.call(putPackage, brought(content.packageId, text))
    const second = await sealed({ ...content, acts: [present(roster[1])] })
    expect(await carrier.refusal(putPackage, brought(content.packageId, second))).toMatchObject({ code: 'ID_TAKEN' })
    expect(await stateOf(roster[1])).toBe('EXPECTED')
  })

  test('content nobody can read, or that would fill the memory', async () => {
    const { packageId, ...rest } = contentOf([present(roster[0])])
    const unreadable = /^PACKAGE_CONTENT: 包裹能打开/
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    for (const small of [randomBytes(40), Buffer.from(''), deflateRawSync('[1'), deflateRawSync('"\\ud800"'), bomb])
      expect(await refused(packageId, await sealed({}, { small }))).toMatch(unreadable)
    for (const content of [
      {},
      { packageId, ...rest, acts: [] },
      { packageId, ...rest, extra: 1 },
      { packageId, ...rest, acts: [{ id: 1 }] },
    ])
      expect(await refused(packageId, await sealed(content))).toMatch(unreadable)
  })

  test('what is no package at all', async () => {
    for (const text of ['', 'hello', 'https://example.org', 'a.b.c', '你.好.吗.这.里', 'a.b.c.d.e', 'x'.repeat(700_001)])
      expect(await refused(randomUUID(), text)).toMatch(/^INVALID/)
  })
})

describe('the key of a device', () => {
  test('is registered once however often it is sent, and belongs to its session', async () => {
    const { publicKey } = await generateKeyPair('ES256')
    const { x = '', y = '' } = await exportJWK(publicKey)
    const asked = { body: { kty: 'EC' as const, crv: 'P-256' as const, x, y } }
    const first = await recorder.call(putDeviceKey, asked)
    expect(await recorder.call(putDeviceKey, asked)).toEqual(first)
    expect(await carrier.refusal(putDeviceKey, asked)).toMatchObject({ code: 'ID_TAKEN' })
  })

  test('must be a point of the curve', async () => {
    const x = randomBytes(32).toString('base64url')
    const asked = { body: { kty: 'EC' as const, crv: 'P-256' as const, x, y: x } }
    expect(await recorder.refusal(putDeviceKey, asked)).toMatchObject({ code: 'INVALID', fields: [{ path: 'body.x' }] })
    const short = { body: { ...asked.body, x: 'AAAA' } }
    expect(await recorder.refusal(putDeviceKey, short)).toMatchObject({ code: 'INVALID', fields: [{ path: 'body.x' }] })
  })
})
