/**
 * A year as one zip: papers, attachments as they were sent, the records as JSON, ledgers, a checksum of each file, and a page that opens
 * without a server. Written as it is read: attachments pass through, never whole in memory.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { KeptFile } from '#platform'
import { grouped } from './proof.ts'
import { dayInWords, fileName, type Gathering, kindsOf, states } from './words.ts'
import type { Held } from './year.ts'

interface Entry {
  path: string
  bytes: number
  sha256: string
}

interface Listed {
  record: Gathering
  day: string
  entries: Entry[]
}

export class Bundle {
  readonly #zip = new ZipFile()
  readonly #entries: Entry[] = []
  readonly #records: Listed[] = []
  readonly #name: string
  readonly #year: number
  /** The same records make the same zip. */
  readonly #mtime: Date

  constructor(name: string, year: number) {
    this.#name = name
    this.#year = year
    this.#mtime = new Date(`${year}-12-31T16:00:00Z`)
  }

  /** What is being written; it ends after `finish`. */
  get content(): Readable {
    return this.#zip.outputStream as Readable
  }

  add(path: string, content: Buffer, compress = true): Entry {
    const entry = { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    this.#zip.addBuffer(content, path, { mtime: this.#mtime, compress })
    this.#entries.push(entry)
    return entry
  }

  /** A stored file; its hash is its name, so that it need not be read twice. */
  #addKept(path: string, { path: onDisk, bytes, sha256 }: KeptFile): Entry {
    const options = { mtime: this.#mtime, size: bytes, compress: false }
    this.#zip.addReadStreamLazy(path, options, (done) => done(null, createReadStream(onDisk)))
    this.#entries.push({ path, bytes, sha256 })
    return { path, bytes, sha256 }
  }

  /** A record in a folder of its own. @param papers its PDFs by what they are called */
  addRecord(
    record: Gathering,
    day: string,
    papers: readonly { name: string; content: Buffer }[],
    files: readonly (KeptFile & { name: string })[],
  ): void {
    const place = String(this.#records.length + 1).padStart(3, '0')
    const folder = `记录/${place}_${fileName([day, record.title], '').slice(0, -1)}`
    const entries = [
      ...papers.map(({ name, content }) => this.add(`${folder}/${name}.pdf`, content, false)),
      this.add(`${folder}/记录.json`, Buffer.from(`${JSON.stringify(record, null, 2)}\n`)),
      ...files.map((file, i) =>
        this.#addKept(`${folder}/附件/${i + 1}_${fileName([file.name.replace(/\.[^.]*$/, '')], endingOf(file))}`, file),
      ),
    ]
    this.#records.push({ record, day, entries })
  }

  /** Adds index and checksums and ends the zip. @param without planned gatherings that have no confirmed record */
  finish(without: readonly Held[]): void {
    this.add('index.html', Buffer.from(this.#index(without)))
    const sums = this.#entries.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
    this.#zip.addBuffer(Buffer.from(sums), 'SHA256SUMS.txt', { mtime: this.#mtime })
    this.#zip.end()
  }

  #index(without: readonly Held[]): string {
    const title = `${this.#name}${this.#year}年度组织生活档案`
    const common = this.#entries.filter(({ path }) => !path.startsWith('记录/'))
    return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${safe(title)}</title><style>
body { font: 17px/1.7 'Noto Serif SC', 'Songti SC', SimSun, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #17201d }
h1 { text-align: center; font-size: 1.6rem } h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; border-bottom: 1px solid #cbd3d0 }
h3 { font-size: 1rem; margin: 1.4rem 0 .2rem } ul { margin: .2rem 0; padding-left: 1.4rem } a { color: #0b6e5b } p { margin: .2rem 0 }
.note { color: #4a5652; font-size: .85rem; overflow-wrap: anywhere }
</style></head><body><main><h1>${safe(title)}</h1>
<p class="note">共 ${this.#records.length} 份已确认的记录。本页不需要网络；每个文件的校验值在 <a href="SHA256SUMS.txt">SHA256SUMS.txt</a>，可用 sha256sum -c 核对。</p>
<h2>整册和台账</h2><ul>${common.map(link).join('')}</ul>
<h2>记录</h2>${this.#records.map(section).join('\n')}
${without.length === 0 ? '' : `<h2>未形成记录的安排</h2><ul>${without.map((row) => `<li>${safe(`${dayInWords(row.day)}　${row.title}（${states[row.state]}）`)}</li>`).join('')}</ul>`}
</main></body></html>
`
  }
}

function section({ record, day, entries }: Listed): string {
  return `<h3>${safe(`${dayInWords(day)}　${record.title}`)}</h3>
<p>${safe(`${kindsOf(record)}　应到 ${record.expected} 人，实到 ${record.present} 人${record.place === '' ? '' : `　${record.place}`}`)}</p>
<ul>${entries.map(link).join('')}</ul>${record.digest === null ? '' : `<p class="note">记录指纹（SHA-256）：${grouped(record.digest)}</p>`}`
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)

const sizeOf = (bytes: number) =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

function link({ path, bytes }: Entry): string {
  const address = path.split('/').map(encodeURIComponent).join('/')
  return `<li><a href="${address}">${safe(path.split('/').at(-1) ?? path)}</a> <span class="note">${sizeOf(bytes)}</span></li>`
}

const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
}

/** What the file is, whatever it was called. */
const endingOf = ({ mediaType }: KeptFile): string => endings[mediaType] ?? 'bin'
