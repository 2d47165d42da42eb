/** The lists of 2.3 million passes are small enough for a village's network. */
import { expect, test } from 'vitest'
import { mostStatuses, signStatuses, status } from '#pass'
import { later, now, randomStatuses, signerOf } from './example.ts'
import { readStatuses } from './statuses.ts'

const members = 2_300_000
const list = async (statuses: Uint8Array, n = 0) =>
  signStatuses({ uri: `ygl:53:${n}`, issuedAt: now, expiresAt: later(3 * 86_400), statuses }, await signerOf('root'))

test('three lists for 2.3 million passes, 5 % of them taken back at random, are at most 300 KB', { timeout: 60_000 }, async () => {
  const lengths = [mostStatuses, mostStatuses, members - 2 * mostStatuses]
  const sizes: [number, number][] = []
  for (const share of [0.01, 0.05, 0.1]) {
    const lists = await Promise.all(lengths.map((length, n) => list(randomStatuses(share, 53 + n, length), n)))
    sizes.push([share, lists.reduce((sum, { length }) => sum + length, 0)])
  }
  console.log(sizes.map(([share, bytes]) => `${share * 100} % taken back: ${Math.round(bytes / 1024)} KB in three lists`).join('\n'))
  expect(sizes.find(([share]) => share === 0.05)?.[1]).toBeLessThanOrEqual(300 * 1024)
})

test('every status comes back from where it was put', async () => {
  const statuses = randomStatuses(0.3, 7, 10_003)
  const opened = await readStatuses(await list(statuses))
  expect(Uint8Array.from(statuses, (_value, index) => opened.at(index) ?? 9)).toEqual(statuses)
  expect(opened.at(10_004)).toBeUndefined()
})

test('more than fits, or a status that is none, is refused before it is signed', async () => {
  await expect(list(new Uint8Array(mostStatuses + 1))).rejects.toThrow('1048576')
  await expect(list(Uint8Array.of(status.valid, 4))).rejects.toThrow('0, 1, 2 or 3')
})
