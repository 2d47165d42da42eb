/**
 * Opens a package carried by hand: decrypts what was sealed to the platform, finds the device that signed it, checks the signature.
 * Who carries it may be a stranger and the bytes may be anybody's: each thing that can be wrong has its own sentence, none says more.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { compactDecrypt, compactVerify, decodeProtectedHeader, importJWK, type ProtectedHeaderParameters } from 'jose'
import type { z } from 'zod'
import { PackageContent, packageType } from '#contract/packages'
import { type Context, DomainError, readJson, type Secrets } from '#platform'
import { type Device, findDevice } from './packageKeys.ts'

/** Bytes of content at most, unpacked: a small package must not become a large one. */
const mostBytes = 2 * 1024 * 1024

export interface Opened {
  content: z.output<typeof PackageContent>
  /** SHA-256 of what was signed: sealed again it is the same content, whatever it looks like outside. */
  hash: Buffer
  device: Device
}

/** @throws DomainError PACKAGE_FOR_ANOTHER, PACKAGE_DAMAGED, PACKAGE_KEY_UNKNOWN, PACKAGE_CONTENT */
export async function openPackage(ctx: Context, secrets: Secrets, sealed: string): Promise<Opened> {
  const signed = await decrypt(secrets, sealed)
  const { kid, typ } = headerOf(signed) ?? {}
  const device = typ === packageType && typeof kid === 'string' ? await findDevice(ctx, kid) : undefined
  if (device === undefined) throw keyUnknown()
  const small = await verify(signed, device)
  const content = await read(small)
  if (content.accountId !== device.accountId) throw keyUnknown()
  return { content, hash: createHash('sha256').update(small).digest(), device }
}

function headerOf(compact: string): (ProtectedHeaderParameters & { kid?: unknown; typ?: unknown; cty?: unknown }) | undefined {
  try {
    return decodeProtectedHeader(compact)
  } catch {
    return undefined
  }
}

async function decrypt(secrets: Secrets, sealed: string): Promise<string> {
  const header = headerOf(sealed)
  if (header?.cty !== packageType) throw notAPackage()
  const pair = secrets.packages.find(({ publicKey }) => publicKey.kid === header.kid)
  if (pair === undefined) throw forAnother()
  try {
    const { plaintext } = await compactDecrypt(sealed, pair.privateKey, {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: mostBytes,
    })
    return Buffer.from(plaintext).toString('latin1')
  } catch {
    throw damaged()
  }
}

async function verify(signed: string, { key }: Device): Promise<Buffer> {
  try {
    return Buffer.from((await compactVerify(signed, await importJWK(key, 'ES256'), { algorithms: ['ES256'] })).payload)
  } catch {
    throw keyUnknown()
  }
}

async function read(small: Buffer): Promise<Opened['content']> {
  try {
    const json = (await promisify(inflateRaw)(small, { maxOutputLength: mostBytes })) as Buffer
    const parsed = PackageContent.safeParse(readJson(json))
    if (parsed.success) return parsed.data
  } catch {
    // Said below: whatever is wrong inside, the one who carries it can do the same about it.
  }
  throw contentUnknown()
}

const refusal = (code: string, zh: string, en: string) => new DomainError(code, { status: 400, sentence: { zh, en } })

const notAPackage = () =>
  new DomainError('INVALID', {
    fields: [{ path: 'body.sealed', message: '这不是一公里的交接包，请核对文件 / this is not a package of this platform; check the file' }],
  })
const forAnother = () =>
  refusal(
    'PACKAGE_FOR_ANOTHER',
    '这个包裹是封给另一个平台的，或者封装用的钥匙这里没有，打不开。请送到它原来的平台，或请本人联网后重新打包。',
    'This package was sealed for another platform, or to a key that is not here. Take it where it belongs, or ask its author to pack again.',
  )
const damaged = () =>
  refusal(
    'PACKAGE_DAMAGED',
    '包裹在路上被改动了，或没有读全，里面的事一件也没有办。请重新读一遍二维码，或重新拷贝文件。',
    'The package was altered on its way, or not read whole; nothing in it was done. Read the codes or copy the file again.',
  )
const keyUnknown = () =>
  refusal(
    'PACKAGE_KEY_UNKNOWN',
    '包裹上的签名不是登记过的手机签的，里面的事一件也没有办。请本人在自己登录的手机上重新打包。',
    'The package was not signed by a registered phone; nothing in it was done. Its author should pack it again on their own phone.',
  )
const contentUnknown = () =>
  refusal(
    'PACKAGE_CONTENT',
    '包裹能打开，但里面的写法这里不认识，一件也没有办：可能是更新版本的应用打的包。请告诉系统管理员。',
    'The package opens, but what it holds is not known here and nothing was done; a later version may have made it. Tell the system administrator.',
  )
