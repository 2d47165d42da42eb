/** Files: content-addressed on disk, type sniffed from the bytes, images re-encoded without EXIF. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import sharp from 'sharp'
import type { Context } from './context.ts'
import { sql } from './database.ts'
import { DomainError } from './errors.ts'
import type { KeptFile } from './ranges.ts'

// Only what is accepted can be decoded at all, whatever a file pretends to be.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })

/** Bytes one account may keep. */
const quotaBytes = 2 * 1024 ** 3
const mostPixels = 50_000_000
/** Owner of what nobody sent. */
const theHouse = '00000000-0000-0000-0000-000000000000'

export interface StoredFile {
  id: string
  name: string
  mediaType: string
  bytes: number
  sha256: string
}

/** A file the house is about to make. */
export type MadeFile = Pick<StoredFile, 'id' | 'name' | 'mediaType'>

/** What the first bytes say the file is; the name and the sender's word do not count. */
function sniff(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 12)
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  if (head.subarray(0, 4).toString('latin1') === 'RIFF' && head.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  return sniffSound(head)
}

/** Sound and moving pictures that every browser plays; they are kept as they come. */
function sniffSound(head: Buffer): string | undefined {
  const text = head.toString('latin1')
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return 'audio/wav'
  if (text.startsWith('ID3') || (head[0] === 0xff && [0xfb, 0xf3, 0xf2].includes(head[1] ?? 0))) return 'audio/mpeg'
  if (text.startsWith('OggS')) return 'audio/ogg'
  if (text.slice(4, 8) === 'ftyp') return text.slice(8, 11) === 'M4A' ? 'audio/mp4' : 'video/mp4'
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'video/webm'
  return undefined
}

const refuseType = () =>
  new DomainError('FILE_TYPE_REFUSED', {
    status: 415,
    sentence: {
      zh: '这种文件不能上传。请用 JPG、PNG、WebP 图片，PDF，MP3、M4A、WAV 音频或 MP4 视频。',
      en: 'This kind of file is not accepted. Use a JPG, PNG or WebP picture, a PDF, MP3, M4A or WAV sound, or MP4 video.',
    },
  })

/** Re-encodes a picture: upright, without EXIF, place or thumbnail. @throws DomainError FILE_NOT_READABLE */
async function reencode(bytes: Buffer, mediaType: string): Promise<Buffer> {
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).autoOrient().timeout({ seconds: 20 })
    if (mediaType === 'image/png') return await image.png().toBuffer()
    if (mediaType === 'image/webp') return await image.webp({ quality: 85 }).toBuffer()
    return await image.jpeg({ quality: 85 }).toBuffer()
  } catch {
    throw new DomainError('FILE_NOT_READABLE', {
      status: 400,
      sentence: {
        zh: '图片打不开，可能没有传完整。请重新选择或重拍。',
        en: 'The picture cannot be opened; it may be incomplete. Choose it again or take another.',
      },
    })
  }
}

export class Files {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  #path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256)
  }

  /**
   * Keeps a file. The same id with the same bytes again is the same file.
   * @param accountId whose it is: the caller's, or for the demo somebody's
   * @throws DomainError FILE_TYPE_REFUSED, FILE_NOT_READABLE, QUOTA_FULL, ID_TAKEN
   */
  async put(ctx: Context, id: string, name: string, sent: Buffer, accountId = ctx.account.id): Promise<StoredFile> {
    const mediaType = sniff(sent)
    if (mediaType === undefined) throw refuseType()
    const source = createHash('sha256').update(sent).digest()
    const before = await ctx.find(sql<StoredFile & { accountId: string; source: Buffer }>`
      select id, name, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256, account_id as "accountId", source_sha256 as source
      from platform.file where id = ${id}`)
    if (before !== undefined) {
      if (before.accountId !== accountId || !before.source.equals(source)) throw new DomainError('ID_TAKEN')
      return { id, name: before.name, mediaType: before.mediaType, bytes: before.bytes, sha256: before.sha256 }
    }
    const { used } = await ctx.get(
      sql<{ used: number }>`select coalesce(sum(bytes), 0)::bigint as used from platform.file where account_id = ${accountId}`,
    )
    if (used + sent.length > quotaBytes) {
      throw new DomainError('QUOTA_FULL', {
        sentence: { zh: '您的文件空间已满，请先删除不用的文件。', en: 'Your file space is full; delete what you no longer need.' },
      })
    }
    const content = mediaType.startsWith('image/') ? await reencode(sent, mediaType) : sent
    const sha256 = createHash('sha256').update(content).digest('hex')
    await this.#store(sha256, content)
    await ctx.query(sql`
      with kept as (insert into platform.blob (sha256, bytes, media_type) values (decode(${sha256}, 'hex'), ${content.length}, ${mediaType}) on conflict do nothing)
      select`)
    await ctx.query(sql`
      insert into platform.file (id, account_id, sha256, source_sha256, name, media_type, bytes)
      values (${id}, ${accountId}, decode(${sha256}, 'hex'), ${source}, ${name}, ${mediaType}, ${content.length})`)
    return { id, name, mediaType, bytes: content.length, sha256 }
  }

  /**
   * Keeps a file that the house itself has made, of whatever type; it counts against nobody's space. Written as it comes, never whole
   * in memory. The same id again takes the place of the one before.
   */
  async keepMade(ctx: Context, made: MadeFile, content: Readable): Promise<StoredFile> {
    const beside = join(this.#folder, `making-${made.id}`)
    await mkdir(this.#folder, { recursive: true })
    const hash = createHash('sha256')
    const counted = new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, (hash.update(chunk), chunk)) })
    await pipeline(content, counted, createWriteStream(beside, { flush: true })).catch(async (error: unknown) => {
      await rm(beside, { force: true })
      throw error
    })
    const sha256 = hash.digest('hex')
    const { size } = await stat(beside)
    await mkdir(dirname(this.#path(sha256)), { recursive: true })
    await rename(beside, this.#path(sha256))
    await ctx.query(sql`
      insert into platform.blob (sha256, bytes, media_type) values (decode(${sha256}, 'hex'), ${size}, ${made.mediaType}) on conflict do nothing`)
    await ctx.query(sql`
      insert into platform.file (id, account_id, sha256, source_sha256, name, media_type, bytes)
      values (${made.id}, ${theHouse}, decode(${sha256}, 'hex'), decode(${sha256}, 'hex'), ${made.name}, ${made.mediaType}, ${size})
      on conflict (id) do update set sha256 = excluded.sha256, source_sha256 = excluded.sha256, name = excluded.name, bytes = excluded.bytes`)
    return { ...made, bytes: size, sha256 }
  }

  /** A file its owner asks for. @throws DomainError NOT_FOUND */
  async read(ctx: Context, id: string): Promise<{ file: StoredFile; content: Buffer }> {
    const file = await ctx.get(sql<StoredFile>`
      select id, name, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256 from platform.file
      where id = ${id} and account_id = ${ctx.account.id}`)
    return { file, content: await readFile(this.#path(file.sha256)) }
  }

  /** A file some record holds, whoever sent it; that the caller may read the record is checked before. @throws DomainError NOT_FOUND */
  async readHeld(ctx: Context, id: string): Promise<{ file: StoredFile; content: Buffer }> {
    const file = await ctx.get(sql<StoredFile>`
      select id, name, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256 from platform.file where id = ${id}`)
    return { file, content: await readFile(this.#path(file.sha256)) }
  }

  /** A file some record holds, to be sent in parts; that the caller may read the record is checked before. @throws DomainError NOT_FOUND */
  async openHeld(ctx: Context, id: string): Promise<KeptFile> {
    const { sha256, bytes, mediaType } = await ctx.get(sql<StoredFile>`
      select id, name, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256 from platform.file where id = ${id}`)
    return { path: this.#path(sha256), bytes, mediaType, sha256 }
  }

  /** Writes beside, flushes to disk, then renames: a file is there whole or not at all. */
  async #store(sha256: string, content: Buffer): Promise<void> {
    const path = this.#path(sha256)
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      return
    await mkdir(dirname(path), { recursive: true })
    const beside = `${path}.${randomUUID()}`
    const handle = await open(beside, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, path)
    // The name itself is safe only when its folder is, where the system can do that.
    const folder = await open(dirname(path), 'r')
    await folder.sync().catch(() => {})
    await folder.close()
  }
}
