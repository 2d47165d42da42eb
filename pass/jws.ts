/** JWS (RFC 7515) with ES256, for the twins. */
import { toBase64url } from './base64url.ts'
import { signing } from './keys.ts'

export const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
export const part = (value: unknown): string => toBase64url(encode(JSON.stringify(value)))

export async function signJws(header: object, payload: object, key: CryptoKey): Promise<string> {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${toBase64url(new Uint8Array(await crypto.subtle.sign(signing, key, encode(text))))}`
}
