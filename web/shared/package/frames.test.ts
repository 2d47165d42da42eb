/**
 * A package as QR codes: any order, repeats, misreads, other codes in between; and the codes as pictures, read back by a real reader.
 *
 * Seen to fail: without the CRC of the frame (an altered letter becomes content), with `number` written from 1, with codes too large for a phone.
 */
import fc from 'fast-check'
import jsqr from 'jsqr'
import qrcode from 'qrcode'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { fromBase64url, toBase45, toBase64url } from '#pass'
import { crc32, fromBase45 } from './bytes.ts'
import { cut, mostFrames, Series, shortName } from './frames.ts'

const id = '019c1f2e-5a7b-7c3d-8e4f-a1b27f3a21c9'
const anyCompact = fc
  .array(fc.uint8Array({ maxLength: 900 }), { minLength: 3, maxLength: 5 })
  .map((parts) => parts.map(toBase64url).join('.'))
const anyId = fc.uuid()
const anyKind = fc.constantFrom('PACKAGE' as const, 'RECEIPT' as const)

test('bytes become letters and come back', () => {
  expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0')
  expect(toBase45(new TextEncoder().encode('base-45'))).toBe('UJCLQE7W581')
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcb_f4_39_26)
  expect([fromBase45('GGW'), fromBase45('::'), fromBase45('a12'), fromBase45('ABCD'), fromBase64url('a+b'), fromBase64url('a')]).toEqual(
    Array.from({ length: 6 }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(bytes)
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes)
    }),
  )
})

test('whatever the order and however often, all codes make the whole, and one missing does not', () => {
  fc.assert(
    fc.property(anyKind, anyId, anyCompact, fc.infiniteStream(fc.nat()), (kind, packageId, compact, dice) => {
      const frames = cut(kind, packageId, compact)
      const next = () => frames[(dice.next().value ?? 0) % frames.length] ?? ''
      const series = new Series()
      const seen = new Set<string>()
      for (let i = 0; i < 4 * frames.length; i += 1) {
        const frame = next()
        expect(series.take(frame)).toBe(seen.has(frame) ? 'AGAIN' : 'NEW')
        seen.add(frame)
        expect([series.have, series.total, series.missing.length]).toEqual([seen.size, frames.length, frames.length - seen.size])
        expect(series.whole).toBe(seen.size === frames.length ? compact : undefined)
      }
      for (const number of series.missing) series.take(frames[number - 1] ?? '')
      expect(series).toMatchObject({ whole: compact, kind, packageId, missing: [] })
    }),
  )
})

test('a misread letter is refused and changes nothing', () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
  fc.assert(
    fc.property(anyCompact, fc.nat(), fc.nat(), fc.constantFrom(...letters.split('')), (compact, which, where, letter) => {
      const frames = cut('PACKAGE', id, compact)
      const right = frames[which % frames.length] ?? ''
      const at = where % right.length
      fc.pre(right[at] !== letter)
      const series = new Series()
      for (const frame of frames) if (frame !== right) series.take(frame)
      expect(['FOREIGN', 'DAMAGED']).toContain(series.take(right.slice(0, at) + letter + right.slice(at + 1)))
      expect(series.whole).toBe(undefined)
      expect(series.take(right)).toBe('NEW')
      expect(series.whole).toBe(compact)
    }),
  )
})

test('what belongs to something else is told apart', () => {
  const one = cut('PACKAGE', id, toBase64url(new Uint8Array(700)))
  const series = new Series()
  expect(series.take('https://example.org/pay/123')).toBe('FOREIGN')
  expect(series.take('')).toBe('FOREIGN')
  expect(series.take('YGL:')).toBe('DAMAGED')
  expect([series.have, series.total, series.missing, series.packageId]).toEqual([0, 0, [], undefined])
  expect(series.take(one[1] ?? '')).toBe('NEW')
  expect(series.take(cut('PACKAGE', id.replace('019c', '019d'), 'AAAA')[0] ?? '')).toBe('OTHER')
  // The same package sealed afresh: its parts do not go together with those before.
  expect(series.take(cut('PACKAGE', id, toBase64url(new Uint8Array(700).fill(1)))[0] ?? '')).toBe('OTHER')
  expect(series.take(cut('RECEIPT', id, 'AAAA')[0] ?? '')).toBe('OTHER')
  expect(series.missing).toEqual([1, 3])
  const frame = fromBase45((one[0] ?? '').slice(4)) ?? new Uint8Array()
  frame[0] = 2
  new DataView(frame.buffer).setUint32(frame.length - 4, crc32(frame.subarray(0, -4)))
  expect(series.take(`YGL:${toBase45(frame)}`)).toBe('NEWER')
  expect(shortName(id)).toBe('7F3A-21C9')
})

const quiet = 4

/** A code as a picture, `size` pixels wide. */
async function drawn(text: string, size: number): Promise<{ version: number; picture: Sharp }> {
  const { version, modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const width = modules.size + 2 * quiet
  const pixels = new Uint8Array(width * width).fill(255)
  for (const [i, dark] of modules.data.entries())
    if (dark === 1) pixels[(Math.floor(i / modules.size) + quiet) * width + (i % modules.size) + quiet] = 0
  const small = await sharp(pixels, { raw: { width, height: width, channels: 1 } })
    .png()
    .toBuffer()
  return { version, picture: sharp(await sharp(small).resize(size, size, { kernel: 'nearest' }).png().toBuffer()) }
}

async function readPicture(picture: Sharp): Promise<string | undefined> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsqr(Uint8ClampedArray.from(data), info.width, info.height)?.data
}

test('the codes are small enough for a phone, and are read from a tilted, soft picture', async () => {
  const whole = toBase64url(crypto.getRandomValues(new Uint8Array(1200)))
  const frames = cut('PACKAGE', id, `${whole}.${whole}`)
  expect(frames.length).toBe(11)
  const series = new Series()
  for (const frame of frames.toReversed()) {
    const { version, picture } = await drawn(frame, 600)
    expect(version).toBeLessThanOrEqual(12)
    // As another phone's camera sees it: a little turned, not quite sharp, grey, with room around.
    const seen = sharp(await picture.rotate(6, { background: '#8a8f8c' }).png().toBuffer())
      .blur(1.2)
      .linear(0.6, 60)
      .extend({ top: 40, bottom: 90, left: 120, right: 160, background: '#8a8f8c' })
    expect(series.take((await readPicture(seen)) ?? '')).toBe('NEW')
  }
  expect(series.whole).toBe(`${whole}.${whole}`)
  expect(cut('PACKAGE', id, toBase64url(new Uint8Array(40_000))).length).toBeGreaterThan(mostFrames)
}, 60_000)
