/** Given the whole demo as `npm start` makes it: what must never be false of records holds for the history that was written set-based. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenTestHouse, openTestHouse } from '#house'
import { checkIdentityNumber, dayOf, headsOf } from '#rules'
import { demoId } from '#organisations'
import { type RawBuilder, sql } from '#platform'
import { modules } from '../../modules.ts'
import { seedDemo } from '../../seed.ts'
import { spell } from '#areas'
import { verdictOn } from './verdicts.ts'

/** What duties and the overview compute from these is tested with them. */
const written = ['areas', 'organisations', 'members', 'meetings', 'identity']

let place: OpenTestHouse

beforeAll(async () => {
  place = await openTestHouse([])
  await seedDemo(
    place.url,
    place.house,
    modules.filter((module) => written.includes(module.name)),
    () => {},
  )
}, 600_000)
afterAll(() => place.close())

const rows = <Row>(query: RawBuilder<Row>) => place.inside((ctx) => ctx.query(query))
const one = <Row>(query: RawBuilder<Row>) => place.inside((ctx) => ctx.get(query))
const village = demoId('branch', '隔界村')

describe('members', () => {
  test('about thirty thousand in about sixteen hundred branches, and eleven in 隔界村 with a committee', async () => {
    const { members, branches } = await one(sql<{ members: number; branches: number }>`
      select count(*)::int as members, count(distinct organisation_id)::int as branches from members.member`)
    expect(members).toBeGreaterThan(27_000)
    expect(branches).toBeGreaterThan(1500)
    const full = await rows(sql<{ name: string }>`
      select name from members.member where organisation_id = ${village} and stage = 'FULL' and membership = 'NORMAL'`)
    expect(full).toHaveLength(11)
    const { seats } = await one(
      sql<{ seats: { role: string; name: string }[] }>`select seats from organisations.term where organisation_id = ${village}`,
    )
    expect(seats.map(({ role, name }) => `${role} ${name}`)).toEqual(['书记 李阿普', '组织委员 白云芬', '宣传委员 陶正学'])
  })

  test('identity numbers are valid, of nobody, and each one only once; masks and hashes belong to them', async () => {
    const sealed = await rows(sql<{ identity: Buffer; hash: Buffer; masked: string; bornOn: string }>`
      select identity_sealed as identity, identity_hash as hash, identity_masked as masked, born_on as "bornOn" from members.member
      where ('x' || right(id::text, 2))::bit(8)::int % 16 = 0`)
    expect(sealed.length).toBeGreaterThan(1000)
    const { secrets } = place.house.services
    for (const { identity, hash, masked, bornOn } of sealed) {
      const number = secrets.open(identity)
      expect(checkIdentityNumber(number)).toEqual({ ok: true })
      expect(number).toMatch(/^5300001900/)
      expect(bornOn > '1930').toBe(true)
      expect(secrets.lookup('identity', number).equals(hash)).toBe(true)
      expect(masked).toBe(`530000********${number.slice(-4)}`)
    }
    expect(await rows(sql`select identity_hash from members.member group by 1 having count(*) > 1`)).toEqual([])
    expect(await rows(sql`select phone_hash from members.member group by 1 having count(*) > 1`)).toEqual([])
    expect(await rows(sql`select id from members.member where phone_masked !~ '^(100|199)[*]{4}[0-9]{4}$'`)).toEqual([])
  })

  test('names are spelt as the search spells them, and dates agree', async () => {
    const named = await rows(
      sql<{ name: string; pinyin: string; initials: string }>`select name, pinyin, initials from members.member limit 500`,
    )
    for (const { name, pinyin, initials } of named) expect({ pinyin, initials }).toEqual(spell(name))
    expect(
      await rows(sql`
      select id from members.member where joined_on <= born_on + interval '18 years' or full_member_on < joined_on or joined_on > current_date
        or (stage = 'FULL') <> (full_member_on is not null) or (stage = 'PROBATIONARY' and joined_on < current_date - interval '1 year')`),
    ).toEqual([])
  })

  test('everybody has one open affiliation, to the branch on record, and tallies equal what they count', async () => {
    expect(
      await rows(sql`
      select m.id from members.member m left join members.affiliation a on a.county = m.county and a.member_id = m.id and a.valid_to is null
      where a.organisation_id is distinct from m.organisation_id`),
    ).toEqual([])
    expect(
      await rows(sql`
      select t.organisation_id from members.tally t join members.member m on m.county = t.county and m.organisation_id = t.organisation_id
      group by t.county, t.organisation_id, t.all_members, t.full_members, t.path having
        t.all_members <> count(*) filter (where stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL')
        or t.full_members <> count(*) filter (where stage = 'FULL' and membership = 'NORMAL') or t.path <> min(m.path)`),
    ).toEqual([])
    expect(
      await rows(
        sql`select m.id from members.member m join organisations.organisation o on o.id = m.organisation_id where o.path <> m.path or o.county <> m.county`,
      ),
    ).toEqual([])
  })

  test('whoever has a seat is a full member of the branch; a committee sits where there are enough', async () => {
    expect(
      await rows(sql`
      select t.organisation_id from organisations.term t join organisations.organisation o on o.id = t.organisation_id, jsonb_array_elements(t.seats) seat
      left join members.member m on m.id = (seat->>'memberId')::uuid
      where m.id is null or m.organisation_id <> o.id or m.stage <> 'FULL' or m.name <> seat->>'name'`),
    ).toEqual([])
    expect(
      await rows(sql`
      select t.organisation_id from organisations.term t join members.tally n on n.organisation_id = t.organisation_id
      where (n.full_members >= 7) <> (jsonb_array_length(t.seats) >= 3)`),
    ).toEqual([])
  })
})

describe('meetings', () => {
  test('what is confirmed was recorded by one person and confirmed by another, after it was held', async () => {
    expect(
      await rows(sql`
      select id from meetings.gathering where state in ('CONFIRMED', 'ARCHIVED') and (recorder_account_id is null or confirmed_account_id is null
        or recorder_account_id = confirmed_account_id or digest is null or minutes = '' or confirmed_at < actual_end or confirmed_at > now()
        or present > expected or expected = 0 or held_on > ${dayOf(new Date())})`),
    ).toEqual([])
    expect(
      await rows(
        sql`select id from meetings.gathering where state in ('PLANNED', 'NOTIFIED') and planned_start < now() - interval '1 hour'`,
      ),
    ).toEqual([])
    expect(
      await rows(
        sql`select id from meetings.gathering where late_entry <> (late_reason <> '') or (state = 'CANCELLED') <> (cancel_reason <> '')`,
      ),
    ).toEqual([])
  })

  test('where names are kept they add up to the counts, and every name is one of the branch', async () => {
    expect(
      await rows(sql`
      select g.id from meetings.gathering g join meetings.attendance a on a.county = g.county and a.gathering_id = g.id
      where g.state in ('CONFIRMED', 'ARCHIVED') group by g.id, g.expected, g.present
      having g.expected <> count(*) filter (where a.expected) or g.present <> count(*) filter (where a.expected and a.state like 'PRESENT%')`),
    ).toEqual([])
    expect(
      await rows(sql`
      select a.member_id from meetings.attendance a join meetings.gathering g on g.county = a.county and g.id = a.gathering_id
      left join members.member m on m.county = a.county and m.id = a.member_id where m.organisation_id is distinct from g.organisation_id or m.name <> a.name`),
    ).toEqual([])
    expect(
      await rows(sql`
      select a.member_id from meetings.attendance a where (a.state = 'LEAVE') <> (a.leave_reason is not null) or (a.state = 'EXPECTED') <> (a.confirmed_by is null)
        or a.confirmed_at > now()`),
    ).toEqual([])
  })

  test('verdicts are those that the rules pronounce over the names', async () => {
    type Told = {
      id: string
      kind: 'THEME_DAY'
      valid: boolean
      eligible: number
      present: number
      need: number
      sentence: object
      ruleId: string | null
      ruleVersion: string | null
    }
    const told = await rows(sql<Told & { roster: { state: 'LEAVE'; expected: boolean; hasVote: boolean }[] }>`
      select s.id, s.kind, s.valid, s.eligible, s.present, s.need, s.sentence, s.rule_id as "ruleId", s.rule_version as "ruleVersion",
        (select jsonb_agg(jsonb_build_object('state', a.state, 'expected', a.expected, 'hasVote', a.has_vote)) from meetings.attendance a
          where a.county = s.county and a.gathering_id = s.gathering_id) as roster
      from meetings.segment s where s.valid is not null
        and exists (select from meetings.attendance a where a.county = s.county and a.gathering_id = s.gathering_id)
      order by s.valid, s.id limit 1500`)
    expect(told.length).toBeGreaterThan(500)
    for (const { roster, ...stored } of told) {
      const { segmentId, ...pronounced } = verdictOn({ id: stored.id, kind: stored.kind }, headsOf(roster))
      expect({ ...pronounced, id: segmentId }).toEqual(stored)
    }
    expect(
      await rows(sql`
      select s.id from meetings.segment s join meetings.gathering g on g.county = s.county and g.id = s.gathering_id
      where (s.valid is not null) <> (g.state in ('CONFIRMED', 'ARCHIVED')) or s.planned_start <> g.planned_start`),
    ).toEqual([])
    const { invalid } = await one(sql<{ invalid: number }>`select count(*)::int as invalid from meetings.segment where not valid`)
    expect(invalid).toBeGreaterThan(20)
  })

  test('most of what the rules ask for was done, not all; something is going on now; 隔界村 still owes this quarter its general meeting', async () => {
    const { share } = await one(sql<{ share: number }>`
      select count(distinct (organisation_id, to_char(held_on, 'YYYY-MM'))) filter (where kind = 'THEME_DAY')::float8
        / (count(distinct organisation_id) * count(distinct to_char(held_on, 'YYYY-MM'))) as share
      from meetings.gathering g join meetings.segment s on s.county = g.county and s.gathering_id = g.id
      where g.state in ('CONFIRMED', 'ARCHIVED') and held_on < date_trunc('month', current_date) and held_on >= date_trunc('month', current_date) - interval '12 months'`)
    expect(share).toBeGreaterThan(0.9)
    expect(share).toBeLessThan(0.98)
    const states = await rows(sql<{ state: string }>`select distinct state from meetings.gathering order by 1`)
    expect(states.map((row) => row.state)).toEqual(
      expect.arrayContaining(['ARCHIVED', 'CANCELLED', 'CONFIRMED', 'IN_PROGRESS', 'NOTIFIED', 'PLANNED']),
    )
    const quarterly = await one(sql<{ held: number; before: number; open: number }>`
      select count(*) filter (where s.valid and g.held_on >= date_trunc('quarter', current_date))::int as held,
        count(*) filter (where s.valid and g.held_on < date_trunc('quarter', current_date))::int as before,
        count(*) filter (where not s.valid)::int as open
      from meetings.gathering g join meetings.segment s on s.county = g.county and s.gathering_id = g.id
      where g.organisation_id = ${village} and s.kind = 'GENERAL_MEETING'`)
    expect(quarterly).toMatchObject({ held: 0, open: 1 })
    expect(quarterly.before).toBeGreaterThanOrEqual(3)
  })
})

test('the people of the demo can sign in and act in the post they are offered with', async () => {
  const offered = await rows(sql<{ name: string; roles: string[]; face: string }>`
    select d.name, d.face, (select array_agg(p.role order by p.granted_at, p.id) from platform.post p join platform.account a on a.id = p.account_id
      where a.name = d.name) as roles from identity.demo_person d order by d.place`)
  expect(offered.map(({ name, roles: [first] }) => `${name} ${first}`)).toEqual([
    '李阿普 BRANCH_SECRETARY',
    '白云芬 RECORDER',
    '盘文亮 MEMBER',
    '张绍明 MEMBER',
    '陈国安 BRANCH_SECRETARY',
    '刘德芳 COMMITTEE_ADMIN',
    '马晓东 COMMITTEE_ADMIN',
    '邓丽娟 BRANCH_SECRETARY',
    '赵文 RECORDER',
    '周丽萍 COMMITTEE_ADMIN',
    '杨志强 ORG_DEPARTMENT',
    '王海燕 ORG_DEPARTMENT',
    '赵建军 COMMITTEE_ADMIN',
    '何明辉 SYSTEM_ADMIN',
    '孙静 SECURITY_ADMIN',
    '吴凯 AUDITOR',
  ])
  expect(
    await rows(sql`
    select a.id from platform.account a join members.member m on m.id = a.subject_id
    where not exists (select from platform.post p where p.account_id = a.id and p.role = 'MEMBER' and p.node_id = m.organisation_id)`),
  ).toEqual([])
})

test('every reference between rows leads somewhere, though none was looked up while the demo was written', async () => {
  const references = await rows(sql<{ from: string; to: string; columns: string[]; targets: string[] }>`
    select c.conrelid::regclass::text as from, c.confrelid::regclass::text as to,
      (select array_agg(quote_ident(a.attname)::text order by n) from unnest(c.conkey) with ordinality as k(number, n)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns,
      (select array_agg(quote_ident(a.attname)::text order by n) from unnest(c.confkey) with ordinality as k(number, n)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number) as targets
    from pg_constraint c where c.contype = 'f' and c.connamespace::regnamespace::text not in ('graphile_worker')`)
  expect(references.length).toBeGreaterThan(8)
  for (const { from, to, columns, targets } of references) {
    const { dangling } = await one(
      sql<{ dangling: number }>`select count(*)::int as dangling from ${sql.raw(from)} x
        where ${sql.raw(columns.map((column) => `x.${column} is not null`).join(' and '))} and not exists (
          select from ${sql.raw(to)} y where ${sql.raw(targets.map((target, n) => `y.${target} = x.${columns[n]}`).join(' and '))})`,
    )
    expect(dangling, `${from} (${columns.join()}) → ${to}`).toBe(0)
  }
})
