/** Those who follow an organisation hear what happens below it: at once, everything once, nothing from elsewhere, also after a cut. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { followHappenings, getOverview, type Happening } from '#contract/overview'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { rebuild, transact } from '#platform'
import { holdThemeDay } from '../../test/gathering.ts'
import { rollups } from './projection.ts'

let house: OpenTestHouse
let closed = false
let address: string
let admin: Person
let recorders: Record<string, [recorder: Person, secretary: Person]>

type Said = z.output<typeof Happening>

/** One open stream: what it said, and how to wait for more. */
class Stream {
  readonly heard: (Said & { number: string })[] = []
  ended = false
  readonly #gone = new AbortController()
  #told = () => {}

  static async open(person: Person, organisation: string, lastId?: string): Promise<Stream> {
    const stream = new Stream()
    const path = followHappenings.path.replace(':organisationId', house.node(organisation).id)
    const answer = await fetch(`${address}/api${path}`, {
      headers: { ...person.headers, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
      signal: stream.#gone.signal,
    })
    const isStream = answer.headers.get('content-type') === 'text/event-stream'
    if (answer.status !== 200 || !isStream || answer.body === null) throw new Error(`${answer.status}`)
    void stream.#read(answer.body)
    return stream
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    let text = ''
    try {
      for await (const part of body) {
        text += decoder.decode(part, { stream: true })
        const messages = text.split('\n\n')
        text = messages.pop() ?? ''
        for (const message of messages) {
          const match = /^id: (\d+)\nevent: happening\ndata: (.+)$/.exec(message)
          if (match !== null) this.heard.push({ ...(JSON.parse(match[2] ?? '') as Said), number: match[1] ?? '' })
        }
        this.#told()
      }
    } catch {
      // Cut by the house or by the test itself.
    }
    this.ended = true
    this.#told()
  }

  /** Waits until this is so. */
  async until(holds: (stream: Stream) => boolean): Promise<void> {
    while (!holds(this)) {
      const told = new Promise<void>((resolve) => {
        this.#told = resolve
      })
      if (!holds(this)) await told
    }
  }

  /** Waits for the happening of this gathering and kind. */
  async hears(gatheringId: string, what: string): Promise<void> {
    await this.until((s) => s.heard.some((said) => said.gatheringId === gatheringId && said.type === `meetings.gathering.${what}`))
  }

  cut(): void {
    this.#gone.abort()
  }
}

const hold = async (branch: string, absent = 0) => {
  const [recorder, secretary] = recorders[branch] ?? []
  if (recorder === undefined || secretary === undefined) throw new Error(branch)
  return (await holdThemeDay(recorder, secretary, house.node(branch), absent)).gatheringId
}

beforeAll(async () => {
  house = await openTestHouse()
  await rebuild(house.house.jobsPool, rollups)
  recorders = {}
  for (const branch of ['甲村党支部', '丙村党支部']) {
    recorders[branch] = [await house.signIn('RECORDER', branch), await house.signIn('BRANCH_SECRETARY', branch)]
    await house.addMembers(branch, 3)
  }
  admin = await house.signIn('ORG_DEPARTMENT', '省委')
  await house.catchUp()
  address = await house.house.app.listen({ port: 0, host: '127.0.0.1' })
  await house.house.startWorker()
})
afterAll(() => (closed ? undefined : house.close()))

test('who hears of it and looks sees the new numbers', async () => {
  const params = { organisationId: house.node('省委').id }
  const before = await admin.call(getOverview, { params })
  const stream = await Stream.open(admin, '省委')
  const gatheringId = await hold('甲村党支部', 1)
  await stream.hears(gatheringId, 'confirmed')
  const { measures } = await admin.call(getOverview, { params })
  expect(measures.gatherings).toBe(before.measures.gatherings + 1)
  expect(measures.present).toBe(before.measures.present + 2)
  expect(stream.heard.map((said) => said.type)).toEqual(['notified', 'started', 'confirmed'].map((what) => `meetings.gathering.${what}`))
  expect(stream.heard.at(-1)?.text.zh).toBe('甲村党支部确认主题党日“学习新党章”，应到 3 人，实到 2 人')
  stream.cut()
})

test('after a cut the stream goes on where it was, nothing lost and nothing twice', async () => {
  const whole = await Stream.open(admin, '省委')
  let part = await Stream.open(admin, '省委')
  const heard: string[] = []
  for (let round = 0; round < 3; round += 1) {
    await part.hears(await hold('甲村党支部'), 'confirmed')
    heard.push(...part.heard.map((said) => said.number))
    part.cut()
    await hold('丙村党支部')
    part = await Stream.open(admin, '省委', heard.at(-1))
  }
  await whole.until((s) => s.heard.length === 18)
  await part.until((s) => s.heard.length === 3)
  heard.push(...part.heard.map((said) => said.number))
  expect(heard).toEqual(whole.heard.map((said) => said.number))
  whole.cut()
  part.cut()
})

test('a number nobody gave out begins with what comes next', async () => {
  const stream = await Stream.open(admin, '省委', '999999999')
  const gatheringId = await hold('甲村党支部')
  await stream.hears(gatheringId, 'confirmed')
  expect(new Set(stream.heard.map((said) => said.gatheringId))).toEqual(new Set([gatheringId]))
  stream.cut()
})

test('nothing is heard from another part of the tree', async () => {
  const other = await house.signIn('ORG_DEPARTMENT', '乙县委')
  const [everything, part] = [await Stream.open(admin, '省委'), await Stream.open(other, '乙县委', '0')]
  await everything.hears(await hold('甲村党支部'), 'confirmed')
  await part.hears(await hold('丙村党支部'), 'confirmed')
  expect(new Set(part.heard.map((said) => said.organisationName))).toEqual(new Set(['丙村党支部']))
  await expect(Stream.open(other, '甲县委')).rejects.toThrow('404')
  await expect(Stream.open(house.stranger, '乙县委')).rejects.toThrow('401')
  everything.cut()
  part.cut()
})

test('what another process wrote is heard too', async () => {
  const stream = await Stream.open(admin, '省委')
  const node = house.node('丙村党支部')
  const id = randomUUID()
  // Straight through the platform, as a node without followers would: nobody in the web process is told of the commit.
  await transact(house.house.jobsPool, async (ctx) => {
    ctx.emit({ type: 'organisations.organisation.renamed', county: node.county, nodeId: node.id, path: node.path, subjectId: id })
  })
  await stream.until((s) => s.heard.some((said) => said.type === 'organisations.organisation.renamed'))
  expect(stream.heard).toHaveLength(1)
  stream.cut()
})

test('when the house closes, streams end and the house does not wait for them', async () => {
  const streams = await Promise.all([Stream.open(admin, '省委'), Stream.open(admin, '甲县委')])
  await house.close()
  closed = true
  for (const stream of streams) await stream.until((s) => s.ended)
  expect(streams.map((stream) => stream.ended)).toEqual([true, true])
})
