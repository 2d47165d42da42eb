/**
 * Sealing on the phone, without a network: signed by the device, so that the platform knows whose it is, and encrypted to the platform,
 * so that whoever carries it reads nothing. Standard JOSE throughout; what it holds is said in contract/packages.ts.
 */
import { CompactEncrypt, CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import type { z } from 'zod'
import { type PackageContent, packageType, type ReceiptContent, receiptType } from '#contract/packages'

/** The signing key of this device; the private part cannot be taken out of the browser. */
export interface DeviceKey {
  keyId: string
  privateKey: CryptoKey
}

async function pass(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer())
}

/** @returns the sealed package, a compact JWE */
export async function seal(content: z.input<typeof PackageContent>, device: DeviceKey, platform: JWK & { kid: string }): Promise<string> {
  const small = await pass(new TextEncoder().encode(JSON.stringify(content)), new CompressionStream('deflate-raw'))
  const signed = await new CompactSign(small)
    .setProtectedHeader({ alg: 'ES256', kid: device.keyId, typ: packageType })
    .sign(device.privateKey)
  return (
    new CompactEncrypt(new TextEncoder().encode(signed))
      // `zip` takes away again what base64url of the signature adds. `jti` lets a file say which package it is (RFC 7519, 5.3).
      .setProtectedHeader({
        alg: 'ECDH-ES+A256KW',
        enc: 'A256GCM',
        zip: 'DEF',
        kid: platform.kid,
        cty: packageType,
        jti: content.packageId,
      })
      .encrypt(await importJWK(platform, 'ECDH-ES+A256KW'))
  )
}

/** Which package a sealed text is, as its outside says. @returns undefined when it is no package of this platform */
export function packageIdOf(sealed: string): string | undefined {
  try {
    const { cty, jti } = decodeProtectedHeader(sealed)
    return cty === packageType && typeof jti === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(jti) ? jti : undefined
  } catch {
    return undefined
  }
}

type Receipt = z.output<typeof ReceiptContent>

const isReceipt = (said: Partial<Receipt>): said is Receipt =>
  typeof said.packageId === 'string' &&
  typeof said.receivedAt === 'string' &&
  Array.isArray(said.actIds) &&
  said.actIds.every((id) => typeof id === 'string')

/** What a receipt says. @returns undefined when none of the platform's keys signed it, or it is no receipt */
export async function readReceipt(receipt: string, platform: readonly (JWK & { kid: string })[]): Promise<Receipt | undefined> {
  try {
    const key = platform.find(({ kid }) => kid === decodeProtectedHeader(receipt).kid)
    if (key === undefined) return undefined
    const { payload, protectedHeader } = await compactVerify(receipt, await importJWK(key, 'ES256'), { algorithms: ['ES256'] })
    if (protectedHeader.typ !== receiptType) return undefined
    const said = JSON.parse(new TextDecoder().decode(payload)) as Partial<Receipt>
    return isReceipt(said) ? said : undefined
  } catch {
    return undefined
  }
}
