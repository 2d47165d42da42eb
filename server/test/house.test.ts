/** The house that tests open: people sign in to it, see their part of the tree, and it closes at once, followers or not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { me } from '#contract/identity'
import { listMembers } from '#contract/members'
import { getOrganisation } from '#contract/organisations'
import { openTestHouse, type OpenTestHouse } from './house.ts'

let home: OpenTestHouse

beforeAll(async () => {
  home = await openTestHouse()
})

afterAll(() => home.close())

test('a secretary signs in at a branch and sees it and its members', async () => {
  const branch = home.node('甲村党支部')
  await home.addMembers(branch, 3)
  const secretary = await home.signIn('BRANCH_SECRETARY', branch, { name: '李书记' })
  expect(await secretary.call(me)).toMatchObject({ name: '李书记', posts: [{ role: 'BRANCH_SECRETARY', organisationId: branch.id }] })
  expect(await secretary.call(listMembers, { params: { organisationId: branch.id }, query: {} })).toMatchObject({ total: 3, full: 3 })
  const other = { params: { organisationId: home.node('丙村党支部').id }, query: {} }
  expect(await secretary.refusal(getOrganisation, other)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect(await home.stranger.refusal(getOrganisation, other)).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' })
})
