/** Papers of a floating member: the pass for somebody without a phone, the letters, the list. */
import { randomUUID } from 'node:crypto'
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getFloatingList, getLetter, printPass } from '#contract/papers'
import { type OpenTestHouse, openTestHouse } from '#house'
import { verify } from '#pass'
import { sql } from '#platform'
import { bound, issued, openStory, registered, shown, type Story, trustOf } from '../../test/floating.ts'

let place: OpenTestHouse
let story: Story
let registrationId: string

beforeAll(async () => {
  place = await openTestHouse()
  story = await openStory(place)
  registrationId = await registered(story, story.memberId)
  await issued(place, story, registrationId)
})
afterAll(() => place.close())

const copyText = (id: string) =>
  place.inside((ctx) => ctx.get(sql<{ text: string }>`select text from floating.copy where id = ${id}`)).then(({ text }) => text)

test('a printed pass is good beside the one on the phone, and the same id prints the same copy', async () => {
  const phone = await bound(story.member)
  const copyId = randomUUID()
  const print = () => story.secretary.ask(printPass, { params: { organisationId: story.home, registrationId, copyId } })
  const [first, again] = [await print(), await print()]
  expect(first.status).toBe(200)
  expect((first.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  expect(again.status).toBe(200)
  const text = await copyText(copyId)
  const trust = await trustOf(place)
  expect((await verify(text, trust, new Date())).outcome).toBe('VALID_PAPER')
  expect((await verify(await shown(phone), trust, new Date())).outcome).toBe('VALID')
})

test('letters and the list', async () => {
  for (const kind of ['CERTIFICATE', 'TRANSFER'] as const) {
    const letter = await story.secretary.ask(getLetter, { params: { organisationId: story.home, registrationId }, query: { kind } })
    expect((letter.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  }
  const { body } = await story.secretary.ask(getFloatingList, { params: { organisationId: story.home } })
  const book = new exceljs.Workbook()
  await book.xlsx.load(body as never)
  const sheet = book.getWorksheet('流出党员名册')
  expect(sheet?.getRow(1).getCell(1).value).toBe('姓名')
  expect(sheet?.rowCount).toBeGreaterThan(1)
})
