/** Papers of a record are read by those who may read the record, and by nobody else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putFile } from '#contract/files'
import { getGatheringFile, putGathering, startGathering } from '#contract/meetings'
import { putRecord } from '#contract/record'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'

let place: OpenTestHouse
let recorder: Person
let memberIds: string[]

beforeAll(async () => {
  place = await openTestHouse()
  memberIds = await place.addMembers('甲村党支部', 5)
  recorder = await place.signIn('RECORDER', '甲村党支部')
})
afterAll(() => place.close())

const paper = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')

async function upload(name: string): Promise<string> {
  const fileId = randomUUID()
  await recorder.call(putFile, { params: { fileId }, query: { name }, body: paper })
  return fileId
}

test('the secretary opens what the recorder attached; other branches and other files stay closed', async () => {
  const [attached, kept] = [await upload('签到表.pdf'), await upload('草稿.pdf')]
  const params = { organisationId: place.node('甲村党支部').id, gatheringId: randomUUID() }
  const [start, end] = [-7200_000, -3600_000].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string]
  await recorder.call(putGathering, {
    params,
    body: { title: '主题党日', segments: [{ id: randomUUID(), kind: 'THEME_DAY' }], mode: 'ONSITE', plannedStart: start },
  })
  const { version } = await recorder.call(startGathering, { params, body: { at: start } })
  await recorder.call(putRecord, {
    params,
    body: {
      actualStart: start,
      actualEnd: end,
      hostId: memberIds[0] ?? '',
      agenda: [],
      minutes: '清理河道。',
      fileIds: [attached],
      version,
    },
  })
  const secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部')
  const opened = await secretary.ask(getGatheringFile, { params: { ...params, fileId: attached } })
  expect(opened.status).toBe(200)
  expect(paper.equals(opened.body as Buffer)).toBe(true)

  expect(await secretary.refusal(getGatheringFile, { params: { ...params, fileId: kept } })).toMatchObject({ status: 404 })
  const neighbour = await place.signIn('BRANCH_SECRETARY', '乙村党支部')
  expect(await neighbour.refusal(getGatheringFile, { params: { ...params, fileId: attached } })).toMatchObject({ status: 404 })
  const own = { organisationId: place.node('乙村党支部').id, gatheringId: params.gatheringId, fileId: attached }
  expect(await neighbour.refusal(getGatheringFile, { params: own })).toMatchObject({ status: 404 })
})
