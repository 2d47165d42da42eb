/** Keys and what is done with them: sealing personal numbers, keyed hashes to find them, signing checkpoints. */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const KeyFile = z.strictObject({
  /** Data keys by number 1–255, base64 of 32 bytes; the highest number seals, all open. */
  data: z.record(z.string().regex(/^([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/), z.base64()),
  /** Key of the look-up hashes, base64 of 32 bytes; never rotated, since hashes are stored. */
  lookup: z.base64(),
  /** Ed25519 private key, PKCS#8 PEM. */
  signing: z.string(),
  /** Public keys (SPKI PEM) that signed before this one; what they signed still counts. */
  formerSigners: z.array(z.string()).default([]),
  /** How many pairs there have been for sealed packages: raise it by one to change them. The newest is offered, all open. */
  packages: z.int().min(1).max(255).optional(),
})

/** The public part of a P-256 pair as others read it (RFC 7517); `kid` is its thumbprint (RFC 7638). */
export interface PublicKey {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
  kid: string
}

/** A pair on P-256: what is sealed to `publicKey` is opened by `privateKey`, or what this signed is checked by that. */
export interface Pair {
  publicKey: PublicKey
  privateKey: KeyObject
}

export class Secrets {
  // Kept as key objects: OpenSSL prepares a key once, not at every call (sealing 4 times, look-up hashes 7 times as fast).
  readonly #data: Map<number, KeyObject>
  readonly #newest: number
  readonly #lookup: KeyObject
  readonly #signing: KeyObject
  /** Public keys whose signatures count, the present one first. */
  readonly signers: readonly string[]
  /** Pairs to which packages carried from device to device are sealed (ECDH), the newest first; each opens what was sealed to it. */
  readonly packages: readonly Pair[]
  /** Signs the receipts for them (ES256), the newest first. */
  readonly receipts: readonly Pair[]
  /** Certifies the keys of others and signs lists for those who check without us (ES256), the newest first. */
  readonly certifiers: readonly Pair[]

  constructor(file: z.output<typeof KeyFile>) {
    this.#data = new Map(Object.entries(file.data).map(([number, key]) => [Number(number), createSecretKey(key, 'base64')]))
    for (const key of this.#data.values())
      if (key.symmetricKeySize !== 32) throw new Error('密钥长度应为 32 字节 / a data key has 32 bytes')
    if (this.#data.size === 0) throw new Error('密钥文件里没有数据密钥 / the key file holds no data key')
    this.#newest = Math.max(...this.#data.keys())
    this.#lookup = createSecretKey(file.lookup, 'base64')
    if ((this.#lookup.symmetricKeySize ?? 0) < 32) throw new Error('查找密钥至少 32 字节 / the look-up key has at least 32 bytes')
    this.#signing = createPrivateKey(file.signing)
    this.signers = [createPublicKey(this.#signing).export({ type: 'spki', format: 'pem' }).toString(), ...file.formerSigners]
    const newest = file.packages ?? 1
    const pairs = (use: string) => Array.from({ length: newest }, (_, i) => derivePair(this.#lookup, `${use}:${newest - i}`))
    this.packages = pairs('package')
    this.receipts = pairs('receipt')
    this.certifiers = pairs('certifier')
  }

  /** Encrypts with AES-256-GCM under the newest data key: number(1) · nonce(12) · tag(16) · text. */
  seal(text: string): Buffer {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.#newest), nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from([this.#newest]), nonce, cipher.getAuthTag(), sealed])
  }

  /** Opens what `seal` made, under whichever key sealed it. @throws Error when altered */
  open(sealed: Buffer): string {
    // A shorter tag would be easier to forge, so none is taken.
    const decipher = createDecipheriv('aes-256-gcm', this.#key(sealed[0] ?? 0), sealed.subarray(1, 13), { authTagLength: 16 })
    decipher.setAuthTag(sealed.subarray(13, 29))
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
  }

  /** HMAC-SHA-256 for exact look-up; `kind` keeps an identity number from matching a phone. */
  lookup(kind: string, text: string): Buffer {
    return createHmac('sha256', this.#lookup).update(`${kind}\0${text}`).digest()
  }

  /** Ed25519 signature and the public key (SPKI PEM) that checks it. */
  sign(message: Buffer): { signature: Buffer; publicKey: string } {
    return { signature: sign(null, message, this.#signing), publicKey: this.signers[0] ?? '' }
  }

  #key(number: number): KeyObject {
    const key = this.#data.get(number)
    if (key === undefined) throw new Error(`没有第 ${number} 号数据密钥 / data key ${number} is missing from the key file`)
    return key
  }
}

/** Order of the group of P-256. Source: SEC 2, 2.4.2. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The pair of this name: always the same for the same secret, so that the key file need not grow. Source: FIPS 186-5 A.2.1. */
function derivePair(secret: KeyObject, name: string): Pair {
  const bits = BigInt(`0x${Buffer.from(hkdfSync('sha256', secret, '', `yigongli ${name}`, 40)).toString('hex')}`)
  const scalar = Buffer.from(((bits % (order - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex')
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(scalar)
  const both = curve.getPublicKey()
  const [x, y] = [both.subarray(1, 33).toString('base64url'), both.subarray(33).toString('base64url')]
  const shape = { crv: 'P-256' as const, kty: 'EC' as const, x, y }
  const kid = createHash('sha256').update(JSON.stringify(shape)).digest('base64url')
  const key = { ...shape, d: scalar.toString('base64url') }
  return { publicKey: { ...shape, kid }, privateKey: createPrivateKey({ key, format: 'jwk' }) }
}

/**
 * Reads the key file; in development makes one in the data folder, readable by its owner only.
 * @throws Error when the named file cannot be read or is not a key file
 */
export function readSecrets(keyFile: string | undefined, dataDir: string): Secrets {
  const path = keyFile ?? join(dataDir, 'keys.json')
  const text = read(path) ?? (keyFile === undefined ? make(path) : undefined)
  if (text === undefined) throw new Error(`找不到密钥文件 ${path} / the key file is not there`)
  try {
    return new Secrets(KeyFile.parse(JSON.parse(text)))
  } catch (error) {
    // The error itself may quote a key.
    const why = error instanceof Error && error.message.includes(' / ') ? error.message : '格式不对 / not a key file'
    throw new Error(`密钥文件 ${path} 不能用 / cannot be used: ${why}`, { cause: error })
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`读不到密钥文件 ${path} / cannot read the key file`, { cause: error })
  }
}

function make(path: string): string {
  const text = JSON.stringify({
    data: { 1: randomBytes(32).toString('base64') },
    lookup: randomBytes(32).toString('base64'),
    signing: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return text
  } catch (error) {
    // Another process made it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8')
    throw error
  }
}
