/** Given a small tree — province, two prefectures, counties, townships, branches — what a document changes, and what it may not. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { house, type TestHouse } from '#house'
import { type Caller, type Context, DomainError, type Node, openPool, type Pool, sql, transact } from '#platform'
import { addOrganisations, recountAll } from './add.ts'
import { list, preview, put } from './change.ts'
import { provideMemberCounts } from './counts.ts'
import type { Kind } from './kinds.ts'
import { findNode } from './nodes.ts'
import { pathUnder } from './paths.ts'
import type { Document } from './plan.ts'
import { get, listChildren } from './read.ts'
import { seatsOf } from './terms.ts'

let place: TestHouse
let pool: Pool
const now = new Date('2026-03-31T12:00:00+08:00')
const members = new Map<string, number>()

const nodes = new Map<string, Node>()
const node = (name: string): Node => {
  const found = nodes.get(name)
  if (found === undefined) throw new Error(name)
  return found
}

function plant(name: string, kind: Kind, above: string | null, county: string): void {
  const id = randomUUID()
  nodes.set(name, {
    id,
    name,
    kind,
    county,
    parentId: above === null ? null : node(above).id,
    path: pathUnder(above === null ? '' : node(above).path, id),
  })
}

const inTree = <T>(work: (ctx: Context) => Promise<T>, caller?: Caller) =>
  transact(pool, work, { now, ...(caller === undefined ? {} : { caller }) })

/** Where an organisation stands now. */
async function placeOf(ctx: Context, id: string): Promise<Node> {
  const found = await findNode(ctx, id)
  if (found === undefined) throw new Error(id)
  return found
}

/** A person who acts as administrator at this organisation. */
async function at(name: string): Promise<Caller> {
  const found = await inTree((ctx) => placeOf(ctx, node(name).id))
  const account = { id: randomUUID(), name: '李主任', subjectId: null, sessionId: randomUUID(), posts: [] }
  return {
    account,
    post: { id: randomUUID(), role: 'ORG_DEPARTMENT', node: found, from: '2020-01-01', until: null },
    purpose: null,
    language: 'zh',
  }
}

const document = (change: Document['change'], more: Partial<Document> = {}): Document => ({
  documentNo: '金组发〔2026〕3号',
  decidedOn: '2026-03-30',
  effectiveOn: '2026-03-31',
  note: '',
  change,
  ...more,
})

const decide = async (by: string, name: string, change: Document['change'], more: Partial<Document> = {}, id: string = randomUUID()) =>
  inTree((ctx) => put(ctx, node(name), id, document(change, more)), await at(by))

const refusal = async (attempt: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await attempt.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`)
  return error
}

const events = (name: string) =>
  inTree((ctx) =>
    ctx.query(sql<{ type: string; data: Record<string, unknown> }>`
    select type, data from platform.event where node_id = ${node(name).id} order by position`),
  )

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'app', 4)
  provideMemberCounts(async (ctx, among) => {
    const rows = await ctx.query(sql<{ id: string }>`select id from (${among}) as counted(county, id)`)
    const sum = rows.reduce((all, { id }) => all + (members.get(id) ?? 0), 0)
    return { full: sum, all: sum }
  })
  plant('省委', 'LOCAL_COMMITTEE', null, '530000')
  plant('甲州委', 'LOCAL_COMMITTEE', '省委', '532500')
  plant('乙州委', 'LOCAL_COMMITTEE', '省委', '532600')
  plant('甲县委', 'LOCAL_COMMITTEE', '甲州委', '532530')
  plant('乙县委', 'LOCAL_COMMITTEE', '乙州委', '532601')
  plant('东镇党委', 'GRASSROOTS_COMMITTEE', '甲县委', '532530')
  plant('西镇党委', 'GRASSROOTS_COMMITTEE', '甲县委', '532530')
  plant('南镇党委', 'GRASSROOTS_COMMITTEE', '乙县委', '532601')
  plant('大村党总支', 'GENERAL_BRANCH', '东镇党委', '532530')
  plant('上组党支部', 'BRANCH', '大村党总支', '532530')
  plant('下组党支部', 'BRANCH', '大村党总支', '532530')
  plant('独村党支部', 'BRANCH', '西镇党委', '532530')
  plant('学校党支部', 'BRANCH', '西镇党委', '532530')
  plant('南村党支部', 'BRANCH', '南镇党委', '532601')
  await inTree(async (ctx) => {
    await addOrganisations(
      ctx,
      [...nodes.values()].map((n) => ({
        ...n,
        kind: n.kind as Kind,
        nameFull: `中共${n.name}`,
        shortName: n.name,
        sector: 'RURAL',
        unitSituation: 'LEGAL_UNIT',
        units: [],
        areaCode: `${n.county}000000`,
        contactName: '',
        contactPhone: '',
        establishedOn: '2010-07-01',
      })),
    )
    await recountAll(ctx)
  })
})

afterAll(async () => {
  await pool.end()
  await place.close()
})

describe('a name', () => {
  test('is new from its day on, and a question about an earlier day keeps the old one', async () => {
    const id = randomUUID()
    const change: Document['change'] = { kind: 'RENAME', name: '西镇中心学校党支部', shortName: '中心学校党支部' }
    const record = await decide('甲县委', '学校党支部', change, { version: 1 }, id)
    expect(record).toMatchObject({ id, organisationName: '学校党支部', documentNo: '金组发〔2026〕3号', byName: '李主任', change })
    const [today, before] = await inTree(
      async (ctx) => [await get(ctx, node('学校党支部'), undefined), await get(ctx, node('学校党支部'), '2026-03-30')] as const,
    )
    expect(today).toMatchObject({ shortName: '中心学校党支部', nameFull: '中共西镇中心学校党支部', version: 2 })
    expect(before).toMatchObject({ shortName: '学校党支部', nameFull: '中共学校党支部' })

    // Sent twice it is the same record once; the same id with another content is refused, and so is a writer who saw an older version.
    expect(await decide('甲县委', '学校党支部', change, { version: 1 }, id)).toEqual(record)
    expect((await refusal(decide('甲县委', '学校党支部', { ...change, shortName: '别名' }, {}, id))).code).toBe('ID_TAKEN')
    expect((await refusal(decide('甲县委', '学校党支部', change, { version: 1 }))).code).toBe('STALE_VERSION')
    expect((await events('学校党支部')).map((event) => event.type)).toEqual(['organisations.organisation.renamed'])
    const audits = await inTree((ctx) => ctx.query(sql`select from platform.audit where subject_id = ${node('学校党支部').id}`))
    expect(audits).toHaveLength(1)
  })
})

describe('a move', () => {
  test('takes everything below along, keeps the counters, and yesterday stays as it was', async () => {
    const old = node('大村党总支').path
    const plan = await inTree(
      (ctx) => preview(ctx, node('大村党总支'), document({ kind: 'MOVE', newParentId: node('西镇党委').id })),
      await at('甲县委'),
    )
    expect(plan).toMatchObject({ organisationsAffected: 3, blockers: [] })
    await decide('甲县委', '大村党总支', { kind: 'MOVE', newParentId: node('西镇党委').id })
    const moved = pathUnder(node('西镇党委').path, node('大村党总支').id)
    expect((await events('大村党总支'))[0]).toMatchObject({
      type: 'organisations.organisation.moved',
      data: { oldPath: old, newPath: moved },
    })
    await inTree(async (ctx) => {
      expect(await findNode(ctx, node('上组党支部').id)).toMatchObject({ path: pathUnder(moved, node('上组党支部').id) })
      expect(await get(ctx, node('东镇党委'), undefined)).toMatchObject({ children: 0, below: 0 })
      expect(await get(ctx, node('西镇党委'), undefined)).toMatchObject({ children: 3, below: 5 })
      expect(await get(ctx, node('东镇党委'), '2026-03-30')).toMatchObject({ children: 1, below: 3 })
      expect((await get(ctx, node('上组党支部'), '2026-03-30')).trail.map((s) => s.name)).toEqual([
        '省委',
        '甲州委',
        '甲县委',
        '东镇党委',
        '大村党总支',
      ])
      expect((await get(ctx, node('上组党支部'), undefined)).trail.map((s) => s.name)).toEqual([
        '省委',
        '甲州委',
        '甲县委',
        '西镇党委',
        '大村党总支',
      ])
      expect((await listChildren(ctx, node('东镇党委').id, '2026-03-30')).map((row) => row.shortName)).toEqual(['大村党总支'])
      expect(await listChildren(ctx, node('东镇党委').id, undefined)).toEqual([])
      expect((await list(ctx, node('西镇党委').id, undefined, 10)).items).toHaveLength(1)
    })
  })

  test.each([
    ['西镇党委', '大村党总支', '大村党总支在西镇党委之内'],
    ['大村党总支', '西镇党委', '已经隶属于'],
    ['西镇党委', '独村党支部', '不能设在党支部之下'],
  ])('of %s under %s is refused with the reason', async (what, where, reason) => {
    const error = await refusal(decide('省委', what, { kind: 'MOVE', newParentId: node(where).id }))
    expect(error.code).toBe('CHANGE_NOT_POSSIBLE')
    expect(error.sentence.zh).toContain(reason)
  })

  test('cannot take effect before the new superior itself came to where it stands', async () => {
    const under = { kind: 'MOVE', newParentId: node('大村党总支').id } as const
    const error = await refusal(decide('省委', '独村党支部', under, { decidedOn: '2026-03-01', effectiveOn: '2026-03-30' }))
    expect(error.sentence.zh).toContain('已有自2026-03-31起生效的记录')
  })

  test('to a place outside the own scope looks as if that place did not exist', async () => {
    expect((await refusal(decide('甲州委', '独村党支部', { kind: 'MOVE', newParentId: node('南镇党委').id }))).code).toBe('NOT_FOUND')
    expect((await refusal(decide('甲州委', '独村党支部', { kind: 'MOVE', newParentId: randomUUID() }))).code).toBe('NOT_FOUND')
  })

  test('by somebody whose remembered node is no longer theirs is refused', async () => {
    expect((await refusal(decide('东镇党委', '上组党支部', { kind: 'DISSOLVE' }))).code).toBe('NOT_FOUND')
  })
})

describe('a document', () => {
  test('is entered on the day it takes effect, not before', async () => {
    const error = await refusal(decide('省委', '独村党支部', { kind: 'DISSOLVE' }, { effectiveOn: '2026-04-01' }))
    expect(error.sentence.zh).toContain('还没有到，请在当天或之后录入')
  })

  test('cannot take effect before what is already on record, or before it was decided', async () => {
    const early = { decidedOn: '2026-03-01', effectiveOn: '2026-03-02' }
    expect((await refusal(decide('省委', '大村党总支', { kind: 'MOVE', newParentId: node('东镇党委').id }, early))).sentence.zh).toContain(
      '已有自2026-03-31起生效的记录',
    )
    expect(
      (await refusal(decide('省委', '独村党支部', { kind: 'DISSOLVE' }, { ...early, decidedOn: '2026-03-03' }))).sentence.zh,
    ).toContain('晚于生效日期')
  })
})

describe('members', () => {
  test('are split off to a new branch beside the old one', async () => {
    members.set(node('独村党支部').id, 9)
    const newId = randomUUID()
    const memberIds = [randomUUID(), randomUUID(), randomUUID()]
    await decide('西镇党委', '独村党支部', { kind: 'SPLIT', newId, name: '西镇新寨党支部', shortName: '新寨党支部', memberIds })
    const [split] = await events('独村党支部')
    expect(split).toMatchObject({
      type: 'organisations.organisation.split',
      data: { newId, newPath: pathUnder(node('西镇党委').path, newId), memberIds },
    })
    expect((await inTree(async (ctx) => get(ctx, await placeOf(ctx, newId), undefined))).trail.at(-1)?.name).toBe('西镇党委')
  })

  test('keep a branch from being dissolved, and go along when it is merged', async () => {
    expect((await refusal(decide('西镇党委', '独村党支部', { kind: 'DISSOLVE' }))).sentence.zh).toContain('还有9名党员')
    expect((await refusal(decide('西镇党委', '大村党总支', { kind: 'DISSOLVE' }))).sentence.zh).toContain('还有2个直接下级党组织')
    expect((await refusal(decide('省委', '独村党支部', { kind: 'MERGE', into: node('南村党支部').id }))).sentence.zh).toContain(
      '不在同一县',
    )
    await decide('西镇党委', '独村党支部', { kind: 'MERGE', into: node('学校党支部').id })
    expect((await events('独村党支部')).at(-1)).toMatchObject({
      type: 'organisations.organisation.merged',
      data: { into: node('学校党支部').id, intoPath: node('学校党支部').path },
    })
    const [ended, before] = await inTree(
      async (ctx) => [await get(ctx, node('独村党支部'), undefined), await get(ctx, node('独村党支部'), '2026-03-30')] as const,
    )
    expect([ended.dissolvedOn, before.dissolvedOn]).toEqual(['2026-03-31', null])
    expect((await refusal(decide('西镇党委', '独村党支部', { kind: 'RENAME', name: '甲', shortName: '甲' }))).sentence.zh).toContain(
      '已经撤销',
    )
  })
})

describe('on paper', () => {
  test('an exception is approved by the superior, never by the organisation itself', async () => {
    const change: Document['change'] = { kind: 'EXCEPTION', ruleId: 'ORG-BRANCH-MIN', reason: '边境一线', until: '2027-03-31' }
    expect((await refusal(decide('上组党支部', '上组党支部', change))).sentence.zh).toContain('由上级党组织批准')
    expect((await decide('西镇党委', '上组党支部', change)).change).toEqual(change)
  })

  test('a term seats one secretary', async () => {
    const seat = { role: '书记', memberId: randomUUID(), name: '王秀英', from: '2026-03-31', until: null, source: 'ELECTED' } as const
    const term = { seq: 1, startOn: '2026-03-31', nominalEndOn: '2031-03-31', extendedTo: null, seats: [seat] }
    expect(
      (
        await refusal(
          decide('西镇党委', '上组党支部', { kind: 'TERM', term: { ...term, seats: [seat, { ...seat, memberId: randomUUID() }] } }),
        )
      ).sentence.zh,
    ).toContain('只能有一名书记')
    await decide('西镇党委', '上组党支部', { kind: 'TERM', term })
    expect(await inTree((ctx) => seatsOf(ctx, [node('上组党支部').id]))).toMatchObject([{ role: '书记', name: '王秀英' }])
  })
})

test('a branch is founded and counted, and after all these changes paths and counters agree with the tree', async () => {
  const newId = randomUUID()
  await decide('甲县委', '东镇党委', {
    kind: 'CREATE',
    newId,
    parentId: node('东镇党委').id,
    name: '东镇茶厂联合党支部',
    shortName: '茶厂联合党支部',
    organisationKind: 'JOINT_BRANCH',
    sector: 'PRIVATE',
    units: [
      { name: '茶厂', creditCode: null },
      { name: '合作社', creditCode: null },
    ],
    contactName: '',
    contactPhone: '',
  })
  await inTree(async (ctx) => {
    expect(await get(ctx, await placeOf(ctx, newId), undefined)).toMatchObject({
      unitSituation: 'JOINT',
      county: '532530',
      nameFull: '中共东镇茶厂联合党支部',
    })
    const counters = sql<{ id: string }>`select id, children, below from organisations.organisation order by id`
    const kept = await ctx.query(counters)
    await recountAll(ctx)
    expect(await ctx.query(counters)).toEqual(kept)
    const astray = await ctx.query(sql`
      select o.id from organisations.organisation o left join organisations.organisation p on p.id = o.parent_id
      where o.path <> coalesce(p.path, '') || right(o.id::text, 8) || '/'`)
    expect(astray).toEqual([])
    const disagreeing = await ctx.query(sql`
      select o.id from organisations.organisation o left join organisations.affiliation a on a.organisation_id = o.id and a.valid_to is null
      where (o.dissolved_on is null) is distinct from (a.path is not null) or (a.path <> o.path) or a.parent_id is distinct from o.parent_id and o.dissolved_on is null`)
    expect(disagreeing).toEqual([])
  })
})
