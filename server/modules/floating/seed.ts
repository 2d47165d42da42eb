/**
 * The demo: everybody whose file says that they are away is registered, most to Kunming's committee for floating members, with a year of
 * taking part there. The member of the story is left to register himself.
 */
import { createHash, randomUUID } from 'node:crypto'
import { listAway } from '#members'
import { heldSegments } from '#meetings'
import { demoId, findNode, superiorsOf, trailOf } from '#organisations'
import { type Context, type Node, type Services, sql } from '#platform'
import { addDays, addMonths, count, dayOf, floatClocks, type FloatState, passValidUntil } from '#rules'
import { addKey } from './keys.ts'

/** Branches whose stories are told by people: 张绍明 registers himself, and in 隔界村 everybody is expected. */
const told = [demoId('branch', '530602104206', '1'), demoId('branch', '隔界村')]
const town = demoId('committee', '530602104000')
const borderTown = demoId('committee', '532530102000')
const kunming = demoId('floating', 'committee')
const ofZhaotong = demoId('branch', '昭通驻昆流动党员')
const ofJinping = demoId('branch', '昆明流动党员')

/** Where people say they went, as codes. */
const places: Record<string, string> = {
  昆明市西山区: '530112',
  昆明市官渡区: '530111',
  玉溪市红塔区: '530402',
  广东省东莞市: '441900',
  广东省深圳市: '440300',
  浙江省义乌市: '330782',
}

/** A number below `most` that is always the same for the same words. */
const chance = (most: number, ...words: string[]): number => createHash('sha256').update(words.join(' ')).digest().readUInt32BE() % most

interface Planted {
  registrationId: string
  person: Awaited<ReturnType<typeof listAway>>[number]
  areaCode: string
  outOn: string
  state: FloatState
  issuedOn: string | null
  reportedOn: string | null
  branch: Node | null
  issuerId: string | null
}

export async function seed(ctx: Context, { secrets }: Services): Promise<void> {
  const [host, zhaotong, jinping, ...committees] = await Promise.all(
    [kunming, ofZhaotong, ofJinping, town, borderTown].map((id) => findNode(ctx, id)),
  )
  if (host === undefined || zhaotong === undefined || jinping === undefined) return
  for (const committee of committees) if (committee !== undefined) await addKey(ctx, secrets, committee, randomUUID())
  await addPlaces(ctx, [host, zhaotong, jinping])
  const people = (await listAway(ctx)).filter(({ organisationId }) => !told.includes(organisationId))
  const superiors = await superiorsOf(ctx, [...new Set(people.map(({ path }) => path))])
  const issuerOf = (path: string) => trailOf(path, superiors).findLast(({ kind }) => kind === 'GRASSROOTS_COMMITTEE')?.id ?? null
  const today = dayOf(ctx.now)
  const planted = people.map((person): Planted => {
    const areaCode = places[person.destination] ?? '530112'
    const branch = person.county.startsWith('5306') ? zhaotong : person.county.startsWith('5325') ? jinping : zhaotong
    const outOn = addDays(today, -90 - chance(600, person.memberId, 'out'))
    const state = stateOf(person.memberId, areaCode)
    const hosted = ['REPORTED_IN', 'ASSIGNED', 'PARTICIPATING'].includes(state)
    const onTheWay = state === 'PASS_ISSUED' || state === 'MOVED'
    const issuedOn =
      state === 'REGISTERED_OUT'
        ? null
        : latest(addDays(outOn, 5), onTheWay ? addDays(today, -chance(45, person.memberId, 'issued')) : addMonths(today, -11))
    return {
      registrationId: demoId('registration', person.memberId),
      person,
      areaCode,
      outOn,
      state,
      issuedOn,
      reportedOn: hosted && issuedOn !== null ? addDays(issuedOn, 9 + chance(20, person.memberId, 'in')) : null,
      branch: hosted && state !== 'REPORTED_IN' ? branch : null,
      issuerId: issuerOf(person.path),
    }
  })
  await addRegistrations(ctx, planted, host, today)
  await addPasses(ctx, planted, host)
  for (const branch of [zhaotong, jinping]) await addParticipations(ctx, branch, planted, today)
}

const latest = (one: string, other: string) => (one > other ? one : other)

/** Whoever went to Kunming has mostly found a host; others are on the way, a few have moved. */
function stateOf(memberId: string, areaCode: string): FloatState {
  const of = chance(100, memberId, 'state')
  if (areaCode.startsWith('5301')) {
    return of < 62
      ? 'PARTICIPATING'
      : of < 74
        ? 'ASSIGNED'
        : of < 82
          ? 'REPORTED_IN'
          : of < 92
            ? 'PASS_ISSUED'
            : of < 96
              ? 'MOVED'
              : 'REGISTERED_OUT'
  }
  return of < 70 ? 'PASS_ISSUED' : of < 78 ? 'MOVED' : 'REGISTERED_OUT'
}

async function addPlaces(ctx: Context, [host, zhaotong, jinping]: [Node, Node, Node]): Promise<void> {
  const rows = [
    [
      host,
      '昆明市西山区人民西路党群服务中心一楼',
      '周一至周六 9:00–21:00',
      ['普通话', '昭通话'],
      '地铁 3 号线石咀方向，大渔路站 B 口步行 6 分钟',
      true,
    ],
    [zhaotong, '西山区马街建筑工地集中居住区活动室', '每天 18:30–21:30', ['昭通话'], '公交 54 路马街北站下车，问门卫“党员活动室”', true],
    [jinping, '官渡区关上街道流动党员驿站', '周二、周四、周日 14:00–21:00', ['普通话', '哈尼语', '苗语'], '地铁 1 号线晓东村站 A 口', true],
  ] as const
  await ctx.query(sql`
    insert into floating.host_place (county, organisation_id, address, hours, languages, route, phone, takes_in)
    select p.county, p.id, p.address, p.hours, string_to_array(p.languages, ','), p.route, '', p.takes_in
    from unnest(${rows.map(([node]) => node.county)}::text[], ${rows.map(([node]) => node.id)}::uuid[], ${rows.map((row) => row[1])}::text[],
      ${rows.map((row) => row[2])}::text[], ${rows.map((row) => row[3].join(','))}::text[], ${rows.map((row) => row[4])}::text[],
      ${rows.map((row) => row[5])}::bool[]) as p(county, id, address, hours, languages, route, takes_in)`)
}

const reasons = ['WORK', 'WORK', 'WORK', 'BUSINESS', 'FAMILY', 'JOB_SEEKING'] as const
const units = ['建筑公司', '物流园', '电子厂', '餐饮店', '服装厂', '家政公司']

async function addRegistrations(ctx: Context, planted: readonly Planted[], host: Node, today: string): Promise<void> {
  const hosted = (p: Planted) => (p.reportedOn === null ? null : host)
  const clocks = planted.map((p) =>
    JSON.stringify(
      Object.fromEntries(
        floatClocks(
          {
            state: p.state,
            outOn: p.outOn,
            fixed: isFixed(p),
            issuedOn: p.issuedOn,
            validUntil: p.issuedOn === null ? null : passValidUntil(p.issuedOn),
            movedOn: movedOn(p),
            reportedOn: p.reportedOn,
            lastContactOn: contactOn(p, today),
            lastReportOn: null,
            lastTookPartOn: null,
            lostSince: null,
          },
          today,
        ).map(({ ruleId, dueOn }) => [ruleId, dueOn]),
      ),
    ),
  )
  const all = <T>(of: (p: Planted) => T) => planted.map(of)
  await ctx.query(sql`
    insert into floating.registration (county, id, member_id, name, phone_masked, organisation_id, path, reason, area_code, place, unit, fixed, out_on, state,
      host_county, host_id, host_path, branch_id, branch_path, reported_on, issued_on, valid_until, moved_on, last_contact_on, clocks, content_hash)
    select r.*, '' from unnest(${all((p) => p.person.county)}::text[], ${all((p) => p.registrationId)}::uuid[], ${all((p) => p.person.memberId)}::uuid[],
      ${all((p) => p.person.name)}::text[], ${all((p) => p.person.phoneMasked)}::text[], ${all((p) => p.person.organisationId)}::uuid[],
      ${all((p) => p.person.path)}::text[], ${all((p) => reasons[chance(reasons.length, p.person.memberId, 'why')] ?? 'WORK')}::text[],
      ${all((p) => p.areaCode)}::text[], ${all((p) => (p.areaCode.startsWith('53') ? '' : p.person.destination))}::text[],
      ${all((p) => units[chance(units.length, p.person.memberId, 'unit')] ?? '')}::text[], ${all(isFixed)}::bool[], ${all((p) => p.outOn)}::date[],
      ${all((p) => p.state)}::text[], ${all((p) => hosted(p)?.county ?? null)}::text[], ${all((p) => hosted(p)?.id ?? null)}::uuid[],
      ${all((p) => hosted(p)?.path ?? null)}::text[], ${all((p) => p.branch?.id ?? null)}::uuid[], ${all((p) => p.branch?.path ?? null)}::text[],
      ${all((p) => p.reportedOn)}::date[], ${all((p) => p.issuedOn)}::date[], ${all((p) => (p.issuedOn === null ? null : passValidUntil(p.issuedOn)))}::date[],
      ${all(movedOn)}::date[], ${all((p) => contactOn(p, today))}::date[], ${clocks}::jsonb[]) as r`)
  const entries = planted.flatMap((p) => [
    ...(p.issuedOn === null ? [] : [{ p, action: 'ISSUE', on: p.issuedOn, side: 'HOME_COMMITTEE', by: '盘河镇党委管理员' }]),
    ...(p.reportedOn === null ? [] : [{ p, action: 'REPORT_IN', on: p.reportedOn, side: 'HOST', by: '马晓东' }]),
    ...(p.branch === null || p.reportedOn === null ? [] : [{ p, action: 'ASSIGN', on: p.reportedOn, side: 'HOST', by: '马晓东' }]),
  ])
  await ctx.query(sql`
    insert into floating.entry (county, id, registration_id, action, on_day, side, by_name, content_hash)
    select e.county, gen_random_uuid(), e.registration_id, e.action, e.on_day, e.side, e.by_name, '' from unnest(${entries.map(({ p }) => p.person.county)}::text[],
      ${entries.map(({ p }) => p.registrationId)}::uuid[], ${entries.map(({ action }) => action)}::text[], ${entries.map(({ on }) => on)}::date[],
      ${entries.map(({ side }) => side)}::text[], ${entries.map(({ by }) => by)}::text[]) as e(county, registration_id, action, on_day, side, by_name)`)
}

const isFixed = ({ person }: Planted) => chance(3, person.memberId, 'fixed') > 0
const movedOn = ({ state, issuedOn }: Planted) => (state === 'MOVED' ? issuedOn : null)
const contactOn = ({ person, outOn }: Planted, today: string) => latest(outOn, addDays(today, -chance(230, person.memberId, 'contact')))

async function addPasses(ctx: Context, planted: readonly Planted[], host: Node): Promise<void> {
  const issued = planted.filter((p) => p.issuedOn !== null && p.issuerId !== null)
  const all = <T>(of: (p: Planted, n: number) => T) => issued.map(of)
  const number = (n: number) => `${String(Math.floor(n / 10_000)).padStart(4, '0')}-${String(n % 10_000).padStart(4, '0')}`
  await ctx.query(sql`
    insert into floating.pass (county, id, number, registration_id, member_id, issuer_id, state, issued_on, valid_until, co_signed_id, co_signed_on)
    select p.county, p.id, p.county || '-' || p.number, p.registration_id, p.member_id, p.issuer_id, 'ACTIVE', p.issued_on, p.valid_until, p.co_signed_id, p.co_signed_on
    from unnest(${all((p) => p.person.county)}::text[], ${all((p) => demoId('pass', p.person.memberId))}::uuid[], ${all((_p, n) => number(n * 7919 + 1234))}::text[],
      ${all((p) => p.registrationId)}::uuid[], ${all((p) => p.person.memberId)}::uuid[], ${all((p) => p.issuerId)}::uuid[], ${all((p) => p.issuedOn)}::date[],
      ${all((p) => passValidUntil(p.issuedOn ?? ''))}::date[], ${all((p) => (p.reportedOn === null ? null : host.id))}::uuid[], ${all((p) => p.reportedOn)}::date[])
      as p(county, id, number, registration_id, member_id, issuer_id, issued_on, valid_until, co_signed_id, co_signed_on)`)
}

/** What the branch has on record since each of them was assigned; most came. */
async function addParticipations(ctx: Context, branch: Node, planted: readonly Planted[], today: string): Promise<void> {
  const held = (await heldSegments(ctx, branch.county, [branch.id], addMonths(today, -12), today)).filter(
    ({ valid, kind }) => valid && kind !== 'COMMITTEE_MEETING',
  )
  const guests = planted.filter((p) => p.branch?.id === branch.id && p.state === 'PARTICIPATING')
  const rows = guests.flatMap((p) =>
    [...Map.groupBy(held, ({ gatheringId }) => gatheringId).values()].flatMap((segments) => {
      const [first] = segments
      if (first === undefined || first.heldOn < (p.reportedOn ?? today)) return []
      const of = chance(10, p.person.memberId, first.gatheringId)
      return [{ p, first, kinds: segments.map(({ kind }) => kind), attendance: of < 8 ? 'PRESENT' : of < 9 ? 'LEAVE' : 'ABSENT' }]
    }),
  )
  const all = <T>(of: (row: (typeof rows)[number]) => T) => rows.map(of)
  await ctx.query(sql`
    insert into floating.participation (county, id, registration_id, member_id, name, organisation_id, path, host_county, host_id, host_path, host_name,
      gathering_id, title, kinds, on_day, attendance, recorded_by)
    select r.county, gen_random_uuid(), r.registration_id, r.member_id, r.name, r.organisation_id, r.path, ${branch.county}, ${branch.id}::uuid, ${branch.path},
      ${branch.name}, r.gathering_id, r.title, string_to_array(r.kinds, ','), r.on_day, r.attendance, '赵文'
    from unnest(${all(({ p }) => p.person.county)}::text[], ${all(({ p }) => p.registrationId)}::uuid[], ${all(({ p }) => p.person.memberId)}::uuid[],
      ${all(({ p }) => p.person.name)}::text[], ${all(({ p }) => p.person.organisationId)}::uuid[], ${all(({ p }) => p.person.path)}::text[],
      ${all(({ first }) => first.gatheringId)}::uuid[], ${all(({ kinds }) => titleOf(kinds))}::text[], ${all(({ kinds }) => kinds.join(','))}::text[],
      ${all(({ first }) => first.heldOn)}::date[], ${all(({ attendance }) => attendance)}::text[])
      as r(county, registration_id, member_id, name, organisation_id, path, gathering_id, title, kinds, on_day, attendance)`)
  await ctx.query(sql`
    update floating.registration r set last_took_part_on = p.last,
      clocks = jsonb_set(r.clocks, '{FLOW-RADAR}', to_jsonb((p.last + make_interval(months => ${count('FLOW-RADAR', 'months')}))::date::text)) from (
      select county, registration_id, max(on_day) as last from floating.participation where attendance = 'PRESENT' group by 1, 2) p
    where r.county = p.county and r.id = p.registration_id`)
}

const titles: Record<string, string> = {
  THEME_DAY: '主题党日',
  PARTY_LECTURE: '党课',
  GENERAL_MEETING: '支部党员大会',
  GROUP_MEETING: '党小组会',
  ORG_LIFE_MEETING: '组织生活会',
  DEMOCRATIC_REVIEW: '民主评议党员',
}
const titleOf = (kinds: readonly string[]) => kinds.map((kind) => titles[kind] ?? kind).join('、')
