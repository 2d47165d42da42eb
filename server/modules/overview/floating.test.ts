/** Members working away: shown where nobody can be singled out, also not by opening one line after another. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getOverview } from '#contract/overview'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { registerMembers } from '../../test/membership.ts'

let house: OpenTestHouse
let admin: Person
const away = { 甲村党支部: 2, 乙村党支部: 9, 丙村党支部: 8 }

const seenBy = async (person: Person, name: string) => {
  const { measures, children } = await person.call(getOverview, { params: { organisationId: house.node(name).id } })
  return { sum: measures.floating, parts: Object.fromEntries(children.map((child) => [child.shortName, child.measures.floating])) }
}

beforeAll(async () => {
  house = await openTestHouse()
  admin = await house.signIn('ORG_DEPARTMENT', '省委')
  for (const [branch, count] of Object.entries(away)) {
    const secretary = await house.signIn('BRANCH_SECRETARY', branch)
    await registerMembers(secretary, house.node(branch), count, { mobility: 'FLOW_OUT', flowDestination: '浙江' })
  }
  await house.catchUp()
})
afterAll(() => house.close())

test('sums that are large enough are shown', async () => {
  expect(await seenBy(admin, '省委')).toEqual({ sum: 19, parts: { 甲县委: 11, 乙县委: 8 } })
  expect(await seenBy(admin, '乙镇党委')).toEqual({ sum: 8, parts: { 丙村党支部: 8 } })
})

test('a small number is hidden together with the one that would give it away', async () => {
  expect(await seenBy(admin, '甲镇党委')).toEqual({ sum: 11, parts: { 甲村党支部: null, 乙村党支部: null } })
})

test('and opening the one that was hidden for the other’s sake does not show it', async () => {
  expect((await seenBy(admin, '乙村党支部')).sum).toBeNull()
  const townAdmin = await house.signIn('COMMITTEE_ADMIN', '甲镇党委')
  expect((await seenBy(townAdmin, '乙村党支部')).sum).toBeNull()
})

test('in the own branch everybody knows who is away', async () => {
  for (const branch of ['甲村党支部', '乙村党支部'] as const) {
    expect((await seenBy(await house.signIn('BRANCH_SECRETARY', branch), branch)).sum).toBe(away[branch])
  }
})
