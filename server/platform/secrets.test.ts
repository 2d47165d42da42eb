/** Keys: what is sealed opens under whichever key sealed it, what was altered does not, and a bad key file says so without quoting it. */
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSecrets, Secrets } from '#platform'

const key = () => randomBytes(32).toString('base64')
const signing = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const file = { data: { '1': key() }, lookup: key(), signing: signing(), formerSigners: [] }
const folder = () => mkdtempSync(join(tmpdir(), 'yigongli-keys-'))

/** What is said when it throws. */
function message(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('sealing', () => {
  test('hides the text, differently each time, and opens it again', () => {
    const secrets = new Secrets(file)
    const [a, b] = [secrets.seal('530000190001010002'), secrets.seal('530000190001010002')]
    expect(a.equals(b)).toBe(false)
    expect(a.toString('latin1')).not.toContain('530000')
    expect(secrets.open(a)).toBe('530000190001010002')
    expect(secrets.open(secrets.seal('金水河·𠮷'))).toBe('金水河·𠮷')
    expect(secrets.open(secrets.seal(''))).toBe('')
  })

  test('goes on under a new key while the old one still opens', () => {
    const before = new Secrets(file).seal('old')
    const rotated = new Secrets({ ...file, data: { ...file.data, '2': key() } })
    const after = rotated.seal('new')
    expect([before[0], after[0]]).toEqual([1, 2])
    expect([rotated.open(before), rotated.open(after)]).toEqual(['old', 'new'])
    expect(() => new Secrets(file).open(after)).toThrow('data key 2 is missing')
  })

  const refused = /unable to authenticate|is missing|Invalid|tag/

  test('refuses what was altered, in whichever byte, or cut', () => {
    const secrets = new Secrets({ ...file, data: { '1': key(), '2': key() } })
    const sealed = secrets.seal('19900001111')
    for (let i = 0; i < sealed.length; i += 1) {
      const altered = Buffer.from(sealed)
      altered[i] = (altered[i] ?? 0) ^ 1
      expect(() => secrets.open(altered), `byte ${i}`).toThrow(refused)
    }
    // Node takes an authentication tag of four bytes unless told otherwise.
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => secrets.open(sealed.subarray(0, length)), `${length} bytes`).toThrow(refused)
  })
})

test('pairs for packages are the same at every start, each for one use, and the ones before stay when there is a new one', () => {
  const [once, again] = [new Secrets(file), new Secrets({ ...file, packages: 2 })]
  const [package1] = once.packages
  const [receipt1] = once.receipts
  expect(new Secrets(file).packages[0]?.publicKey).toEqual(package1?.publicKey)
  expect(again.packages.map((pair) => pair.publicKey.kid).at(-1)).toBe(package1?.publicKey.kid)
  const kids = [...again.packages, ...again.receipts].map((pair) => pair.publicKey.kid)
  expect(new Set([...kids, receipt1?.publicKey.kid]).size).toBe(4)
  const { privateKey, publicKey } = again.receipts[0] ?? once.receipts[0] ?? expect.fail('no pair')
  const said = Buffer.from('收到')
  const signature = sign('sha256', said, privateKey)
  expect(verify('sha256', said, createPublicKey({ key: { ...publicKey }, format: 'jwk' }), signature)).toBe(true)
})

test('a look-up hash is the same for the same text and kind, and says nothing without the key', () => {
  const secrets = new Secrets(file)
  expect(secrets.lookup('phone', '19900001111').equals(secrets.lookup('phone', '19900001111'))).toBe(true)
  expect(secrets.lookup('phone', '19900001111').equals(secrets.lookup('identity', '19900001111'))).toBe(false)
  expect(secrets.lookup('phone', '19900001111').equals(new Secrets({ ...file, lookup: key() }).lookup('phone', '19900001111'))).toBe(false)
})

test('a signature is checked by the first of the signers, and former ones are kept', () => {
  const former = new Secrets(file).signers[0] ?? ''
  const secrets = new Secrets({ ...file, signing: signing(), formerSigners: [former] })
  const { signature, publicKey } = secrets.sign(Buffer.from('stated'))
  expect(secrets.signers).toEqual([publicKey, former])
  expect(verify(null, Buffer.from('stated'), publicKey, signature)).toBe(true)
  expect(verify(null, Buffer.from('other'), publicKey, signature)).toBe(false)
})

describe('the key file', () => {
  test('is made once, for its owner only, and read again', () => {
    const dataDir = folder()
    const sealed = readSecrets(undefined, dataDir).seal('text')
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(readSecrets(undefined, dataDir).open(sealed)).toBe('text')
  })

  test('that is named but missing, or broken, stops the start with a sentence and without its contents', () => {
    const dataDir = folder()
    expect(() => readSecrets(join(dataDir, 'none.json'), dataDir)).toThrow('找不到密钥文件')
    const broken = [
      '{"data": {"1": "c2VjcmV0"',
      JSON.stringify({ ...file, data: {} }),
      JSON.stringify({ ...file, data: { '1': 'c2hvcnQ=' } }),
      JSON.stringify({ ...file, data: { '300': key() } }),
      JSON.stringify({ ...file, lookup: 'c2hvcnQ=' }),
      JSON.stringify({ ...file, signing: 'c2VjcmV0' }),
      JSON.stringify({ ...file, extra: 1 }),
    ]
    for (const text of broken) {
      const path = join(dataDir, 'keys-broken.json')
      writeFileSync(path, text)
      expect(() => readSecrets(path, dataDir), text.slice(0, 30)).toThrow(/密钥文件 .* 不能用/)
      const said = message(() => readSecrets(path, dataDir))
      expect(said).not.toContain('c2VjcmV0')
      expect(said).not.toContain(file.lookup)
    }
  })
})
