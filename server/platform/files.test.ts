/** Files: what they are is read from their bytes, pictures lose what they know of place and device, and nothing is kept twice. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { getFile, putFile } from '#contract/files'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { sql } from '#platform'

let home: OpenTestHouse
let person: Person

beforeAll(async () => {
  home = await openTestHouse()
  person = await home.signIn('MEMBER', '甲村党支部')
})

afterAll(() => home.close())

const put = (bytes: Buffer, name = 'a.jpg', fileId: string = randomUUID(), by = person) =>
  by.ask(putFile, { params: { fileId }, query: { name }, body: bytes })
const read = async (fileId: string, by = person): Promise<Buffer> => (await by.ask(getFile, { params: { fileId } })).body as Buffer
const picture = (width = 40, height = 20) => sharp({ create: { width, height, channels: 3, background: '#c33' } })
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id

/** A photo that knows where, by whom and with what it was taken. */
const photo = () =>
  picture()
    .jpeg()
    .withExif({
      IFD0: { Make: 'SecretPhone', Artist: 'Zhang San' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 46/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '103/1 13/1 0/1' },
    })
    .toBuffer()

describe('a picture', () => {
  test('loses place, device and name', async () => {
    const sent = await photo()
    expect(sent.toString('latin1')).toContain('SecretPhone')
    const answer = await put(sent)
    expect(answer).toMatchObject({ status: 200, body: { mediaType: 'image/jpeg', name: 'a.jpg' } })
    const kept = await read(idOf(answer))
    const { exif, xmp, iptc, icc } = await sharp(kept).metadata()
    expect({ exif, xmp, iptc, icc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined, icc: undefined })
    for (const secret of ['SecretPhone', 'Zhang San', 'Exif']) expect(kept.toString('latin1')).not.toContain(secret)
  })

  test('that lies on its side is stood upright', async () => {
    const sent = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const { width, height, orientation } = await sharp(await read(idOf(await put(sent)))).metadata()
    expect({ width, height, orientation }).toEqual({ width: 20, height: 40, orientation: undefined })
  })

  test.each([
    ['png', 'image/png'],
    ['webp', 'image/webp'],
  ] as const)('may be %s, whatever it is called', async (format, mediaType) => {
    expect(await put(await picture().toFormat(format).toBuffer(), '文件.exe')).toMatchObject({
      status: 200,
      body: { mediaType, name: '文件.exe' },
    })
  })

  test('that is broken or cut short is refused with what to do', async () => {
    const whole = await picture(400, 400).jpeg().toBuffer()
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      Buffer.concat([whole.subarray(0, 20), Buffer.alloc(500)]),
      whole.subarray(0, 3),
    ]) {
      expect(await put(bytes)).toMatchObject({ status: 400, body: { code: 'FILE_NOT_READABLE', detail: expect.stringContaining('重拍') } })
    }
  })

  test('that hides something behind its end loses it', async () => {
    const polyglot = Buffer.concat([await picture().png().toBuffer(), Buffer.from('PK\u0003\u0004<script>alert(1)</script>')])
    const kept = await read(idOf(await put(polyglot, 'a.png')))
    expect(kept.toString('latin1')).not.toContain('script')
  })

  test('of more points than memory allows is refused before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 8000, height: 8000, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await put(bomb)).toMatchObject({ status: 400, body: { code: 'FILE_NOT_READABLE' } })
  })
})

describe('a file', () => {
  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a program', 'MZ\u0090\u0000'],
    ['an archive', 'PK\u0003\u0004'],
    ['a GIF', 'GIF89a'],
    ['HTML called a picture', '<html>'],
    ['one byte', 'x'],
  ])('that is %s is refused, whatever it is called', async (_what, content) => {
    expect(await put(Buffer.from(content, 'latin1'), 'photo.jpg')).toMatchObject({ status: 415, body: { code: 'FILE_TYPE_REFUSED' } })
  })

  test('that is empty, or sent as JSON, is refused', async () => {
    expect(await put(Buffer.alloc(0))).toMatchObject({ status: 400, body: { code: 'INVALID' } })
    const answer = await person.ask(putFile, { params: { fileId: randomUUID() }, query: { name: 'a' }, body: { a: 1 } as never })
    expect(answer).toMatchObject({ status: 415, body: { code: 'BODY_TYPE' } })
  })

  test('of more than 20 MB is refused', async () => {
    expect(await put(Buffer.alloc(20 * 1024 * 1024 + 1, 0xff))).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } })
  })

  test('that is PDF is kept as it is', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n%%EOF')
    const answer = await put(pdf, '决议.pdf')
    expect(answer).toMatchObject({
      status: 200,
      body: { mediaType: 'application/pdf', sha256: createHash('sha256').update(pdf).digest('hex') },
    })
    expect((await read(idOf(answer))).equals(pdf)).toBe(true)
  })

  test('sent twice, or twice at once, is the same file once', async () => {
    const bytes = await photo()
    const fileId = randomUUID()
    const answers = await Promise.all([put(bytes, 'a.jpg', fileId), put(bytes, 'a.jpg', fileId), put(bytes, 'a.jpg', fileId)])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    const files = await home.inside((ctx) => ctx.query(sql`select from platform.file where id = ${fileId}`))
    expect(files).toHaveLength(1)
  })

  test('with an id of another file is refused; the same bytes under another id are kept once', async () => {
    const bytes = await picture(33, 44).png().toBuffer()
    const first = await put(bytes)
    expect(await put(await picture(1, 1).png().toBuffer(), 'b.png', idOf(first))).toMatchObject({ status: 409, body: { code: 'ID_TAKEN' } })
    const second = await put(bytes)
    const blobs = await home.inside((ctx) =>
      ctx.query(sql`select distinct sha256 from platform.file where id = any(${[idOf(first), idOf(second)]}::uuid[])`),
    )
    expect(blobs).toHaveLength(1)
  })

  test('belongs to who sent it: to others it does not exist', async () => {
    const answer = await put(await picture().png().toBuffer())
    const other = await home.signIn('BRANCH_SECRETARY', '甲村党支部')
    const [theirs, nobodys] = [
      await other.refusal(getFile, { params: { fileId: idOf(answer) } }),
      await other.refusal(getFile, { params: { fileId: randomUUID() } }),
    ]
    expect(theirs).toEqual(nobodys)
    expect(theirs).toMatchObject({ status: 404 })
    expect(await put(await picture().png().toBuffer(), 'a', idOf(answer), other)).toMatchObject({ status: 409, body: { code: 'ID_TAKEN' } })
  })

  test('beyond the space of an account is refused', async () => {
    const full = await home.signIn('MEMBER', '甲村党支部')
    const first = await put(await picture().png().toBuffer(), 'a', randomUUID(), full)
    await home.inside((ctx) => ctx.query(sql`update platform.file set bytes = ${2 * 1024 ** 3} where id = ${idOf(first)}`))
    expect(await put(await picture().png().toBuffer(), 'b', randomUUID(), full)).toMatchObject({ body: { code: 'QUOTA_FULL' } })
  })

  test('is served so that no browser takes it for a page', async () => {
    const answer = await put(await picture().png().toBuffer())
    const { headers } = await home.house.app.inject({ url: `/api/files/${idOf(answer)}/content`, headers: person.headers })
    expect(headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })
})
