/**
 * What the phone seals is opened with the platform's key and by nobody else; a receipt counts only as the platform signed it.
 *
 * Seen to fail: with the type of a receipt not looked at, and with its signature not looked at.
 */
import { compactDecrypt, CompactSign, compactVerify, exportJWK, generateKeyPair, type JWK } from 'jose'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packageType, receiptType } from '#contract/packages'
import { cut, Series } from './frames.ts'
import { packageIdOf, readReceipt, seal } from './seal.ts'

const packageId = '019c1f2e-5a7b-7c3d-8e4f-a1b27f3a21c9'
const named = async (key: CryptoKey, kid: string): Promise<JWK & { kid: string }> => ({ ...(await exportJWK(key)), kid })
const minutes = '学习了边疆治理的论述，安排了界碑巡护。'
const content = {
  packageId,
  accountId: crypto.randomUUID(),
  madeAt: '2026-11-25T09:30:00+08:00',
  acts: [{ id: crypto.randomUUID(), body: { minutes } }],
}

test('a package travels as codes and opens only at the platform', async () => {
  const device = await generateKeyPair('ES256')
  const platform = await generateKeyPair('ECDH-ES+A256KW')
  const sealed = await seal(content as never, { keyId: 'device', privateKey: device.privateKey }, await named(platform.publicKey, 'p'))
  const series = new Series()
  for (const frame of cut('PACKAGE', packageId, sealed).toReversed()) series.take(frame)
  expect(series.whole).toBe(sealed)
  expect(packageIdOf(sealed)).toBe(packageId)
  for (const part of sealed.split('.')) expect(Buffer.from(part, 'base64url').toString('utf8')).not.toMatch(/巡护|minutes|ES256/)
  const { plaintext } = await compactDecrypt(sealed, platform.privateKey)
  const { payload, protectedHeader } = await compactVerify(plaintext, device.publicKey)
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'device', typ: packageType })
  expect(JSON.parse(inflateRawSync(payload).toString('utf8'))).toEqual(content)
  await expect(compactDecrypt(sealed, (await generateKeyPair('ECDH-ES+A256KW')).privateKey)).rejects.toThrow('decryption')
})

test('another text is no package', () => {
  expect(['', 'a.b.c.d.e', '你好', 'eyJhbGciOiJub25lIn0.e30.', 'https://example.org'].map(packageIdOf)).toEqual(Array.from({ length: 5 }))
})

test('a receipt counts when the platform signed it, as a receipt', async () => {
  const platform = await generateKeyPair('ES256')
  const keys = [await named(platform.publicKey, 'r')]
  const says = { packageId, receivedAt: '2026-11-25T10:00:00Z', actIds: [crypto.randomUUID()] }
  const signed = (typ: string, key: CryptoKey, what: unknown = says) =>
    new CompactSign(Buffer.from(JSON.stringify(what))).setProtectedHeader({ alg: 'ES256', kid: 'r', typ }).sign(key)
  const right = await signed(receiptType, platform.privateKey)
  expect(await readReceipt(right, keys)).toEqual(says)
  const [head = '', , signature = ''] = right.split('.')
  const wrong = [
    await signed(receiptType, (await generateKeyPair('ES256')).privateKey),
    await signed(packageType, platform.privateKey),
    await signed(receiptType, platform.privateKey, { packageId }),
    [head, Buffer.from(JSON.stringify({ ...says, packageId: crypto.randomUUID() })).toString('base64url'), signature].join('.'),
    'not a receipt',
  ]
  for (const receipt of wrong) expect(await readReceipt(receipt, keys)).toBe(undefined)
  expect(await readReceipt(right, [])).toBe(undefined)
})
