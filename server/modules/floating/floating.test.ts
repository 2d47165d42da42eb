/** Given a member of 甲村 who works in another county: from the registration to a record that home, host and member read alike. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  getMyFloating,
  getRegistration,
  listFloating,
  openToGuests,
  putRegistration,
  registerMyself,
  takeIn,
  takeMyStep,
  takeStep,
} from '#contract/floating'
import { answerDispute, disputeParticipation, getLedger, getMyLedger, listParticipations } from '#contract/participations'
import { bindPass, issuePass, putDoorCheck, setPassState } from '#contract/passes'
import { getGathering, notifyGathering, putGathering } from '#contract/meetings'
import { getMember } from '#contract/members'
import { type OpenTestHouse, openTestHouse } from '#house'
import { verify } from '#pass'
import { addMonths } from '#rules'
import {
  ago,
  assigned,
  begun,
  bound,
  confirmed,
  departure,
  issued,
  openStory,
  registered,
  shown,
  type Story,
  takenIn,
  today,
  trustOf,
} from '../../test/floating.ts'

let place: OpenTestHouse
let story: Story

beforeAll(async () => {
  place = await openTestHouse()
})
afterAll(() => place.close())
beforeEach(async () => {
  story = await openStory(place)
})

const year = Number(today.slice(0, 4))

describe('the whole way', () => {
  test('what a guest takes part in at the host is one row for member, home and host, and credited at home', async () => {
    const { member, memberId, secretary, hostBranch, home, branch } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    const phone = await bound(member)
    await takenIn(story, phone)
    await assigned(story, registrationId)
    const gatheringId = await begun(story)
    const params = { organisationId: branch, gatheringId }
    // On the roster without a vote, before anybody looked at a pass.
    const roster = (await hostBranch.call(getGathering, { params })).roster
    expect(roster.find((row) => row.memberId === memberId)).toMatchObject({
      capacity: 'FLOW_IN',
      hasVote: false,
      expected: true,
      state: 'EXPECTED',
    })
    const check = await hostBranch.call(putDoorCheck, {
      params: { ...params, checkId: randomUUID() },
      body: { presented: await shown(phone), deviceAt: new Date().toISOString(), admitted: true },
    })
    expect(check).toMatchObject({ outcome: 'VALID', admitted: true, elsewhere: false })
    await confirmed(story, gatheringId)
    await place.catchUp()
    const rows = await Promise.all([
      secretary.call(listParticipations, { params: { organisationId: home }, query: { memberId } }),
      hostBranch.call(listParticipations, { params: { organisationId: branch }, query: { memberId } }),
      member.call(getMyLedger, { params: { year } }).then(({ participations: items }) => ({ items })),
    ])
    expect(rows[0].items).toHaveLength(1)
    expect(rows[0].items[0]).toMatchObject({
      gatheringId,
      attendance: 'PRESENT',
      kinds: ['THEME_DAY'],
      hostName: '丙村党支部',
      homeName: '甲村党支部',
    })
    expect(rows[1]).toEqual(rows[0])
    expect(rows[2]).toEqual(rows[0])
    const { credits } = await member.call(getMyLedger, { params: { year } })
    expect(credits.find(({ kind, period }) => kind === 'THEME_DAY' && period === today.slice(0, 7))).toMatchObject({
      credit: 'MET_AT_HOST',
    })
    const ledgers = await Promise.all([
      secretary.call(getLedger, { params: { organisationId: home, registrationId, year } }),
      hostBranch.call(getLedger, { params: { organisationId: branch, registrationId, year } }),
      member.call(getMyLedger, { params: { year } }),
    ])
    expect(ledgers[1]).toEqual(ledgers[0])
    expect(ledgers[2]).toEqual(ledgers[0])
    const registration = await secretary.call(getRegistration, { params: { organisationId: home, registrationId } })
    expect(registration).toMatchObject({ state: 'PARTICIPATING', pass: { state: 'ACTIVE', coSignedByName: '乙镇党委' } })
  })

  test('at home the member is excused from meetings meanwhile, and their file says where they are', async () => {
    const { member, memberId, secretary, home } = story
    const registrationId = await registered(story, memberId)
    await place.catchUp()
    const file = await secretary.call(getMember, { params: { organisationId: home, memberId } })
    expect(file).toMatchObject({ mobility: 'FLOW_OUT' })
    expect(file.flowDestination).toContain('某某工地')
    await issued(place, story, registrationId)
    await takenIn(story, await bound(member))
    const params = { organisationId: home, gatheringId: randomUUID() }
    const segments = [{ id: randomUUID(), kind: 'GENERAL_MEETING' as const }]
    await secretary.call(putGathering, {
      params,
      body: { title: '党员大会', segments, mode: 'ONSITE', plannedStart: new Date().toISOString() },
    })
    const { roster } = await secretary.call(notifyGathering, { params })
    expect(roster.find((row) => row.memberId === memberId)).toMatchObject({ state: 'EXCUSED_LONG_TERM', leaveReason: 'FLOATING' })
    await secretary.call(takeStep, {
      params: { organisationId: home, registrationId, stepId: randomUUID() },
      body: { action: 'RETURN', on: today, note: '查验' },
    })
    await place.catchUp()
    expect(await secretary.call(getMember, { params: { organisationId: home, memberId } })).toMatchObject({
      mobility: 'RESIDENT',
      flowDestination: '',
    })
  })
})

test('a gathering that is none of the organisation is not opened to guests, and not closed', async () => {
  const { secretary, home } = story
  for (const open of [true, false]) {
    const params = { organisationId: home, gatheringId: randomUUID() }
    expect((await secretary.refusal(openToGuests, { params, body: { open } })).code).toBe('NOT_FOUND')
  }
})

describe('registering', () => {
  test('somebody is away once: a second registration says since when, and the same one again is the same', async () => {
    const { memberId, secretary, member, home } = story
    const registrationId = await registered(story, memberId)
    const again = await secretary.call(putRegistration, { params: { organisationId: home, registrationId }, body: departure(memberId) })
    expect(again.version).toBe(1)
    const refusal = await secretary.refusal(putRegistration, {
      params: { organisationId: home, registrationId: randomUUID() },
      body: departure(memberId, { reason: 'STUDY' }),
    })
    expect(refusal.code).toBe('ALREADY_OUT')
    const { memberId: _member, ...own } = departure(memberId)
    expect((await member.refusal(registerMyself, { params: { registrationId: randomUUID() }, body: own })).code).toBe('ALREADY_OUT')
  })

  test('a short absence is advised a letter, a fixed place a transfer, and three who leave together a branch of their own', async () => {
    const { secretary, home } = story
    const ids = await place.addMembers('甲村党支部', 3)
    const short = await registered(story, story.memberId, {
      expectedBackOn: addMonths(ago(40), 3),
      destination: { areaCode: '530302', fixed: false },
    })
    const adviceOf = async (registrationId: string) =>
      (await secretary.call(getRegistration, { params: { organisationId: home, registrationId } })).advice.map(({ ruleId }) => ruleId)
    expect(await adviceOf(short)).toEqual(['FLOW-CERTIFICATE'])
    const all = []
    for (const id of ids) all.push(await registered(story, id, { destination: { areaCode: '530402', fixed: true } }))
    expect(await adviceOf(all[0] ?? '')).toEqual(['FLOW-TRANSFER', 'FLOW-GROUP'])
  })

  test('by oneself, and seen by the secretary', async () => {
    const { member, memberId, secretary, home } = story
    const { memberId: _own, ...body } = departure(memberId)
    const registrationId = randomUUID()
    const mine = await member.call(registerMyself, { params: { registrationId }, body })
    expect(mine.registration).toMatchObject({ id: registrationId, state: 'REGISTERED_OUT', may: ['REPORT_BACK'] })
    const { items, counts } = await secretary.call(listFloating, { params: { organisationId: home }, query: { side: 'OUT', q: '' } })
    expect(items.some(({ id }) => id === registrationId)).toBe(true)
    expect(counts.REGISTERED_OUT).toBeGreaterThan(0)
  })
})

describe('the pass', () => {
  test('is one at a time: a new one ends the old one and its copies', async () => {
    const { member, memberId } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    const old = await bound(member)
    expect((await verify(await shown(old), await trustOf(place), new Date())).outcome).toBe('VALID')
    await issued(place, story, registrationId)
    expect((await verify(await shown(old), await trustOf(place), new Date())).outcome).toBe('REVOKED')
    const fresh = await bound(member)
    expect((await verify(await shown(fresh), await trustOf(place), new Date())).outcome).toBe('VALID')
  })

  test('suspended, resumed, revoked: the list says so from then on', async () => {
    const { member, memberId, committee } = story
    const registrationId = await registered(story, memberId)
    const passId = await issued(place, story, registrationId)
    const phone = await bound(member)
    const params = { organisationId: place.node('甲镇党委').id, registrationId, passId }
    const outcome = async () => (await verify(await shown(phone), await trustOf(place), new Date())).outcome
    await committee.call(setPassState, { params, body: { state: 'SUSPENDED', reason: '核对' } })
    expect(await outcome()).toBe('SUSPENDED')
    await committee.call(setPassState, { params, body: { state: 'ACTIVE', reason: '核对清楚' } })
    expect(await outcome()).toBe('VALID')
    await committee.call(setPassState, { params, body: { state: 'REVOKED', reason: '遗失' } })
    expect(await outcome()).toBe('REVOKED')
    expect(
      (
        await member.refusal(bindPass, {
          params: { copyId: randomUUID() },
          body: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
        })
      ).code,
    ).toBe('WRONG_STATE')
  })

  test('needs a key of the committee, certified by those above', async () => {
    const { memberId } = story
    const registrationId = await registered(story, memberId)
    const wrong = await place.signIn('COMMITTEE_ADMIN', '甲县委')
    const refusal = await wrong.refusal(issuePass, {
      params: { organisationId: place.node('甲县委').id, registrationId, passId: randomUUID() },
      body: { issuedOn: today },
    })
    expect(refusal.code).toBe('ISSUER_KEY_NEEDED')
  })
})

describe('at the host', () => {
  test('reported in by the number at a counter; a pass that was revoked is refused with what to do', async () => {
    const { memberId, committee, hostCommittee, host, secretary, home } = story
    const registrationId = await registered(story, memberId)
    const passId = await issued(place, story, registrationId)
    const { pass } = await secretary.call(getRegistration, { params: { organisationId: home, registrationId } })
    const arrive = (presented: string) =>
      ({ params: { organisationId: host, stepId: randomUUID() }, body: { presented, on: today } }) as const
    expect((await hostCommittee.refusal(takeIn, arrive('530000-0000-0000'))).code).toBe('PASS_REFUSED')
    expect((await hostCommittee.refusal(takeIn, arrive('https://example.com'))).code).toBe('PASS_REFUSED')
    const done = await hostCommittee.call(takeIn, arrive(pass?.number ?? ''))
    expect(done).toMatchObject({ state: 'REPORTED_IN', hostId: host, may: expect.arrayContaining(['ASSIGN', 'MOVE', 'CONTACT']) })
    await committee.call(setPassState, {
      params: { organisationId: place.node('甲镇党委').id, registrationId, passId },
      body: { state: 'REVOKED', reason: '错发' },
    })
    expect((await hostCommittee.refusal(takeIn, arrive(pass?.number ?? ''))).code).toBe('PASS_REFUSED')
  })

  test('a host that says the member has moved on no longer sees them; home still does', async () => {
    const { member, memberId, hostCommittee, host, secretary, home } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    await takenIn(story, await bound(member))
    await assigned(story, registrationId)
    const moved = await hostCommittee.call(takeStep, {
      params: { organisationId: host, registrationId, stepId: randomUUID() },
      body: { action: 'MOVE', on: today, destination: { areaCode: '530302', place: '另一个工地', unit: '', fixed: false } },
    })
    expect(moved).toMatchObject({ state: 'MOVED', hostId: null })
    expect((await hostCommittee.refusal(getRegistration, { params: { organisationId: host, registrationId } })).status).toBe(404)
    const atHome = await secretary.call(getRegistration, { params: { organisationId: home, registrationId } })
    expect(atHome).toMatchObject({ state: 'MOVED', destination: { place: '另一个工地' }, hostId: null, branchId: null })
    expect(atHome.entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['MOVE', 'ASSIGN', 'REPORT_IN', 'ISSUE']))
  })

  test('the member reads and attends what the host branch does, until they leave it', async () => {
    const { member, memberId, branch } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    await takenIn(story, await bound(member))
    await assigned(story, registrationId)
    const posts = await place.inside((ctx) => place.house.services.identity.posts(ctx, member.accountId))
    expect(posts.map(({ role, node }) => [role, node.id])).toContainEqual(['GUEST', branch])
    await member.call(takeMyStep, {
      params: { registrationId, stepId: randomUUID() },
      body: { action: 'MOVE', on: today, destination: { areaCode: '530302', place: '', unit: '', fixed: false } },
    })
    const after = await place.inside((ctx) => place.house.services.identity.posts(ctx, member.accountId))
    expect(after.map(({ role }) => role)).not.toContain('GUEST')
    expect((await member.call(getMyFloating)).registration).toMatchObject({ state: 'MOVED' })
  })

  test('whoever is admitted takes part, whatever the pass said; after the record is confirmed too', async () => {
    const { member, memberId, hostBranch, branch, secretary, home } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    const phone = await bound(member)
    const gatheringId = await begun(story)
    const check = (presented: string, admitted: boolean) =>
      hostBranch.call(putDoorCheck, {
        params: { organisationId: branch, gatheringId, checkId: randomUUID() },
        body: { presented, deviceAt: new Date().toISOString(), admitted, note: '本人在场' },
      })
    expect(await check('https://example.com/other', false)).toMatchObject({ outcome: 'OTHER_CODE', admitted: false })
    expect(await check(phone.text, true)).toMatchObject({ outcome: 'COPY', admitted: true })
    const { roster } = await hostBranch.call(getGathering, { params: { organisationId: branch, gatheringId } })
    expect(roster.find((row) => row.memberId === memberId)).toMatchObject({
      capacity: 'FLOW_IN',
      expected: false,
      hasVote: false,
      state: 'PRESENT_ONSITE',
    })
    await confirmed(story, gatheringId)
    const other = await begun(story)
    await confirmed(story, other)
    // The phone of the door comes back into range only now.
    await hostBranch.call(putDoorCheck, {
      params: { organisationId: branch, gatheringId: other, checkId: randomUUID() },
      body: {
        presented: await shown(phone, new Date(Date.now() - 600_000)),
        deviceAt: new Date(Date.now() - 600_000).toISOString(),
        admitted: true,
      },
    })
    await place.catchUp()
    const { items } = await secretary.call(listParticipations, { params: { organisationId: home }, query: { memberId } })
    expect(items).toHaveLength(2)
    expect(items.map((item) => item.gatheringId)).toEqual(expect.arrayContaining([gatheringId, other]))
  })

  test('a disputed row is answered by the host in sight of all three', async () => {
    const { member, memberId, hostBranch, branch, secretary, home } = story
    const registrationId = await registered(story, memberId)
    await issued(place, story, registrationId)
    await takenIn(story, await bound(member))
    await assigned(story, registrationId)
    await confirmed(story, await begun(story))
    await place.catchUp()
    const { participations } = await member.call(getMyLedger, { params: { year } })
    const [row] = participations
    expect(row).toMatchObject({ attendance: 'ABSENT' })
    const participationId = row?.id ?? ''
    await member.call(disputeParticipation, { params: { participationId }, body: { text: '我在场，手机没电了' } })
    expect(
      (
        await secretary.refusal(answerDispute, {
          params: { organisationId: home, participationId },
          body: { outcome: 'STANDS', text: '不' },
        })
      ).code,
    ).toBe('NOT_YOURS')
    const answered = await hostBranch.call(answerDispute, {
      params: { organisationId: branch, participationId },
      body: { outcome: 'CORRECTED', attendance: 'PRESENT', text: '核对签到照片，确实在场' },
    })
    expect(answered).toMatchObject({ attendance: 'PRESENT', dispute: { text: '我在场，手机没电了', answer: { outcome: 'CORRECTED' } } })
    const seen = await Promise.all([
      secretary.call(listParticipations, { params: { organisationId: home }, query: { memberId } }),
      member.call(getMyLedger, { params: { year } }).then(({ participations: items }) => ({ items })),
    ])
    expect(seen[0].items).toEqual([answered])
    expect(seen[1].items).toEqual([answered])
  })
})
