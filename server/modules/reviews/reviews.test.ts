/**
 * Given a branch of eleven, its secretary and its recorder: a review from preparation to the letters and a correction after it, the box
 * nobody looks into, the list of what is put right, promises, talks without content, political birthdays.
 *
 * Seen to fail: with the ballots left in the box, with the purpose taken from the contract, with a third rounded up, with the owner let verify.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listNotifications } from '#contract/notifications'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import * as reviews from '#contract/reviews'
import * as life from '#contract/life'
import * as promises from '#contract/promises'
import * as rectifications from '#contract/rectifications'
import * as talks from '#contract/talks'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { setSeats } from '#organisations'
import { sql, transact } from '#platform'
import { addDays, dayOf } from '#rules'
import { remindOwners } from './jobs.ts'

const today = dayOf(new Date())
const year = today.slice(0, 4)
const branch = '甲村党支部'

let place: OpenTestHouse
let secretary: Person
let recorder: Person
let superior: Person
let members: Person[]
let ids: string[]

beforeAll(async () => {
  place = await openTestHouse()
  ids = await place.addMembers(branch, 11)
  secretary = await place.signIn('BRANCH_SECRETARY', branch, { name: '李阿普', memberId: id(0) })
  recorder = await place.signIn('RECORDER', branch, { name: '白云芬', memberId: id(1) })
  superior = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
  members = []
  for (const memberId of ids) members.push(await place.signIn('MEMBER', branch, { name: `党员${memberId.slice(0, 4)}`, memberId }))
  const seat = (role: '书记' | '组织委员', memberId: string) => ({
    role,
    memberId,
    name: '',
    from: '2024-01-01',
    until: null,
    source: 'ELECTED' as const,
  })
  await place.inside(async (ctx) => {
    await ctx.query(sql`insert into organisations.term (organisation_id, seq, start_on, nominal_end_on, extended_to, seats)
      values (${place.node(branch).id}, 1, '2024-01-01', '2029-01-01', null, '[]'::jsonb) on conflict do nothing`)
    await setSeats(ctx, [{ organisationId: place.node(branch).id, seats: [seat('书记', id(0)), seat('组织委员', id(1))] }])
  })
})
afterAll(() => place.close())

const id = (n: number): string => ids[n] ?? ''
const member = (n: number): Person => members[n] ?? place.stranger
const inBranch = <More extends object>(more: More) => ({ organisationId: place.node(branch).id, ...more })
const at = <More extends object>(more: More) => inBranch({ year, ...more })
const see = (by: Person = secretary) => by.call(reviews.getReview, { params: at({}) })
const votes = (excellent: number, qualified: number) => ({
  EXCELLENT: excellent,
  QUALIFIED: qualified,
  BASICALLY_QUALIFIED: 0,
  UNQUALIFIED: 0,
})
/** Everybody but this one, all with the same grade. */
const ballotOf = (n: number, grade: (typeof reviews.grades)[number] = 'QUALIFIED') =>
  ids.filter((_, other) => other !== n).map((memberId) => ({ memberId, grade }))
const cast = (n: number, rows = ballotOf(n)) => member(n).ask(reviews.castMyBallot, { params: { year }, body: { rows } })
const rowsOf = (table: string) => place.inside((ctx) => ctx.query(sql<Record<string, unknown>>`select * from ${sql.table(table)}`))

describe('a review', () => {
  test('is begun once, with the roster of the branch, and its preparation is what the rule asks', async () => {
    const begun = await recorder.call(reviews.putReview, { params: at({}), body: {} })
    expect(begun).toMatchObject({ state: 'PREPARING', version: 1, ballots: 0, gathering: null })
    expect(begun.people).toHaveLength(11)
    expect(begun.preparation.map(({ step }) => step)).toEqual(['STUDY', 'TALKS', 'OPINIONS', 'SELF_CHECK'])
    expect(await recorder.call(reviews.putReview, { params: at({}), body: {} })).toMatchObject({ version: 1 })
    const studied = await recorder.call(reviews.putPreparation, {
      params: at({}),
      body: { step: 'STUDY', doneOn: today, note: '学党章' },
    })
    expect(studied.preparation[0]).toMatchObject({ doneOn: today, note: '学党章' })

    const township = { organisationId: place.node('甲镇党委').id, year }
    const office = await place.signIn('BRANCH_SECRETARY', '甲镇党委')
    expect(await office.refusal(reviews.putReview, { params: township, body: {} })).toMatchObject({ code: 'KIND_NOT_APPLICABLE' })
    const ahead = { ...at({}), year: String(Number(year) + 1) }
    expect(await secretary.refusal(reviews.putReview, { params: ahead, body: {} })).toMatchObject({
      status: 400,
      fields: [{ path: 'path.year' }],
    })
    expect(await secretary.refusal(reviews.putReview, { params: at({}), body: { gatheringId: randomUUID() } })).toMatchObject({
      fields: [{ path: 'body.gatheringId' }],
    })
  })

  test('opens to the members, who are told once; what they write about themselves is sealed', async () => {
    expect(await recorder.refusal(reviews.openRatings, { params: at({}), body: { version: 2 } })).toMatchObject({ status: 403 })
    const { version } = await see()
    const opened = await secretary.call(reviews.openRatings, { params: at({}), body: { version } })
    expect(opened.state).toBe('RATING')
    expect((await secretary.call(reviews.openRatings, { params: at({}), body: { version } })).version).toBe(opened.version)
    const { items } = await member(3).call(listNotifications)
    expect(items.filter(({ kind }) => kind === 'reviews.notice')).toHaveLength(1)

    const text = '护边没有缺过班，不足是学习不够。'
    await member(3).call(reviews.putMyAssessment, { params: { year }, body: { text, ownGrade: 'QUALIFIED' } })
    expect((await member(3).call(life.getMyLife)).review).toMatchObject({
      assessment: text,
      ownGrade: 'QUALIFIED',
      cast: false,
      mine: true,
    })
    expect((await see()).people.find(({ memberId }) => memberId === id(3))).toMatchObject({ assessed: true })
    const stored = await place.inside((ctx) =>
      ctx.query(sql<{ sealed: Buffer | null }>`select assessment_sealed as sealed from reviews.person`),
    )
    expect(stored.some(({ sealed }) => sealed?.includes(text))).toBe(false)
  })

  test('takes one ballot of each, sealed, without whose it is; nobody can take it out or read it', async () => {
    expect((await cast(2, ballotOf(2, 'EXCELLENT'))).body).toEqual({ repeated: false })
    expect((await cast(2, ballotOf(2, 'UNQUALIFIED'))).body).toEqual({ repeated: true })
    // Acting as secretary one is still oneself; a blank ballot abstains.
    expect(await secretary.call(reviews.castMyBallot, { params: { year }, body: { rows: [] } })).toEqual({ repeated: false })
    for (const rows of [ballotOf(4).concat({ memberId: id(5), grade: 'QUALIFIED' }), [{ memberId: id(4), grade: 'EXCELLENT' as const }]]) {
      expect((await cast(4, rows)).status).toBe(400)
    }
    const guest = await place.signIn('MEMBER', '乙村党支部', { memberId: randomUUID() })
    expect(await guest.refusal(reviews.castMyBallot, { params: { year }, body: { rows: [] } })).toMatchObject({ status: 404 })

    const box = await rowsOf('reviews.ballot')
    expect(box).toHaveLength(2)
    expect(Object.keys(box[0] ?? {}).sort()).toEqual(['county', 'id', 'organisation_id', 'path', 'sealed', 'year'])
    expect(new Set(box.map(({ sealed }) => (sealed as Buffer).length)).size, 'a blank one looks like a full one').toBe(1)
    const shown = await see()
    expect(shown.ballots).toBe(2)
    expect(shown.people.every(({ peers }) => peers === null)).toBe(true)
    const said = await place.inside((ctx) =>
      ctx.query(sql<{ subject: string; data: string }>`
      select subject_id as subject, data::text as data from platform.event where type = 'reviews.ballot.cast'`),
    )
    expect(said.every(({ subject, data }) => subject === place.node(branch).id && !data.includes('EXCELLENT'))).toBe(true)
  })

  test('counts nothing that would tell who wrote what, then counts once and empties the box', async () => {
    const { version } = await see()
    expect(await secretary.refusal(reviews.closeRatings, { params: at({}), body: { version } })).toMatchObject({ code: 'TOO_FEW_BALLOTS' })
    for (const n of [4, 5]) expect((await cast(n)).status).toBe(200)

    const rows = ids.map((memberId) => ({ memberId, paper: votes(1, 5), masses: votes(2, 7) }))
    expect(await recorder.refusal(reviews.putTallies, { params: at({}), body: { massVoters: 8, rows } })).toMatchObject({
      code: 'VOTES_DO_NOT_ADD_UP',
      fields: [{ path: 'body.rows.0.masses' }],
    })
    const tooMany = rows.map((row) => ({ ...row, paper: votes(6, 5) }))
    expect(await recorder.refusal(reviews.putTallies, { params: at({}), body: { massVoters: 9, rows: tooMany } })).toMatchObject({
      fields: [{ path: 'body.rows.0.paper' }],
    })
    const entered = await recorder.call(reviews.putTallies, { params: at({}), body: { massVoters: 9, rows } })
    expect((await recorder.call(reviews.putTallies, { params: at({}), body: { massVoters: 9, rows } })).version).toBe(entered.version)

    const counted = await secretary.call(reviews.closeRatings, { params: at({}), body: { version: entered.version } })
    expect(counted.state).toBe('OPINION')
    // Paper 1 + 5, phones: excellent by one, qualified by two, one blank; oneself is not among the voters.
    expect(counted.people.find(({ memberId }) => memberId === id(6))?.peers).toEqual(votes(2, 7))
    expect(counted.people.find(({ memberId }) => memberId === id(2))?.peers).toEqual(votes(1, 7))
    expect(await rowsOf('reviews.ballot')).toEqual([])
    expect((await cast(7)).status).toBe(409)
    expect((await see(superior)).people.every(({ peers, masses, paper }) => peers === null && masses === null && paper === null)).toBe(true)
  })

  test('is closed when everybody has grade and opinion, and “优秀” for more than a third is reasoned', async () => {
    const write = async (n: number, grade: (typeof reviews.grades)[number], opinion = '能履行党员义务。') => {
      const version = (await see()).people.find(({ memberId }) => memberId === id(n))?.version ?? 0
      return secretary.call(reviews.putOpinion, { params: at({ memberId: id(n) }), body: { grade, opinion, version } })
    }
    await write(0, 'EXCELLENT')
    const { version } = await see()
    const early = await secretary.refusal(reviews.closeReview, { params: at({}), body: { version } })
    expect(early).toMatchObject({ code: 'REVIEW_INCOMPLETE' })
    for (let n = 1; n < 11; n += 1) await write(n, n < 4 ? 'EXCELLENT' : 'QUALIFIED')
    const shown = await see()
    expect(shown.quota).toMatchObject({ met: false, most: 3, excellent: 4 })
    expect(shown.quota.sentence.zh).toContain('11＜4×3')
    expect(shown.noDecision.zh).toContain('不是对党籍的处理')
    const refused = await secretary.refusal(reviews.closeReview, { params: at({}), body: { version: shown.version } })
    expect(refused).toMatchObject({ code: 'TOO_MANY_EXCELLENT', fields: [{ path: 'body.overReason' }] })
    await write(3, 'QUALIFIED')
    const closed = await secretary.call(reviews.closeReview, { params: at({}), body: { version: (await see()).version } })
    expect(closed).toMatchObject({ state: 'CLOSED', closedOn: today, closedByName: '李阿普', quota: { met: true } })
    expect((await secretary.call(reviews.closeReview, { params: at({}), body: { version: shown.version } })).version).toBe(closed.version)
    expect(
      await recorder.refusal(reviews.putTallies, {
        params: at({}),
        body: { massVoters: 20, rows: [{ memberId: id(1), paper: votes(0, 0), masses: votes(0, 0) }] },
      }),
    ).toMatchObject({ code: 'WRONG_STATE' })
  })

  test('gives each a letter of their own; papers open to the secretary only with a purpose, which the member sees', async () => {
    const letter = await member(3).call(reviews.getMyLetter, { params: { year } })
    expect(letter).toMatchObject({ grade: 'QUALIFIED', opinion: '能履行党员义务。', amendments: [] })
    expect(letter.peers.zh).toContain('优秀')
    const open = { params: at({ memberId: id(3) }) }
    expect(await secretary.refusal(reviews.openPapers, open)).toMatchObject({ code: 'PURPOSE_NEEDED' })
    expect(await recorder.refusal(reviews.openPapers, { ...open, purpose: '看看' })).toMatchObject({ status: 403 })
    const papers = await secretary.call(reviews.openPapers, { ...open, purpose: '打印反馈意见书' })
    expect(papers).toMatchObject({ assessment: '护边没有缺过班，不足是学习不够。', opinion: '能履行党员义务。', letter: { year } })
    const looked = await place.inside((ctx) =>
      ctx.query(sql<{ purpose: string | null }>`
      select purpose from platform.audit where operation = 'reviews.openPapers' and subject_id = ${id(3)}`),
    )
    expect(looked).toEqual([{ purpose: '打印反馈意见书' }])
  })

  test('is corrected afterwards only in sight: the old stays beside the new', async () => {
    const params = at({ amendmentId: randomUUID() })
    const body = { memberId: id(3), field: 'grade' as const, new: 'EXCELLENT', reason: '漏计了两张票' }
    expect(await secretary.refusal(reviews.amendReview, { params, body: { ...body, new: '很好' } })).toMatchObject({
      fields: [{ path: 'body.new' }],
    })
    await secretary.call(reviews.amendReview, { params, body })
    expect((await secretary.call(reviews.amendReview, { params, body })).people.find(({ memberId }) => memberId === id(3))).toMatchObject({
      amended: 1,
    })
    expect(await secretary.refusal(reviews.amendReview, { params, body: { ...body, reason: '别的' } })).toMatchObject({ code: 'ID_TAKEN' })
    const { grade, amendments } = await member(3).call(reviews.getMyLetter, { params: { year } })
    expect(grade).toBe('EXCELLENT')
    expect(amendments).toMatchObject([{ field: 'grade', old: 'QUALIFIED', new: 'EXCELLENT', reason: '漏计了两张票', byName: '李阿普' }])
  })
})

describe('what is put right', () => {
  const params = () => inBranch({ rectificationId: randomUUID() })
  const item = { year, problem: '排班表贴出晚', measure: '每月25日前贴出', ownerId: '', dueOn: addDays(today, 5) }

  test('is done by its owner and verified by another person; what is sent back is open again', async () => {
    const to = params()
    const body = { ...item, ownerId: id(0) }
    await recorder.call(rectifications.putRectification, { params: to, body })
    expect(await recorder.call(rectifications.putRectification, { params: to, body })).toMatchObject({ version: 1, state: 'OPEN' })
    expect(await recorder.refusal(rectifications.putRectification, { params: to, body: { ...body, problem: '别的' } })).toMatchObject({
      code: 'ID_TAKEN',
    })
    expect(
      await recorder.refusal(rectifications.putRectification, { params: params(), body: { ...body, ownerId: randomUUID() } }),
    ).toMatchObject({
      code: 'NOT_ON_ROSTER',
    })
    expect(
      await member(5).refusal(rectifications.finishMyRectification, {
        params: { rectificationId: to.rectificationId },
        body: { text: '办好了' },
      }),
    ).toMatchObject({ status: 404 })
    await member(0).call(rectifications.finishMyRectification, {
      params: { rectificationId: to.rectificationId },
      body: { text: '连续三个月按时' },
    })
    expect(
      await secretary.refusal(rectifications.verifyRectification, { params: to, body: { accepted: true, text: '属实' } }),
    ).toMatchObject({
      code: 'SAME_PERSON',
    })
    expect(
      await recorder.call(rectifications.verifyRectification, { params: to, body: { accepted: false, text: '还差一户' } }),
    ).toMatchObject({
      state: 'OPEN',
      followUps: [{ text: '退回：还差一户' }],
    })
    await recorder.call(rectifications.finishRectification, { params: to, body: { text: '都通知到了' } })
    expect(
      await recorder.refusal(rectifications.verifyRectification, { params: to, body: { accepted: true, text: '属实' } }),
    ).toMatchObject({
      code: 'SAME_PERSON',
    })
    const followUpId = randomUUID()
    const follow = { params: { ...to, followUpId }, body: { text: '问过四户' } }
    await recorder.call(rectifications.followRectification, follow)
    expect((await recorder.call(rectifications.followRectification, follow)).followUps).toHaveLength(2)
    const other = await place.signIn('RECORDER', branch, { name: '普阿诺', memberId: id(6) })
    expect(await other.call(rectifications.verifyRectification, { params: to, body: { accepted: true, text: '属实' } })).toMatchObject({
      state: 'VERIFIED',
      verifiedByName: '普阿诺',
    })
    expect((await member(9).call(rectifications.listRectifications, { params: inBranch({}), query: { year } })).items).toHaveLength(1)
  })

  test('reminds its owner before it is due, once at each distance and never by night', async () => {
    await recorder.call(rectifications.putRectification, { params: params(), body: { ...item, ownerId: id(8) } })
    const remindAt = (moment: string) => transact(place.house.jobsPool, (ctx) => remindOwners(ctx), { now: new Date(moment) })
    const told = async () => (await member(8).call(listNotifications)).items.filter(({ kind }) => kind === 'reviews.rectification').length
    await remindAt(`${today}T22:00:00+08:00`)
    expect(await told()).toBe(0)
    await remindAt(`${today}T09:20:00+08:00`)
    await remindAt(`${today}T14:20:00+08:00`)
    await remindAt(`${addDays(today, 1)}T09:20:00+08:00`)
    expect(await told()).toBe(1)
    await remindAt(`${addDays(today, 4)}T09:20:00+08:00`)
    expect(await told()).toBe(2)
  })
})

test('a promise is open to the branch, followed, and closed with a sentence', async () => {
  const promiseId = randomUUID()
  const body = { year, text: '每月到界碑段巡护两次', dueOn: `${year}-12-31` }
  await member(2).call(promises.putMyPromise, { params: { promiseId }, body })
  expect(await member(2).call(promises.putMyPromise, { params: { promiseId }, body })).toMatchObject({ version: 1 })
  expect(await member(4).refusal(promises.putMyPromise, { params: { promiseId }, body })).toMatchObject({ code: 'ID_TAKEN' })
  await recorder.call(promises.followPromise, { params: inBranch({ promiseId, followUpId: randomUUID() }), body: { text: '十月去了两次' } })
  expect(await member(4).refusal(promises.closeMyPromise, { params: { promiseId }, body: { text: '完成' } })).toMatchObject({ status: 404 })
  expect(await member(2).call(promises.closeMyPromise, { params: { promiseId }, body: { text: '全年巡护二十五次' } })).toMatchObject({
    state: 'CLOSED',
    closedOn: today,
  })
  const { items } = await member(9).call(promises.listPromises, { params: inBranch({}), query: { year } })
  expect(items).toMatchObject([{ text: body.text, closing: '全年巡护二十五次', followUps: [{ text: '十月去了两次', byName: '白云芬' }] }])
  const stranger = await place.signIn('MEMBER', '乙村党支部')
  expect(await stranger.refusal(promises.listPromises, { params: inBranch({}), query: { year } })).toMatchObject({ status: 404 })
})

test('of a talk only the day and the pair are kept; what is still asked is told by name', async () => {
  const talkId = randomUUID()
  const talk = { day: today, memberId: id(1), otherMemberId: id(0) }
  await recorder.call(talks.putTalk, { params: inBranch({ talkId }), body: talk })
  await member(5).call(talks.putMyTalk, { params: { talkId: randomUUID() }, body: { day: today, otherMemberId: id(0) } })
  await recorder.call(talks.putTalk, { params: inBranch({ talkId }), body: talk })
  const { items, asked } = await secretary.call(talks.listTalks, { params: inBranch({}), query: { year } })
  expect(items).toHaveLength(2)
  expect(asked.map(({ between, met }) => [between, met])).toEqual([
    ['COMMITTEE', true],
    ['COMMITTEE_MEMBER', false],
    ['MEMBERS', false],
  ])
  const [row] = await rowsOf('reviews.talk')
  expect(Object.keys(row ?? {}).sort()).toEqual([
    'county',
    'day',
    'id',
    'member_id',
    'name',
    'organisation_id',
    'other_member_id',
    'other_name',
    'path',
  ])
  const wrong = (body: typeof talk) => recorder.refusal(talks.putTalk, { params: inBranch({ talkId: randomUUID() }), body })
  expect(await wrong({ ...talk, day: addDays(today, 2) })).toMatchObject({ code: 'TIMES_IMPOSSIBLE' })
  expect(await wrong({ ...talk, otherMemberId: id(1) })).toMatchObject({ code: 'SAME_PERSON' })
  expect(await wrong({ ...talk, otherMemberId: randomUUID() })).toMatchObject({ code: 'NOT_ON_ROSTER' })
  for (let n = 0; n < 2; n += 1) await recorder.call(talks.removeTalk, { params: inBranch({ talkId }) })
  expect((await secretary.call(talks.listTalks, { params: inBranch({}), query: { year } })).items).toHaveLength(1)
})

test('a political birthday is the day of joining; an oath is noted on a gathering on record', async () => {
  // The members of the test joined on 1 July 2005.
  const { birthdays } = await recorder.call(life.getPartyDays, { params: inBranch({}), query: { month: `${year}-07` } })
  expect(birthdays).toHaveLength(11)
  expect(birthdays[0]).toMatchObject({ day: `${year}-07-01`, years: Number(year) - 2005 })
  expect((await member(0).call(life.getMyLife)).birthday).toMatchObject({ joinedOn: '2005-07-01' })
  const gatheringId = randomUUID()
  const of = { params: inBranch({ gatheringId }) }
  expect(await recorder.refusal(life.putOath, { ...of, body: {} })).toMatchObject({ status: 404 })
  const start = new Date(Date.now() - 3_600_000).toISOString()
  await recorder.call(meetings.putGathering, {
    ...of,
    body: { title: '主题党日：重温入党誓词', segments: [{ id: randomUUID(), kind: 'THEME_DAY' }], mode: 'ONSITE', plannedStart: start },
  })
  const { version } = await recorder.call(meetings.startGathering, { ...of, body: { at: start } })
  const called = await recorder.call(attendance.putAttendance, {
    ...of,
    body: { rows: ids.map((memberId) => ({ memberId, state: 'PRESENT_ONSITE' as const, deviceAt: start })) },
  })
  expect(called.version).toBeGreaterThanOrEqual(version)
  const recorded = await recorder.call(recording.putRecord, {
    ...of,
    body: {
      actualStart: start,
      actualEnd: new Date().toISOString(),
      hostId: id(0),
      agenda: [],
      minutes: '重温入党誓词。',
      version: called.version,
    },
  })
  await secretary.call(recording.confirmGathering, { ...of, body: { version: recorded.version } })
  await recorder.call(life.putOath, { ...of, body: { note: '由李阿普领誓' } })
  const { oaths } = await recorder.call(life.getPartyDays, { params: inBranch({}), query: { month: today.slice(0, 7) } })
  expect(oaths).toMatchObject([{ title: '主题党日：重温入党誓词', note: '由李阿普领誓' }])
})
