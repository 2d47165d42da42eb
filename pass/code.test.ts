/** The bytes as letters and as a picture: RFC 9285, QR codes of version 13 at most, read back by two libraries from bad pictures. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import jsqr from 'jsqr'
import qrcode from 'qrcode'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { contentOf, fromBase45, maskName, PassProblem, passText, present, qrLevel, signPass, toBase45 } from '#pass'
import { content, later, now, privateOf, signerOf } from './example.ts'

const issuer = await signerOf('issuer')
const holder = await privateOf('holder')

describe('base45', () => {
  const ascii = (text: string) => new TextEncoder().encode(text)

  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('of RFC 9285: %s is %s', (text, letters) => {
    expect(toBase45(ascii(text))).toBe(letters)
    expect(fromBase45(letters)).toEqual(ascii(text))
  })

  test.each(['GGW', ':::', '::', 'A', 'ABCD', 'a', 'AB,', 'ÄÖ'])('refuses %s', (letters) => {
    expect(() => fromBase45(letters)).toThrow(PassProblem)
  })

  test('gives any bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes)
      }),
    )
  })
})

describe('a name is masked', () => {
  test.each([
    ['王小明', '王*明'],
    ['王明', '王*'],
    ['王', '王*'],
    ['欧阳小明', '欧*明'],
    ['阿卜杜拉·买买提', '阿*提'],
    [' 李阿普 ', '李*普'],
    ['𠮷小𠮷', '𠮷*𠮷'],
    ['', '*'],
    ['John Smith', 'J*h'],
  ])('%s is %s', (name, masked) => expect(maskName(name)).toBe(masked))
})

/** Both codes of somebody with these names, each with the version it takes. */
async function codesOf(name: string, branch: string, copyOf = content) {
  const bound = await signPass({ ...copyOf, name, branch }, issuer)
  const paper = await signPass({ ...copyOf, name, branch, holder: null }, issuer)
  return {
    paper: passText(paper),
    shown: await present(bound, holder, now),
    branches: [contentOf(paper).branch, contentOf(bound).branch],
  }
}
const drawn = (text: string) => {
  const level = qrLevel(text)
  const { version, modules, segments } = qrcode.create(text, { errorCorrectionLevel: level })
  return { level, version, modules, modes: segments.map(({ mode }) => mode.id) }
}

describe('a QR code', () => {
  test('of everyday names: 57 modules on paper, 65 on a phone', async () => {
    const { paper, shown } = await codesOf('王小明', '隔界村党支部')
    expect([drawn(paper), drawn(shown)]).toMatchObject([
      { level: 'M', version: 10, modes: ['Alphanumeric'] },
      { level: 'L', version: 12, modes: ['Alphanumeric'] },
    ])
    console.log(
      `pass on paper ${fromBase45(paper.slice(5)).length} bytes, presentation ${fromBase45(shown.slice(5)).length} bytes, ${shown.length} letters`,
    )
  })

  test.each([
    ['a long branch', '王小明', '中共金平苗族瑶族傣族自治县金水河镇隔界村支部委员会'],
    ['a branch without end', '买买提江·阿卜杜热合曼', '流动党员党支部'.repeat(40)],
    ['rare characters of four bytes', '𠮷𠮷𠮷', '𠮷'.repeat(80)],
    ['no branch', '王', ''],
  ])('with %s is never beyond version 13', async (_about, name, branch) => {
    const far = { ...content, status: { uri: 'ygl:530000:99', index: 2 ** 20 - 1 }, expiresAt: later(9e8) }
    const { paper, shown, branches } = await codesOf(name, branch, far)
    expect(drawn(paper).level).toBe('M')
    for (const text of [paper, shown]) expect(drawn(text).version).toBeLessThanOrEqual(13)
    for (const written of branches) {
      expect(written.isWellFormed()).toBe(true)
      expect(written === branch || (written.endsWith('…') && branch.startsWith(written.slice(0, -1)) && written.length > 20)).toBe(true)
    }
  })

  test('holds names of any length, and says when an address leaves no room', { timeout: 60_000 }, async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 })
    await fc.assert(
      fc.asyncProperty(text, text, async (name, branch) => {
        const { paper, shown } = await codesOf(name, branch)
        for (const code of [paper, shown]) expect(drawn(code).version).toBeLessThanOrEqual(13)
      }),
      { numRuns: 60 },
    )
    const address = { ...content, status: { uri: `https://${'a'.repeat(400)}`, index: 1 } }
    await expect(signPass(address, issuer)).rejects.toMatchObject({ code: 'TOO_LONG' })
  })
})

/** A picture of a code as a camera might see it: five pixels a module, then spoilt. */
async function picture(text: string, spoil: (image: Sharp) => Sharp) {
  const { modules } = drawn(text)
  const [quiet, scale] = [4, 5]
  const side = modules.size + 2 * quiet
  const grey = new Uint8Array(side * side).fill(255)
  modules.data.forEach((dark, i) => {
    if (dark === 1) grey[(Math.floor(i / modules.size) + quiet) * side + (i % modules.size) + quiet] = 0
  })
  const large = await sharp(grey, { raw: { width: side, height: side, channels: 1 } })
    .resize(side * scale, side * scale, { kernel: 'nearest' })
    .png()
    .toBuffer()
  const { data, info } = await spoil(sharp(large))
    .removeAlpha()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: Uint8ClampedArray.from(data), width: info.width, height: info.height }
}

describe('is read back', () => {
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer }, fireImmediately: true })
  })

  const white = { r: 255, g: 255, b: 255 }
  test.each<[string, (image: Sharp) => Sharp]>([
    ['clean', (image) => image],
    ['turned by 7°', (image) => image.rotate(7, { background: white })],
    ['blurred', (image) => image.blur(1.6)],
    ['of low contrast, as in the sun', (image) => image.linear(0.4, 120)],
    ['turned, blurred and pale', (image) => image.rotate(-5, { background: white }).blur(1.2).linear(0.4, 110)],
    ['smaller, 3 pixels a module', (image) => image.resize({ width: 219 })],
  ])('%s, by jsQR and by ZXing', { timeout: 60_000 }, async (_how, spoil) => {
    const long = await codesOf('买买提江·阿卜杜热合曼', '中共金平苗族瑶族傣族自治县金水河镇隔界村支部委员会')
    const usual = await codesOf('王小明', '隔界村党支部')
    for (const text of [usual.paper, usual.shown, long.paper, long.shown]) {
      const { data, width, height } = await picture(text, spoil)
      expect(jsqr(data, width, height, { inversionAttempts: 'dontInvert' })?.data).toBe(text)
      const [read] = await readBarcodes({ data, width, height, colorSpace: 'srgb' }, { formats: ['QRCode'] })
      expect(read?.text).toBe(text)
    }
  })
})
