/**
 * 年度档案: asked for, bound by a job, taken away by those who keep the records. The job reads with the rights of the post they acted in, as they are
 * when it runs; how far it is stands in the row, committed record by record.
 */
import { Readable } from 'node:stream'
import type { z } from 'zod'
import type * as contract from '#contract/papers'
import type { BodyOf } from '#contract/operation'
import { holds } from '#contract/roles'
import {
  addJob,
  type Caller,
  type Context,
  DomainError,
  type Job,
  type MadeFile,
  type Node,
  Scope,
  type Services,
  sql,
  type StoredFile,
  transact,
} from '#platform'
import { Bundle } from './bundle.ts'
import { fonts } from './fonts.ts'
import { dutyBook, gatheringBook } from './ledgers.ts'
import { writePaper } from './paper.ts'
import type { Reader } from './proof.ts'
import { fileName, type Gathering, isSettled } from './words.ts'
import { type Duty, dutiesOf, gatheringAt, gatheringsOf, type Held } from './year.ts'
import { Yearbook } from './yearbook.ts'

type Shown = z.output<typeof contract.Yearbook>

const columns = sql`id, organisation_id as "organisationId", year, form, state, done, total, bytes, encode(sha256, 'hex') as sha256, failure,
  asked_at as "askedAt", finished_at as "finishedAt"`

const of = (node: Node) => sql`county = ${node.county} and organisation_id = ${node.id}`

export const list = (ctx: Context, node: Node): Promise<Shown[]> =>
  ctx.query(sql<Shown>`select ${columns} from papers.yearbook where ${of(node)} order by asked_at desc limit 50`)

/** @throws DomainError ID_TAKEN */
export async function ask(ctx: Context, node: Node, id: string, body: BodyOf<typeof contract.putYearbook>, origin: string): Promise<Shown> {
  const before = await ctx.find(sql<Shown & { isOwn: boolean }>`
    select ${columns}, ${of(node)} as "isOwn" from papers.yearbook where county = ${node.county} and id = ${id}`)
  if (before !== undefined) {
    const { isOwn, ...shown } = before
    if (!isOwn || shown.year !== body.year || shown.form !== body.form) throw new DomainError('ID_TAKEN')
    return shown
  }
  const row = await ctx.get(sql<Shown>`
    insert into papers.yearbook (county, id, organisation_id, account_id, post_id, year, form, origin)
    values (${node.county}, ${id}, ${node.id}, ${ctx.account.id}, ${ctx.post.id}, ${body.year}, ${body.form}, ${origin}) returning ${columns}`)
  await addJob(ctx, 'papers.bindYearbook', { county: node.county, yearbookId: id }, `papers.bindYearbook:${id}`)
  ctx.audit({ operation: 'papers.putYearbook', county: node.county, subjectId: node.id, rows: 1 })
  return row
}

/** One that is not there is dropped already. */
export async function drop(ctx: Context, node: Node, id: string): Promise<void> {
  await ctx.query(sql`delete from papers.yearbook where ${of(node)} and id = ${id}`)
}

/** The finished file. @throws DomainError NOT_FOUND, NOT_READY */
export async function take(ctx: Context, node: Node, id: string): Promise<{ fileId: string; name: string }> {
  const row = await ctx.get(sql<{ fileId: string | null; year: number; form: Shown['form'] }>`
    select file_id as "fileId", year, form from papers.yearbook where ${of(node)} and id = ${id}`)
  if (row.fileId === null) {
    throw new DomainError('NOT_READY', {
      sentence: { zh: '档案还在编制，完成后再下载。', en: 'The archive is still being bound; take it when it is ready.' },
    })
  }
  return { fileId: row.fileId, name: nameOf(node.name, row.year, row.form) }
}

const nameOf = (organisation: string, year: number, form: Shown['form']) =>
  fileName([organisation, `${year}年度组织生活档案`], form === 'PDF' ? 'pdf' : 'zip')

interface Asked {
  county: string
  id: string
  organisationId: string
  accountId: string
  postId: string
  year: number
  form: Shown['form']
  origin: string
}

export const bindingJob = (services: Services): Job => ({
  name: 'papers.bindYearbook',
  async work(ctx, { county, yearbookId }) {
    const asked = await ctx.find(sql<Asked>`
      select county, id, organisation_id as "organisationId", account_id as "accountId", post_id as "postId", year, form, origin
      from papers.yearbook where county = ${county} and id = ${yearbookId} and state in ('WAITING', 'WORKING')`)
    if (asked === undefined) return
    try {
      await new Binding(services, asked).bind(ctx)
    } catch (error) {
      if (error instanceof Dropped) return
      // What a person can act on is told; anything else is tried again.
      if (!(error instanceof DomainError) || error.status >= 500) throw error
      await ctx.query(sql`
        update papers.yearbook set state = 'FAILED', failure = ${JSON.stringify(error.sentence)}::jsonb, finished_at = now()
        where county = ${asked.county} and id = ${asked.id}`)
    }
  },
})

/** Whoever asked no longer wants it. */
class Dropped extends Error {}

/** Bytes of attachments in one zip. */
const mostBytes = 512 * 1024 ** 2

class Binding {
  readonly #services: Services
  readonly #asked: Asked
  #total = 0
  #done = 0

  constructor(services: Services, asked: Asked) {
    this.#services = services
    this.#asked = asked
  }

  async bind(ctx: Context): Promise<void> {
    const { year, form, origin, county, id } = this.#asked
    const { caller, node } = await this.#caller(ctx)
    const read = <T>(work: (part: Context) => Promise<T>) => transact(this.#services.pool, work, { caller, reads: true })
    const held = await read((part) => gatheringsOf(part, node, year))
    const duties = await read((part) => dutiesOf(part, node, year))
    const recorded = held.filter(isSettled)
    this.#total = recorded.length
    await this.#tell()
    const reader: Reader = { origin, tellsReasons: true }
    const book = new Yearbook(await fonts(), node.name, year, held, reader)
    book.duties(duties)
    const made = { id, name: nameOf(node.name, year, form), mediaType: form === 'PDF' ? 'application/pdf' : 'application/zip' }
    const records = this.#records(ctx, recorded, (one) => read((part) => gatheringAt(part, node, one.id)))
    const kept = await (form === 'PDF'
      ? this.#services.files.keepMade(ctx, made, Readable.from(this.#bindPdf(book, records, held)))
      : this.#keepBundle(ctx, made, new Bundle(node.name, year), (bundle) =>
          this.#fill(ctx, bundle, { node, book, records, held, duties, reader }),
        ))
    await ctx.query(sql`
      update papers.yearbook set state = 'READY', file_id = ${kept.id}, bytes = ${kept.bytes}, sha256 = decode(${kept.sha256}, 'hex'), finished_at = now()
      where county = ${county} and id = ${id}`)
    ctx.audit({ operation: 'papers.bindYearbook', county, subjectId: node.id, rows: recorded.length }, caller)
  }

  /** The records one after another, with how far it is told after each. */
  async *#records(
    ctx: Context,
    held: readonly Held[],
    read: (one: Held) => Promise<Gathering>,
  ): AsyncGenerator<{ record: Gathering; day: string }> {
    for (const one of held) {
      const { county, id } = this.#asked
      const wanted = await ctx.find(sql<{ id: string }>`select id from papers.yearbook where county = ${county} and id = ${id}`)
      if (wanted === undefined) throw new Dropped()
      yield { record: await read(one), day: one.day }
      this.#done += 1
      await this.#tell()
    }
  }

  async *#bindPdf(
    book: Yearbook,
    records: AsyncIterable<{ record: Gathering; day: string }>,
    held: readonly Held[],
  ): AsyncGenerator<Buffer> {
    for await (const { record, day } of records) book.record(record, day)
    book.without(held.filter((one) => !isSettled(one)))
    yield await book.finish()
  }

  /** The zip goes to disk while it is filled, so that it is never whole in memory. */
  async #keepBundle(ctx: Context, made: MadeFile, bundle: Bundle, fill: (bundle: Bundle) => Promise<void>): Promise<StoredFile> {
    const filling = fill(bundle).catch((error: Error) => {
      bundle.content.destroy(error)
      throw error
    })
    const [kept] = await Promise.all([this.#services.files.keepMade(ctx, made, bundle.content), filling])
    return kept
  }

  async #fill(ctx: Context, bundle: Bundle, { node, book, records, held, duties, reader }: Year): Promise<void> {
    const { year } = this.#asked
    const all: Gathering[] = []
    let bytes = 0
    for await (const { record, day } of records) {
      book.record(record, day)
      all.push(record)
      const at = new Date(record.plannedStart)
      const minutes = await writePaper(record, 'MINUTES', reader, at)
      const papers = [{ name: '会议记录', content: minutes.content }]
      if (record.resolutions.length > 0) {
        papers.push({ name: '决议摘录', content: (await writePaper(record, 'RESOLUTIONS', reader, at)).content })
      }
      const files = []
      for (const { fileId, name } of record.files) files.push({ ...(await this.#services.files.openHeld(ctx, fileId)), name })
      bytes += files.reduce((sum, file) => sum + file.bytes, 0)
      if (bytes > mostBytes) throw tooLarge()
      bundle.addRecord(record, day, papers, files)
    }
    const without = held.filter((one) => !isSettled(one))
    book.without(without)
    bundle.add(nameOf(node.name, year, 'PDF'), await book.finish(), false)
    bundle.add('会议活动台账.xlsx', await gatheringBook(node, year, all), false)
    bundle.add('应办事项台账.xlsx', await dutyBook(node, year, duties), false)
    bundle.finish(without)
  }

  /** How far it is, for everybody to see at once. */
  async #tell(): Promise<void> {
    const { county, id } = this.#asked
    await transact(this.#services.pool, (ctx) =>
      ctx.query(sql`
        update papers.yearbook set state = 'WORKING', done = ${this.#done}, total = ${this.#total}
        where county = ${county} and id = ${id} and state in ('WAITING', 'WORKING')`),
    )
  }

  /** The person with the post they asked in, if they still hold it and it still reaches the organisation. @throws DomainError NOT_ALLOWED */
  async #caller(ctx: Context): Promise<{ caller: Caller; node: Node }> {
    const { accountId, postId, organisationId } = this.#asked
    const posts = await this.#services.identity.posts(ctx, accountId)
    const post = posts.find((one) => one.id === postId)
    const node = await this.#services.hierarchy.find(ctx, organisationId)
    if (
      post === undefined ||
      node === undefined ||
      !holds(post.role, 'write:gathering') ||
      !new Scope(post.node.path).contains(node.path)
    ) {
      throw new DomainError('NOT_ALLOWED')
    }
    const { name } = await ctx.get(sql<{ name: string }>`select name from platform.account where id = ${accountId}`)
    const account = { id: accountId, name, subjectId: null, sessionId: '', posts }
    return { caller: { account, post, purpose: '编制年度档案', language: 'zh' }, node }
  }
}

/** What goes into the zip of a year. */
interface Year {
  node: Node
  book: Yearbook
  records: AsyncIterable<{ record: Gathering; day: string }>
  held: readonly Held[]
  duties: readonly Duty[]
  reader: Reader
}

const tooLarge = () =>
  new DomainError('TOO_MANY_RECORDS', {
    sentence: {
      zh: '附件合计超过 512 MB，无法装进一个压缩包。请改用 PDF 一册，附件在原记录上下载。',
      en: 'The attachments exceed 512 MB together. Choose the PDF; attachments can be taken from the records.',
    },
  })
