/** Builds the organisations, members and gatherings of a province, set-based; the people are invented and their numbers impossible. */
import { randomUUID } from 'node:crypto'
import { areas, listLevel } from '#areas'
import { addOrganisations, type NewOrganisation, pathUnder, recountAll } from '#organisations'
import { type Context, openPool, sql, transact } from '#platform'

export interface Size {
  /** Branches under the committees of the townships, at most ten in a village. */
  branches: number
  members: number
  gatherings: number
}

/** Kinds of branches of a village; their names make the searches realistic. */
const branchNames = ['党支部', '第一党支部', '第二党支部', '第三党支部', '养殖协会党支部', '茶叶合作社党支部', '小学党支部', '卫生院党支部', '退休干部党支部', '企业联合党支部'] // prettier-ignore

/** Builds what is missing, each step in one transaction. @returns seconds each step took, empty when all was there */
export async function buildProvince(url: string, size: Size): Promise<{ step: string; seconds: number }[]> {
  const pool = openPool(url, 'owner', 1, 3_600_000)
  const took: { step: string; seconds: number }[] = []
  const steps: [step: string, table: string, work: (ctx: Context) => Promise<unknown>][] = [
    ['areas', 'areas.area', (ctx) => areas.seed?.(ctx, {} as never) ?? Promise.resolve()],
    ['organisations', 'organisations.organisation', (ctx) => addTree(ctx, size.branches)],
    ['members', 'members.member', (ctx) => addMembers(ctx, size.members)],
    ['gatherings', 'meetings.gathering', (ctx) => addGatherings(ctx, size.gatherings)],
  ]
  try {
    for (const [step, table, work] of steps) {
      const began = performance.now()
      const built = await transact(pool, async (ctx) => {
        const { there } = await ctx.get(sql<{ there: boolean }>`select exists (select from ${sql.table(table)}) as there`)
        if (!there) await inBulk(ctx, table, () => work(ctx))
        return !there
      })
      if (built) took.push({ step, seconds: (performance.now() - began) / 1000 })
    }
    if (took.length > 0) await vacuum(url)
  } finally {
    await pool.end()
  }
  return took
}

/** Visibility map and statistics, as autovacuum would have brought them after a while; and what building left to be written is on disk. */
export async function vacuum(url: string): Promise<void> {
  const pool = openPool(url, 'owner', 1, 3_600_000)
  const client = await pool.connect()
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  client.release()
  await pool.end()
}

/**
 * Rows that follow from rows just written need no look at the foreign keys, and indexes are made once in the end: without it a full
 * province takes hours. Indexes of a table that others follow (primary keys) stay.
 */
async function inBulk(ctx: Context, table: string, work: () => Promise<unknown>): Promise<void> {
  const [schema = ''] = table.split('.')
  const indexes = await ctx.query(sql<{ name: string; definition: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = ${schema}::regnamespace and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`)
  await ctx.query(sql`set local session_replication_role = replica`)
  await ctx.query(sql`set local maintenance_work_mem = '1GB'`)
  await ctx.query(sql`set local work_mem = '256MB'`)
  if (bulky.has(table)) for (const { name } of indexes) await ctx.query(sql.raw(`drop index ${name}`))
  await work()
  if (bulky.has(table)) for (const { definition } of indexes) await ctx.query(sql.raw(definition))
  await ctx.query(sql`set local session_replication_role = origin`)
}

const bulky = new Set(['members.member', 'meetings.gathering'])

async function addTree(ctx: Context, branches: number): Promise<void> {
  const [province, prefectures, counties, townships, villages] = await Promise.all([
    listLevel(ctx, 'PROVINCE'),
    listLevel(ctx, 'PREFECTURE'),
    listLevel(ctx, 'COUNTY'),
    listLevel(ctx, 'TOWNSHIP'),
    listLevel(ctx, 'VILLAGE'),
  ])
  const placed = new Map<string, NewOrganisation>()
  const rows: NewOrganisation[] = []
  const add = (code: string, above: string | undefined, kind: NewOrganisation['kind'], shortName: string): NewOrganisation => {
    const superior = above === undefined ? undefined : placed.get(above)
    const id = randomUUID()
    const row: NewOrganisation = {
      id,
      nameFull: `中国共产党${shortName}`,
      name: superior === undefined ? shortName : `${superior.shortName}${shortName}`,
      shortName,
      kind,
      sector: 'RURAL',
      unitSituation: 'LEGAL_UNIT',
      units: [],
      parentId: superior?.id ?? null,
      path: pathUnder(superior?.path ?? '', id),
      county: code.slice(0, 6),
      areaCode: code,
      contactName: '',
      contactPhone: '',
      establishedOn: '2010-07-01',
    }
    rows.push(row)
    return row
  }
  for (const { code, shortName } of province) placed.set(code, add(code, undefined, 'LOCAL_COMMITTEE', `${shortName}委`))
  for (const { code, parentCode, shortName } of [...prefectures, ...counties])
    placed.set(code, add(code, parentCode ?? '', 'LOCAL_COMMITTEE', `${shortName}委`))
  for (const { code, parentCode, shortName } of townships)
    placed.set(code, add(code, parentCode ?? '', 'GRASSROOTS_COMMITTEE', `${shortName}党委`))
  let made = 0
  for (const name of branchNames) {
    for (const { code, parentCode, shortName } of villages) {
      if (made >= branches) break
      add(code, parentCode ?? '', 'BRANCH', `${shortName}${name}`)
      made += 1
    }
  }
  for (let i = 0; i < rows.length; i += 5000) await addOrganisations(ctx, rows.slice(i, i + 5000))
  await ctx.query(sql`analyze organisations.organisation`)
  await recountAll(ctx)
  await ctx.query(sql`
    insert into organisations.term (organisation_id, seq, start_on, nominal_end_on)
    select id, 1, current_date - 400, current_date + 1400 from organisations.organisation`)
}

/** Branches with a number that spreads what is random over them. */
const branchesOf = sql`select o.county, o.id, o.path, row_number() over (order by o.path) as n from organisations.organisation o where o.kind = 'BRANCH'`

const perBranch = async (ctx: Context, all: number): Promise<number> => {
  const { branches } = await ctx.get(
    sql<{ branches: number }>`select count(*)::int as branches from organisations.organisation where kind = 'BRANCH'`,
  )
  return Math.max(1, Math.round(all / branches))
}

async function addMembers(ctx: Context, members: number): Promise<void> {
  const each = await perBranch(ctx, members)
  await ctx.query(sql`
    insert into members.member (county, id, organisation_id, path, name, pinyin, initials, gender, identity_sealed, identity_hash, identity_masked,
      ethnicity, born_on, education, stage, joined_on, full_member_on, membership, contact, mobility, content_hash)
    select b.county, gen_random_uuid(), b.id, b.path, surname[1 + h % 12] || given[1 + (h / 12) % 16], surname_py[1 + h % 12] || given_py[1 + (h / 12) % 16],
      left(surname_py[1 + h % 12], 1) || given_in[1 + (h / 12) % 16], (1 + h % 2)::text, '\\x00', sha256((b.n || '-' || k)::bytea), '530***********0000',
      '01', date '1950-01-01' + (h % 18000)::int, '61', case when h % 30 = 0 then 'PROBATIONARY' else 'FULL' end, date '2000-07-01',
      case when h % 30 = 0 then null else date '2001-07-01' end, 'NORMAL', 'IN_CONTACT', case when h % 140 = 0 then 'FLOW_OUT' else 'RESIDENT' end, '\\x00'
    from (${branchesOf}) b cross join generate_series(1, ${each}) k
    cross join lateral (select abs(hashint8(b.n * 1000 + k)::bigint) as h) x
    cross join (select array['张','李','王','杨','普','马','白','罗','赵','陈','刀','和'] as surname,
      array['zhang','li','wang','yang','pu','ma','bai','luo','zhao','chen','dao','he'] as surname_py,
      array['建国','秀英','阿文','小梅','永福','春兰','志强','玉珍','国华','丽萍','文忠','桂花','红梅','家富','学明','正云'] as given,
      array['jianguo','xiuying','awen','xiaomei','yongfu','chunlan','zhiqiang','yuzhen','guohua','liping','wenzhong','guihua','hongmei','jiafu','xueming','zhengyun'] as given_py,
      array['jg','xy','aw','xm','yf','cl','zq','yz','gh','lp','wz','gh','hm','jf','xm','zy'] as given_in) words
    order by b.path`)
  await ctx.query(sql`
    insert into members.affiliation (county, member_id, organisation_id, valid_from) select county, id, organisation_id, joined_on from members.member`)
  await ctx.query(sql`
    insert into members.tally (county, organisation_id, path, all_members, full_members, counting, floating)
    select county, organisation_id, path, count(*), count(*) filter (where stage = 'FULL'), count(*) filter (where stage = 'FULL'),
      count(*) filter (where mobility = 'FLOW_OUT') from members.member group by 1, 2, 3`)
}

/** Confirmed gatherings of the last years, one segment each, the kinds in turn; a month apart in each branch. */
async function addGatherings(ctx: Context, gatherings: number): Promise<void> {
  const each = await perBranch(ctx, gatherings)
  await ctx.query(sql`
    insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, place, planned_start, actual_start, actual_end, held_on,
      confirmed_account_id, confirmed_name, confirmed_at, minutes, digest, expected, present, content_hash)
    select b.county, gen_random_uuid(), b.id, b.path, held || ' ' || title[1 + (k + b.n) % 4], 'ARCHIVED', 'ONSITE', '村委会会议室', start, start, start + interval '2 hours',
      held, b.id, '书记', start + interval '1 day', '学习文件，讨论议题，形成决议。', '\\x00', 15, 11 + (b.n + k) % 5, '\\x00'
    from (${branchesOf}) b cross join generate_series(1, ${each}) k
    cross join lateral (select date_trunc('day', now()) - (k * 30 + b.n % 28) * interval '1 day' + interval '9 hours' as start) x
    cross join lateral (select (start at time zone 'Asia/Shanghai')::date as held) y
    cross join (select array['支部党员大会', '支部委员会', '党课', '主题党日'] as title) words
    order by b.path`)
  await ctx.query(sql`
    insert into meetings.segment (county, id, gathering_id, kind, place, planned_start, valid, eligible, present, need, rule_id, rule_version)
    select county, gen_random_uuid(), id, case when title like '%大会' then 'GENERAL_MEETING' when title like '%委员会' then 'COMMITTEE_MEETING'
      when title like '%党课' then 'PARTY_LECTURE' else 'THEME_DAY' end, 1, planned_start, true, expected, present, 8, 'MEET-QUORUM', '1' from meetings.gathering`)
}
