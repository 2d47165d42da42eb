import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMembers } from '#contract/members'
import { type OpenTestHouse, openTestHouse } from '#house'

let open: OpenTestHouse
beforeAll(async () => {
  open = await openTestHouse()
})
afterAll(() => open.close())

test('members registered in one branch at the same moment are all counted', async () => {
  await Promise.all(Array.from({ length: 12 }, () => open.addMembers('甲村党支部', 1)))
  const secretary = await open.signIn('BRANCH_SECRETARY', '甲村党支部')
  const { total, items } = await secretary.call(listMembers, { params: { organisationId: open.node('甲村党支部').id } })
  expect(items).toHaveLength(12)
  expect(total).toBe(12)
})
