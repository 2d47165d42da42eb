/**
 * What a branch prints, files and carries away, opened again as others open it: the text of the PDF through its own ToUnicode tables,
 * the workbook by a reader of workbooks, the calendar line by line, the zip by its directory with every checksum.
 *
 * Seen to fail: with text cells of no format, with a description in the calendar's events, with a file added after the checksums, and
 * with the post not looked at again when a feed is read.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { inflateRawSync, inflateSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putFile } from '#contract/files'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import { type Operation, placeOf } from '#contract/operation'
import * as contract from '#contract/papers'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { type Node, sql } from '#platform'
import { breakLines } from './lines.ts'

let home: OpenTestHouse
let branch: Node
let recorder: Person
let secretary: Person
let member: Person
let memberIds: string[]
let held: { organisationId: string; gatheringId: string }
let planned: { organisationId: string; gatheringId: string }
const attached = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
/** Begins as a formula does. */
const title = '=HYPERLINK("x")巡边护河大会'
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
/** Held this year, whatever the day on which the test runs. */
const begun = new Date(Math.max(Date.parse(`${year}-01-01T02:00:00+08:00`), Date.now() - 7_200_000)).toISOString()

beforeAll(async () => {
  home = await openTestHouse()
  branch = home.node('甲村党支部')
  memberIds = await home.addMembers(branch, 5)
  recorder = await home.signIn('RECORDER', branch, { name: '罗记录' })
  secretary = await home.signIn('BRANCH_SECRETARY', branch, { name: '李书记' })
  member = await home.signIn('MEMBER', branch, { memberId: memberIds[1] ?? '' })
  held = await holdGeneralMeeting()
  planned = await planThemeDay()
})

afterAll(() => home.close())

async function planThemeDay() {
  const params = { organisationId: branch.id, gatheringId: randomUUID() }
  const plannedStart = new Date(Date.now() + 5 * 86_400_000).toISOString()
  await recorder.call(meetings.putGathering, {
    params,
    body: {
      title: '主题党日；护林, 巡山',
      segments: [{ id: randomUUID(), kind: 'THEME_DAY' }],
      mode: 'ONSITE',
      place: '活动室',
      plannedStart,
    },
  })
  await recorder.call(meetings.notifyGathering, { params })
  return params
}

async function holdGeneralMeeting() {
  const params = { organisationId: branch.id, gatheringId: randomUUID() }
  const items = [randomUUID(), randomUUID()] as const
  await recorder.call(meetings.putGathering, {
    params,
    body: {
      title,
      segments: [{ id: randomUUID(), kind: 'GENERAL_MEETING' }],
      mode: 'ONSITE',
      place: '村委会党员活动室',
      plannedStart: begun,
    },
  })
  await recorder.call(meetings.notifyGathering, { params })
  await recorder.call(meetings.startGathering, { params, body: { at: begun } })
  const { version } = await recorder.call(attendance.putAttendance, {
    params,
    body: {
      rows: memberIds.map((memberId, n) => ({
        memberId,
        state: n === 4 ? ('LEAVE' as const) : ('PRESENT_ONSITE' as const),
        leaveReason: n === 4 ? ('BORDER_PATROL' as const) : null,
        deviceAt: begun,
      })),
    },
  })
  const fileId = randomUUID()
  await recorder.call(putFile, { params: { fileId }, query: { name: '巡边排班表.pdf' }, body: attached })
  const recorded = await recorder.call(recording.putRecord, {
    params,
    body: {
      actualStart: begun,
      actualEnd: new Date(Date.parse(begun) + 3_600_000).toISOString(),
      hostId: memberIds[0] ?? '',
      agenda: [
        { id: items[0], title: '学习《支部工作条例》', note: '逐条学习，重点讲第十一条。' },
        { id: items[1], title: '表决冬季巡边排班' },
      ],
      speeches: [{ memberId: memberIds[1] ?? '', gist: '界碑在，家就在。看到生面孔先问清楚。' }],
      minutes: '讨论明确：发现异常10分钟内报告。',
      resolutions: [{ itemId: items[1], title: '通过冬季巡边排班', ballot: 'HANDS', agree: 4, against: 0, abstain: 0 }],
      fileIds: [fileId],
      version,
    },
  })
  await secretary.call(recording.confirmGathering, { params, body: { version: recorded.version } })
  return params
}

/** Asks for bytes, with what the answer's headers say. */
async function bytesOf(person: Person, operation: Operation, params: Record<string, string>, query: Record<string, string> = {}) {
  const path = placeOf(operation).replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => params[name] ?? '')
  const answer = await home.house.app.inject({ method: 'GET', url: path, query, headers: person.headers })
  const disposition = answer.headers['content-disposition'] ?? ''
  return {
    status: answer.statusCode,
    mediaType: String(answer.headers['content-type']),
    name: decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)?.[1] ?? ''),
    disposition,
    content: answer.rawPayload,
  }
}

describe('on A4', () => {
  const paper = (person: Person, params: Record<string, string>, kind: string) => bytesOf(person, contract.getPaper, params, { kind })

  test('the minutes say when, where, who came, who did not and why, item by item, with the vote and the fingerprint', async () => {
    const { content, mediaType, name } = await paper(recorder, held, 'MINUTES')
    expect(mediaType).toBe('application/pdf')
    expect(name).toMatch(/^甲村党支部_\d{4}-\d\d-\d\d_=HYPERLINK\( x \)巡边护河大会_会议记录\.pdf$/)
    const { text, pages } = readPdf(content)
    const { digest, roster, verdicts } = await recorder.call(meetings.getGathering, { params: held })
    const names = new Map(roster.map((row) => [row.memberId, row.name]))
    for (const said of [
      '甲村党支部',
      '支部党员大会记录',
      '村委会党员活动室',
      '5人（有表决权5人）',
      `${names.get(memberIds[4] ?? '')}（请假：巡边）`,
      '一、学习《支部工作条例》',
      '逐条学习，重点讲第十一条。',
      '应到会有表决权党员5人，实到4人；赞成4票，反对0票，弃权0票。表决通过。',
      `${names.get(memberIds[1] ?? '')}：界碑在，家就在。看到生面孔先问清楚。`,
      '发现异常10分钟内报告',
      '经李书记确认',
      '1. 巡边排班表.pdf'.replaceAll(' ', ''),
      '— 1 —'.replaceAll(' ', ''),
    ]) {
      expect(text, said).toContain(said)
    }
    expect(text).toContain(digest ?? 'no digest')
    expect(text).toContain((verdicts[0]?.sentence.zh ?? 'no verdict').replaceAll(' ', ''))
    expect(pages).toBeGreaterThan(0)
  })

  test('a member reads them without the reasons of others', async () => {
    const { text } = readPdf((await paper(member, held, 'MINUTES')).content)
    expect(text).toContain('（请假）')
    expect(text).not.toContain('巡边）')
  })

  test('the same record is the same file, byte for byte', async () => {
    const [one, two] = [await paper(recorder, held, 'MINUTES'), await paper(recorder, held, 'MINUTES')]
    expect(one.content.equals(two.content)).toBe(true)
  })

  test('notice, sign-in sheet and resolutions are written; what has nothing in it is refused with a sentence', async () => {
    expect(readPdf((await paper(member, planned, 'NOTICE')).content).text).toMatch(/关于开展主题党日的通知.*全体党员：.*护林.*活动室/s)
    const sheet = readPdf((await paper(recorder, planned, 'SIGN_IN_SHEET')).content).text
    for (const { name } of (await recorder.call(meetings.getGathering, { params: planned })).roster) expect(sheet).toContain(name)
    expect(readPdf((await paper(recorder, held, 'RESOLUTIONS')).content).text).toMatch(/决议（摘录）.*通过冬季巡边排班.*依据：/s)
    const refused = { params: planned, query: { kind: 'MINUTES' as const } }
    expect(await recorder.refusal(contract.getPaper, refused)).toMatchObject({ status: 409, code: 'NOTHING_ON_RECORD' })
    const neighbour = await home.signIn('BRANCH_SECRETARY', '乙村党支部')
    expect(await neighbour.refusal(contract.getPaper, { params: held })).toMatchObject({ status: 404 })
  })

  test('no line begins with a closing mark or ends with an opening one, and a number keeps its unit', () => {
    const text = '会议（2026年11月5日）决定：“每天两人一组”，李阿普、罗家旺带班；有10人参加《条例》学习。'
    for (let width = 6; width < 30; width += 1) {
      const lines = breakLines([{ text }], width, () => 1).map((line) => line.pieces.map((piece) => piece.text).join(''))
      expect(lines.join('')).toBe(text)
      for (const [n, line] of lines.entries()) {
        if (n > 0) expect(line, `${width}`).not.toMatch(/^[，。、；：）》”]/)
        if (n < lines.length - 1) expect(line, `${width}`).not.toMatch(/[（《“]$|\d$/)
      }
    }
  })
})

describe('as Excel', () => {
  test('the ledger has real dates and numbers, a head that stays and filters, and nothing that Excel would reckon', async () => {
    const { content, name } = await bytesOf(recorder, contract.getGatheringLedger, { organisationId: branch.id }, { year: String(year) })
    expect(name).toBe(`甲村党支部_${year}年度会议活动台账.xlsx`)
    const book = new exceljs.Workbook()
    await book.xlsx.load(content as unknown as exceljs.Buffer)
    const sheet = book.getWorksheet('会议活动台账')
    if (sheet === undefined) throw new Error('no sheet')
    const heads = (sheet.getRow(1).values as string[]).slice(1)
    const rows = Array.from({ length: sheet.rowCount - 1 }, (_, i) => sheet.getRow(i + 2))
    const row = rows.find((one) => one?.getCell(heads.indexOf('名称') + 1).value === title)
    const cell = (head: string) => row?.getCell(heads.indexOf(head) + 1)
    expect(cell('日期')?.value).toBeInstanceOf(Date)
    expect(cell('实到')?.value).toBe(4)
    expect(cell('应到')?.value).toBe(5)
    expect(cell('名称')).toMatchObject({ type: exceljs.ValueType.String, numFmt: '@' })
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet.autoFilter).toBeTruthy()
    const formulas = rows.flatMap((one) => (one === undefined ? [] : [one])).filter((one) => (one.values as unknown[]).some(isFormula))
    expect(formulas).toEqual([])
    const duties = await bytesOf(recorder, contract.getDutyLedger, { organisationId: branch.id })
    await new exceljs.Workbook().xlsx.load(duties.content as unknown as exceljs.Buffer)
    expect(duties.name).toContain('应办事项台账')
  })
})

const isFormula = (value: unknown) => typeof value === 'object' && value !== null && 'formula' in value

describe('as a calendar', () => {
  const token = () => randomBytes(32).toString('base64url')
  const read = (secret: string) => bytesOf(home.stranger, contract.readFeed, { token: secret })

  test('of one’s own says when, where and what, and no name; it is made once, listed, and gone when revoked', async () => {
    const [feedId, secret] = [randomUUID(), token()]
    const body = { token: secret, label: '我的手机' }
    const made = await member.call(contract.putFeed, { params: { feedId }, body })
    expect(made.url).toMatch(new RegExp(`/feeds/${secret}\\.ics$`))
    expect(await member.call(contract.putFeed, { params: { feedId }, body })).toEqual(made)
    expect(JSON.stringify(await member.call(contract.listFeeds))).not.toContain(secret)
    const { status, mediaType, content } = await read(secret)
    expect([status, mediaType]).toEqual([200, 'text/calendar; charset=utf-8'])
    const events = readCalendar(content.toString())
    const day = events.find((event) => event['SUMMARY'] === '主题党日；护林\\, 巡山')
    expect(day).toMatchObject({ LOCATION: '活动室', STATUS: 'CONFIRMED' })
    expect(day?.['DTSTART']).toMatch(/^\d{8}T\d{6}Z$/)
    const { roster } = await recorder.call(meetings.getGathering, { params: planned })
    for (const { name } of roster) expect(content.toString()).not.toContain(name)
    expect(content.toString()).not.toMatch(/ATTENDEE|ORGANIZER|DESCRIPTION|巡边排班/)
    expect((await member.call(contract.listFeeds)).items).toMatchObject([
      { id: feedId, label: '我的手机', readOn: expect.any(String) as string },
    ])

    expect(await secretary.refusal(contract.revokeFeed, { params: { feedId } })).toMatchObject({ status: 404 })
    await member.call(contract.revokeFeed, { params: { feedId } })
    expect(await read(secret)).toMatchObject({ status: 404 })
  })

  test('keeps the hash of its secret and nothing else', async () => {
    const [feedId, secret] = [randomUUID(), token()]
    await member.call(contract.putFeed, { params: { feedId }, body: { token: secret, label: '平板' } })
    const [row] = await home.inside((ctx) => ctx.query(sql<{ all: string }>`select f::text as all from papers.feed f where id = ${feedId}`))
    expect(row?.all).toContain('平板')
    expect(row?.all).not.toContain(secret)
    expect(row?.all).not.toContain(Buffer.from(secret).toString('hex'))
    expect(row?.all).not.toContain(createHash('sha256').update(secret).digest('hex'))
  })

  test('of a branch is read by those who may see its life, and closes when the post ends', async () => {
    const guest = await home.signIn('RECORDER', branch, { name: '王帮办' })
    const [feedId, secret] = [randomUUID(), token()]
    await guest.call(contract.putFeed, { params: { feedId }, body: { token: secret, organisationId: branch.id, label: '办公电脑' } })
    expect(readCalendar((await read(secret)).content.toString()).length).toBeGreaterThan(1)
    const elsewhere = { token: token(), organisationId: home.node('乙村党支部').id, label: '别处' }
    expect(await guest.refusal(contract.putFeed, { params: { feedId: randomUUID() }, body: elsewhere })).toMatchObject({ status: 404 })
    await home.inside((ctx) => ctx.query(sql`update platform.post set until_day = current_date - 1 where id = ${guest.postId}`))
    expect(await read(secret)).toMatchObject({ status: 404 })
  })
})

describe('a year in one file', () => {
  const bind = async (form: 'PDF' | 'ZIP') => {
    const params = { organisationId: branch.id, yearbookId: randomUUID() }
    const asked = await recorder.call(contract.putYearbook, { params, body: { year, form } })
    expect(await recorder.call(contract.putYearbook, { params, body: { year, form } })).toEqual(asked)
    expect(await recorder.refusal(contract.getYearbookFile, { params })).toMatchObject({ status: 409, code: 'NOT_READY' })
    return params
  }
  const ready = async ({ yearbookId }: { yearbookId: string }) => {
    for (;;) {
      const { items } = await recorder.call(contract.listYearbooks, { params: { organisationId: branch.id } })
      const found = items.find(({ id }) => id === yearbookId)
      if (found === undefined || found.state === 'READY' || found.state === 'FAILED') return found
      await pause(50)
    }
  }

  test('is bound by a job, with contents and page numbers, and as a zip whose every checksum holds', async () => {
    const [pdf, zip, dropped] = [await bind('PDF'), await bind('ZIP'), await bind('PDF')]
    await recorder.call(contract.dropYearbook, { params: dropped })
    await home.house.startWorker()
    expect(await ready(pdf)).toMatchObject({ state: 'READY', done: 1, total: 1, failure: null })
    const book = await bytesOf(recorder, contract.getYearbookFile, pdf)
    expect(book).toMatchObject({ mediaType: 'application/pdf', name: `甲村党支部_${year}年度组织生活档案.pdf` })
    const { text } = readPdf(book.content)
    expect(text).toMatch(/目　*录.*应办事项一览.*1.*巡边护河大会\d.*支部党员大会记录/s)

    const done = await ready(zip)
    expect(done).toMatchObject({ state: 'READY', done: 1, total: 1 })
    const bundle = await bytesOf(recorder, contract.getYearbookFile, zip)
    expect(createHash('sha256').update(bundle.content).digest('hex')).toBe(done?.sha256)
    const files = readZip(bundle.content)
    const sums = (files.get('SHA256SUMS.txt') ?? Buffer.alloc(0)).toString().trimEnd().split('\n')
    expect(sums.length).toBe(files.size - 1)
    for (const line of sums) {
      const [, hash = '', path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
      expect(
        createHash('sha256')
          .update(files.get(path) ?? '')
          .digest('hex'),
        path,
      ).toBe(hash)
    }
    const paths = [...files.keys()]
    expect(files.get(paths.find((path) => path.includes('/附件/')) ?? '')?.equals(attached)).toBe(true)
    const record = JSON.parse((files.get(paths.find((path) => path.endsWith('/记录.json')) ?? '') ?? '').toString()) as { title: string }
    expect(record.title).toBe(title)
    const index = (files.get('index.html') ?? '').toString()
    expect(index).not.toMatch(/<script|https?:\/\//i)
    const links = [...index.matchAll(/href="([^"]+)"/g)].map((match) => decodeURIComponent(match[1] ?? ''))
    expect(links.length).toBeGreaterThan(6)
    for (const path of links) expect(files.has(path), path).toBe(true)
    expect(index).toContain('主题党日；护林, 巡山')

    expect((await ready(dropped))?.state).toBeUndefined()
    expect((await bytesOf(secretary, contract.getYearbookFile, zip)).status).toBe(200)
    const neighbour = await home.signIn('RECORDER', '乙村党支部')
    expect(await neighbour.refusal(contract.getYearbookFile, { params: zip })).toMatchObject({ status: 404 })
    const under = { organisationId: home.node('乙村党支部').id, yearbookId: zip.yearbookId }
    expect(await neighbour.refusal(contract.getYearbookFile, { params: under })).toMatchObject({ status: 404 })
  })

  test('is not bound with a post that has ended, and says so', async () => {
    const guest = await home.signIn('RECORDER', branch)
    const params = { organisationId: branch.id, yearbookId: randomUUID() }
    await home.inside(async (ctx) => {
      await ctx.query(sql`
        insert into papers.yearbook (county, id, organisation_id, account_id, post_id, year, form, origin)
        values (${branch.county}, ${params.yearbookId}, ${branch.id}, ${guest.accountId}, ${randomUUID()}, ${year}, 'PDF', 'http://localhost')`)
      const job = home.house.jobs.find(({ name }) => name === 'papers.bindYearbook')
      await job?.work(ctx, { county: branch.county, yearbookId: params.yearbookId })
    })
    const { items } = await guest.call(contract.listYearbooks, { params: { organisationId: branch.id } })
    const failed = items.find(({ id }) => id === params.yearbookId)
    expect(failed).toMatchObject({ state: 'FAILED', bytes: null })
    expect(failed?.failure?.zh).toBeTruthy()
  })
})

/** Text of a PDF in the order it is written, without spaces, decoded by the fonts' ToUnicode tables as any reader would. */
function readPdf(file: Buffer): { text: string; pages: number } {
  const objects = new Map<string, { dictionary: string; stream: Buffer | undefined }>()
  const source = file.toString('latin1')
  for (const match of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const body = match[2] ?? ''
    const at = body.indexOf('\nstream\n')
    const raw = at < 0 ? undefined : Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1')
    const dictionary = at < 0 ? body : body.slice(0, at)
    objects.set(match[1] ?? '', { dictionary, stream: raw !== undefined && dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw })
  }
  const tables = new Map<string, Map<string, string>>()
  for (const { dictionary } of objects.values()) {
    for (const [, name = '', id = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.dictionary ?? '')?.[1]
      if (toUnicode !== undefined) tables.set(name, unicodeTable(objects.get(toUnicode)?.stream?.toString('latin1') ?? ''))
    }
  }
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
  const text = pages.map(({ dictionary }) => {
    const content = objects.get(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '')?.stream?.toString('latin1') ?? ''
    let table = new Map<string, string>()
    let said = ''
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) table = tables.get(font) ?? new Map<string, string>()
      else
        for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi))
          for (const code of hex.match(/.{4}/g) ?? []) said += table.get(code) ?? '?'
    }
    return said.replaceAll(' ', '')
  })
  return { text: text.join(''), pages: pages.length }
}

/** PDFKit writes its tables as ranges of an array: `<0000> <00ff> [<4e00> <4e8c> …]`. */
function unicodeTable(table: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, first = '', , list = ''] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    for (const [i, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]+)>/gi)].entries()) {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? []
      found.set(
        (Number.parseInt(first, 16) + i).toString(16).padStart(4, '0'),
        String.fromCharCode(...units.map((u) => Number.parseInt(u, 16))),
      )
    }
  }
  return found
}

/** Events as names and values, lines unfolded (RFC 5545, 3.1). */
function readCalendar(text: string): Record<string, string>[] {
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n[\s\S]*END:VCALENDAR\s*$/)
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const events: Record<string, string>[] = []
  for (const line of lines) {
    const at = line.indexOf(':')
    if (line === 'BEGIN:VEVENT') events.push({})
    else if (at > 0 && events.length > 0)
      Object.assign(events.at(-1) ?? {}, { [line.slice(0, at).split(';')[0] ?? '']: line.slice(at + 1) })
  }
  return events
}

/** Files of a zip by its central directory (APPNOTE 4.3.12). */
function readZip(file: Buffer): Map<string, Buffer> {
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = file.readUInt32LE(end + 16)
  for (let n = file.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, size, nameLength] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)]
    const local = file.readUInt32LE(at + 42)
    expect(file.readUInt16LE(at + 8) & 0x0800, 'names are UTF-8').toBeTruthy()
    const name = file.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const raw = file.subarray(start, start + size)
    files.set(name, method === 8 ? inflateRawSync(raw) : raw)
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return files
}
