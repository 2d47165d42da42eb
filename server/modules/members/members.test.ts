/** Given two counties with a few branches: members are registered, changed, found, and see who looked at them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BodyIn } from '#contract/operation'
import { listWhoLooked } from '#contract/identity'
import { findMember, getMember, getMyMember, listMembers, putMember, revealIdentity } from '#contract/members'
import { putChange } from '#contract/organisations'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { openPool, sql, transact } from '#platform'
import { addDays, addMonths, checkCharacter, dayOf } from '#rules'

let place: OpenTestHouse
let secretary: Person
let elsewhere: Person

beforeAll(async () => {
  place = await openTestHouse()
  secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部', { name: '李阿普' })
  elsewhere = await place.signIn('BRANCH_SECRETARY', '丙村党支部', { name: '赵书记' })
})
afterAll(() => place.close())

let numbers = 0
/** Born in 1900 in no county: nobody's number. */
function number(): string {
  numbers += 1
  const digits = `53000019001231${String(numbers).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

const someone = (more: Partial<BodyIn<typeof putMember>> = {}): BodyIn<typeof putMember> => ({
  name: '白云芬',
  gender: '2',
  identityNumber: number(),
  ethnicity: '16',
  bornOn: '1988-03-05',
  education: '41',
  stage: 'FULL',
  joinedOn: '2012-07-01',
  fullMemberOn: '2013-07-01',
  work: '村医',
  phone: '19900000002',
  address: '甲村12号',
  membership: 'NORMAL',
  contact: 'IN_CONTACT',
  mobility: 'RESIDENT',
  ...more,
})

const within = (branch: string, memberId: string) => ({ organisationId: place.node(branch).id, memberId })
const register = async (body: BodyIn<typeof putMember>, memberId: string = randomUUID()) => {
  await secretary.call(putMember, { params: within('甲村党支部', memberId), body })
  return memberId
}
const events = (memberId: string) =>
  place.inside((ctx) => ctx.query(sql<{ type: string }>`select type from platform.event where subject_id = ${memberId} order by position`))
const totals = async (branch: string, by: Person) => {
  const { total, full, counts } = await by.call(listMembers, { params: { organisationId: place.node(branch).id } })
  return { total, full, counts }
}

describe('registering', () => {
  test('numbers are kept masked; the branch counts one more', async () => {
    const before = await totals('甲村党支部', secretary)
    const body = someone()
    const id = await register(body)
    const member = await secretary.call(getMember, { params: within('甲村党支部', id) })
    expect(member).toMatchObject({ name: '白云芬', organisationName: '甲村党支部', phoneMasked: '199****0002', counts: true, version: 1 })
    expect(member.identityMasked).toBe(`530000********${body.identityNumber.slice(-4)}`)
    expect(JSON.stringify(member)).not.toContain(body.identityNumber)
    expect(await totals('甲村党支部', secretary)).toEqual({ total: before.total + 1, full: before.full + 1, counts: before.counts + 1 })
    const { sealed } = await place.inside((ctx) =>
      ctx.get(
        sql<{ sealed: string }>`select encode(identity_sealed, 'escape') || identity_masked as sealed from members.member where id = ${id}`,
      ),
    )
    expect(sealed).not.toContain(body.identityNumber)
  })

  test('the same request twice, one after the other or at once, is one member and one event', async () => {
    const [id, body] = [randomUUID(), someone()]
    await register(body, id)
    await register(body, id)
    const [other, otherBody] = [randomUUID(), someone({ name: '陶正学' })]
    await Promise.all([register(otherBody, other), register(otherBody, other), register(otherBody, other)])
    for (const memberId of [id, other]) {
      expect((await events(memberId)).map((event) => event.type)).toEqual(['members.member.registered'])
      expect(await secretary.call(getMember, { params: within('甲村党支部', memberId) })).toMatchObject({ version: 1 })
    }
  })

  test('a change names the version last seen; an older one is refused and nothing is written', async () => {
    const body = someone()
    const id = await register(body)
    await register({ ...body, work: '村主任', version: 1 }, id)
    const refused = await secretary.refusal(putMember, { params: within('甲村党支部', id), body: { ...body, work: '会计', version: 1 } })
    expect(refused).toMatchObject({ status: 409, code: 'STALE_VERSION' })
    expect(await secretary.call(getMember, { params: within('甲村党支部', id) })).toMatchObject({ work: '村主任', version: 2 })
    expect(await secretary.refusal(putMember, { params: within('甲村党支部', id), body: { ...body, work: '会计' } })).toMatchObject({
      code: 'ID_TAKEN',
    })
    expect(await secretary.refusal(putMember, { params: within('甲村党支部', randomUUID()), body: someone({ version: 1 }) })).toMatchObject(
      { code: 'NOT_FOUND' },
    )
  })

  test('a wrong identity number says what is wrong; a date of the number that differs from the declared one does not matter', async () => {
    const refuse = (identityNumber: string) =>
      secretary.refusal(putMember, { params: within('甲村党支部', randomUUID()), body: someone({ identityNumber }) })
    expect(await refuse('530000190001010003')).toMatchObject({
      status: 400,
      code: 'IDENTITY_NUMBER_INVALID',
      fields: [{ path: 'body.identityNumber' }],
    })
    expect((await refuse('530628190002290025')).detail).toContain('1900-02-29')
    expect((await refuse('53062819000229002')).detail).toContain('17位')
    await register(someone({ identityNumber: '530000190001010002', bornOn: '1990-01-01' }))
  })

  test('a number registered in another county is refused, and it is not said to whom it belongs', async () => {
    const body = someone()
    await register(body)
    const refused = await elsewhere.refusal(putMember, { params: within('丙村党支部', randomUUID()), body: { ...body, name: '另一人' } })
    expect(refused).toMatchObject({ status: 409, code: 'IDENTITY_NUMBER_TAKEN', fields: [{ path: 'body.identityNumber' }] })
    expect(JSON.stringify(refused)).not.toContain('甲村')
  })

  test('two counties that register the same number at the same moment: one of them is refused', async () => {
    const body = someone()
    const answers = await Promise.all([
      secretary.ask(putMember, { params: within('甲村党支部', randomUUID()), body }),
      elsewhere.ask(putMember, { params: within('丙村党支部', randomUUID()), body }),
    ])
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  test('an id that stands for a member of another county is refused', async () => {
    const id = await register(someone())
    expect(await elsewhere.refusal(putMember, { params: within('丙村党支部', id), body: someone() })).toMatchObject({ code: 'ID_TAKEN' })
  })

  test.each([
    [{ bornOn: '2199-01-01' }, ['body.bornOn', 'body.joinedOn']],
    [{ joinedOn: '1980-01-01' }, ['body.joinedOn']],
    [{ joinedOn: null }, ['body.joinedOn']],
    [{ fullMemberOn: null }, ['body.fullMemberOn']],
    [{ fullMemberOn: '2011-01-01' }, ['body.fullMemberOn']],
    [{ stage: 'PROBATIONARY' as const }, ['body.fullMemberOn']],
    [{ lostContactSince: '2026-01-01' }, ['body.lostContactSince']],
    [{ contact: 'LOST_CONTACT' as const }, ['body.lostContactSince']],
  ])('dates that disagree are named: %j', async (more, paths) => {
    const refused = await secretary.refusal(putMember, { params: within('甲村党支部', randomUUID()), body: someone(more) })
    expect(refused).toMatchObject({ status: 400, code: 'DATES_DISAGREE' })
    expect(refused.fields.map((field) => field.path)).toEqual(paths)
  })

  test('a committee holds no members, and a group must belong to the branch', async () => {
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    const params = { organisationId: place.node('甲镇党委').id, memberId: randomUUID() }
    expect(await admin.refusal(putMember, { params, body: someone() })).toMatchObject({ status: 409, code: 'KIND_NOT_APPLICABLE' })
    const refused = await secretary.refusal(putMember, {
      params: within('甲村党支部', randomUUID()),
      body: someone({ groupId: place.node('乙村党支部').id }),
    })
    expect(refused).toMatchObject({ code: 'INVALID', fields: [{ path: 'body.groupId' }] })
  })

  test('those on probation, those without membership and those whose rights are suspended do not count in a vote', async () => {
    const before = await totals('甲村党支部', secretary)
    await register(someone({ stage: 'PROBATIONARY', fullMemberOn: null }))
    await register(someone({ membership: 'SUSPENDED' }))
    await register(someone({ stage: 'ACTIVIST', membership: 'NONE', joinedOn: null, fullMemberOn: null }))
    const suspended = await register(someone())
    await place.inside((ctx) =>
      ctx.query(sql`update members.member set rights_suspended_until = current_date + 30 where id = ${suspended}`),
    )
    await register(someone({ name: '重新计数' }))
    expect(await totals('甲村党支部', secretary)).toEqual({ total: before.total + 3, full: before.full + 2, counts: before.counts + 1 })
    expect(await secretary.call(getMember, { params: within('甲村党支部', suspended) })).toMatchObject({ counts: false })
  })
})

describe('finding', () => {
  test('by the beginning of the name, of pinyin or of initials; pages hold everybody once in either order', async () => {
    const branch = place.node('乙村党支部')
    const ids = await place.addMembers(branch, 25)
    const reader = await place.signIn('RECORDER', branch)
    for (const sort of ['name', 'joinedOn'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await reader.call(listMembers, { params: { organisationId: branch.id }, query: { sort, limit: 10, cursor } })
        expect(page.total).toBe(25)
        seen.push(...page.items.map((member) => member.id))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(seen.toSorted()).toEqual(ids.toSorted())
    }
    const found = async (q: string) => (await reader.call(listMembers, { params: { organisationId: branch.id }, query: { q } })).total
    expect(await found('杨')).toBe(await found('yang'))
    expect(await found('zjg')).toBeGreaterThan(0)
    expect(await found('%')).toBe(0)
    for (const cursor of ['x', Buffer.from('a\0~b').toString('base64url'), Buffer.from('zhang~1').toString('base64url')]) {
      const refused = await reader.refusal(listMembers, { params: { organisationId: branch.id }, query: { cursor } })
      expect(refused).toMatchObject({ status: 400, fields: [{ path: 'query.cursor' }] })
    }
  })

  test('exactly, by identity number or telephone, and only inside the own scope', async () => {
    const body = someone({ name: '刀玉香', phone: '19900000077' })
    const id = await register(body)
    const ids = async (by: Person, what: BodyIn<typeof findMember>) =>
      (await by.call(findMember, { body: what })).items.map((member) => member.id)
    expect(await ids(secretary, { identityNumber: body.identityNumber })).toEqual([id])
    expect(await ids(secretary, { phone: '19900000077' })).toEqual([id])
    expect(await ids(elsewhere, { identityNumber: body.identityNumber })).toEqual([])
    expect(await secretary.refusal(findMember, { body: {} })).toMatchObject({ status: 400 })
  })

  test('by the characters, the spelling or the initials a name begins with, also one that begins with letters', async () => {
    const id = await register(someone({ name: 'K·古丽', phone: '19900000078' }))
    const found = async (q: string) =>
      (await secretary.call(listMembers, { params: { organisationId: place.node('甲村党支部').id }, query: { q } })).items.map(
        (member) => member.id,
      )
    expect(await found('K·古')).toEqual([id])
    expect(await found('古丽')).toEqual([])
  })

  test('each page is planned for the scope it is asked for, however often: a plan for any scope reads a province to show a branch', async () => {
    const ask = () => secretary.call(listMembers, { params: { organisationId: place.node('甲村党支部').id } })
    for (let n = 0; n < 10; n += 1) await ask()
    const { pool } = place.house
    const clients = await Promise.all(Array.from({ length: pool.load().idle }, () => pool.connect()))
    const plans = { custom: 0, generic: 0 }
    for (const client of clients) {
      const { rows } = await client.query<{ custom: number; generic: number }>(`
        select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements
        where statement like '%members.member m where%order by%limit%'`)
      for (const { custom, generic } of rows) {
        plans.custom += custom
        plans.generic += generic
      }
      client.release()
    }
    expect(plans.custom).toBeGreaterThanOrEqual(10)
    expect(plans.generic).toBe(0)
  })

  test('members of another branch are not found, whatever the address says', async () => {
    const id = await register(someone())
    for (const branch of ['甲村党支部', '丙村党支部']) {
      expect(await elsewhere.refusal(getMember, { params: within(branch, id) })).toMatchObject({ status: 404 })
    }
    expect(await elsewhere.refusal(revealIdentity, { params: within('丙村党支部', id), purpose: '核对' })).toMatchObject({ status: 404 })
  })

  test('behind the queries row-level security shows nothing without a scope, and only the own scope with one', async () => {
    const pool = openPool(place.url, 'app', 1)
    try {
      const counted = sql<{ n: number; paths: string[] }>`select count(*)::int as n, array_agg(distinct path) as paths from members.member`
      expect(await transact(pool, (ctx) => ctx.get(counted))).toMatchObject({ n: 0 })
      const node = place.node('丙村党支部')
      const post = { id: randomUUID(), role: 'BRANCH_SECRETARY' as const, node, from: '2020-01-01', until: null }
      const seen = () => transact(pool, (ctx) => ctx.get(counted), { caller: { account: null, post, purpose: null, language: 'zh' } })
      // Others of this file may have registered somebody here.
      const { n } = await seen()
      await place.addMembers(node, 2)
      expect(await seen()).toEqual({ n: n + 2, paths: [node.path] })
    } finally {
      await pool.end()
    }
  })
})

describe('looking', () => {
  test('a full number needs a purpose; the person sees who looked, in which post and why', async () => {
    const body = someone({ name: '盘文亮' })
    const id = await register(body)
    expect(await secretary.refusal(revealIdentity, { params: within('甲村党支部', id) })).toMatchObject({ code: 'PURPOSE_NEEDED' })
    expect(await secretary.call(revealIdentity, { params: within('甲村党支部', id), purpose: '办理边民证' })).toEqual({
      identityNumber: body.identityNumber,
      phone: body.phone,
    })
    const person = await place.signIn('MEMBER', '甲村党支部', { memberId: id, name: '盘文亮' })
    expect(await person.call(getMyMember)).toMatchObject({ id, name: '盘文亮' })
    const { items } = await person.call(listWhoLooked)
    expect(items.find((entry) => entry.operation === 'members.revealIdentity')).toMatchObject({
      actorName: '李阿普',
      post: '支部书记',
      purpose: '办理边民证',
      rows: 1,
      operationName: revealIdentity.summary,
    })
    expect(await person.refusal(getMember, { params: within('甲村党支部', id) })).toMatchObject({ status: 403 })
  })
})

describe('belonging', () => {
  test('members follow a branch that is merged; who belonged where on a day before stays known', async () => {
    const into = place.node('乙村党支部')
    const department = await place.signIn('ORG_DEPARTMENT', '省委')
    const today = dayOf(new Date())
    const newBranch = randomUUID()
    const decide = (organisationId: string, effectiveOn: string, change: BodyIn<typeof putChange>['change']) =>
      department.call(putChange, {
        params: { organisationId, changeId: randomUUID() },
        body: { documentNo: '甲组〔2026〕1号', decidedOn: effectiveOn, effectiveOn, change },
      })
    await decide(place.node('甲镇党委').id, '2020-01-02', {
      kind: 'CREATE',
      newId: newBranch,
      parentId: place.node('甲镇党委').id,
      organisationKind: 'BRANCH',
      name: '甲镇丁村党支部',
      shortName: '丁村党支部',
      sector: 'RURAL',
    })
    const town = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    const id = randomUUID()
    await town.call(putMember, { params: { organisationId: newBranch, memberId: id }, body: someone({ name: '罗家旺' }) })
    await place.inside((ctx) => ctx.query(sql`update members.affiliation set valid_from = ${addMonths(today, -6)} where member_id = ${id}`))
    await decide(newBranch, today, { kind: 'MERGE', into: into.id })
    await place.catchUp()
    const listed = async (organisationId: string, asOf?: string) =>
      (await town.call(listMembers, { params: { organisationId }, query: { asOf, limit: 200 } })).items.filter((member) => member.id === id)
    expect(await listed(into.id)).toMatchObject([{ organisationId: into.id }])
    expect(await listed(newBranch)).toEqual([])
    expect(await listed(newBranch, addDays(today, -10))).toMatchObject([{ organisationId: newBranch }])
    expect(await listed(into.id, addDays(today, -10))).toEqual([])
    expect(await listed(newBranch, addMonths(today, -7))).toEqual([])
    const open = await place.inside((ctx) =>
      ctx.query(
        sql<{
          organisationId: string
        }>`select organisation_id as "organisationId" from members.affiliation where member_id = ${id} and valid_to is null`,
      ),
    )
    expect(open).toEqual([{ organisationId: into.id }])
  })
})
