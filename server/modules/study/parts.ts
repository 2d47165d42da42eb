/** Parts of a pack: an article brings its text, everything else a file that was sent before and is of the right type. */
import type { z } from 'zod'
import type { Part, PartInput } from '#contract/study'
import { type Context, DomainError, sql } from '#platform'

type Input = z.output<typeof PartInput>
type Kept = z.output<typeof Part>

interface Sent {
  id: string
  mediaType: string
  bytes: number
  sha256: string
}

/** Which files may stand for which kind. */
const mediaOf: Record<Exclude<Kept['kind'], 'ARTICLE'>, { fits(mediaType: string): boolean; zh: string; en: string }> = {
  AUDIO: { fits: (type) => type.startsWith('audio/'), zh: '音频（MP3、M4A、WAV）', en: 'a sound file (MP3, M4A, WAV)' },
  VIDEO: { fits: (type) => type.startsWith('video/'), zh: '视频（MP4、WebM）', en: 'a video (MP4, WebM)' },
  BOOKLET: { fits: (type) => type === 'application/pdf' || type.startsWith('image/'), zh: 'PDF 或图片', en: 'a PDF or a picture' },
}

const wrong = (place: number, name: string, zh: string, en: string) =>
  new DomainError('INVALID', { fields: [{ path: `body.parts.${place}.${name}`, message: `${zh} / ${en}` }] })

/**
 * The parts as they are kept. A file must have been sent by the caller, or be in the pack already.
 * @throws DomainError INVALID naming the part
 */
export async function partsFrom(ctx: Context, inputs: readonly Input[], before: readonly Kept[]): Promise<Kept[]> {
  const known = before.flatMap(({ fileId }) => fileId ?? [])
  const wanted = inputs.flatMap(({ fileId }) => fileId ?? [])
  const files = await ctx.query(sql<Sent>`
    select id, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256 from platform.file
    where id = any(${wanted}::uuid[]) and (account_id = ${ctx.account.id} or id = any(${known}::uuid[]))`)
  const byId = new Map(files.map((file) => [file.id, file]))
  if (new Set(inputs.map(({ id }) => id)).size !== inputs.length)
    throw wrong(0, 'id', '每个部分要有自己的编号。', 'Each part needs an id of its own.')
  return inputs.map((input, place) => (input.kind === 'ARTICLE' ? article(input, place) : filed(input, place, byId)))
}

function article({ id, kind, title, text, fileId }: Input, place: number): Kept {
  if (text.trim() === '') throw wrong(place, 'text', '请写文章正文。', 'Write the text of the article.')
  if (fileId !== null)
    throw wrong(place, 'fileId', '文章只有文字；文件请另加一个部分。', 'An article is text only; add the file as another part.')
  return { id, kind, title, text, fileId: null, mediaType: 'text/plain', bytes: Buffer.byteLength(text), sha256: '' }
}

function filed({ id, kind, title, text, fileId }: Input, place: number, files: ReadonlyMap<string, Sent>): Kept {
  const media = mediaOf[kind as keyof typeof mediaOf]
  const file = files.get(fileId ?? '')
  if (file === undefined) throw wrong(place, 'fileId', `请先上传${media.zh}。`, `Upload ${media.en} first.`)
  if (!media.fits(file.mediaType))
    throw wrong(place, 'fileId', `这里要放${media.zh}，请换一个文件。`, `This must be ${media.en}; choose another file.`)
  return { id, kind, title, text, fileId: file.id, mediaType: file.mediaType, bytes: file.bytes, sha256: file.sha256 }
}
