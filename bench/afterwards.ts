/** After the kills: is everything that was acknowledged there once, and nothing by halves? Each question counts what is wrong. */
import { findDrift } from '#overview'
import {
  catchUp,
  chainAudit,
  type Context,
  openPool,
  type Pool,
  type Projection,
  rebuild,
  type Secrets,
  sql,
  transact,
  verifyAudit,
} from '#platform'
import type { Journal } from './journal.ts'

export interface Finding {
  question: string
  looked: number
  wrong: number
}

export async function lookAfterwards(
  url: string,
  journal: Journal,
  projections: readonly Projection[],
  secrets: Secrets,
): Promise<Finding[]> {
  const pool = openPool(url, 'owner', 4, 600_000)
  try {
    await catchUp(pool, projections)
    const read = <T>(work: (ctx: Context) => Promise<T>) => transact(pool, work, { reads: true })
    return [
      { question: 'answers that were a fault of ours', looked: journal.acknowledged, wrong: journal.wrong.length },
      ...(await read((ctx) => signIns(ctx, journal))),
      ...(await read((ctx) => members(ctx, journal))),
      ...(await read((ctx) => gatherings(ctx, journal))),
      await read(everyEventAudited),
      await read(rollups),
      await duties(pool, projections),
      await audit(pool, secrets),
    ]
  } finally {
    await pool.end()
  }
}

const count = (ctx: Context, question: string, query: ReturnType<typeof sql<{ looked: number; wrong: number }>>): Promise<Finding> =>
  ctx.get(query).then((row) => ({ question, ...row }))

async function signIns(ctx: Context, { signIns: told }: Journal): Promise<Finding[]> {
  const pairs = [...told].map((pair) => pair.split(' '))
  const acknowledged = sql`(select * from unnest(${pairs.map(([member]) => member)}::uuid[], ${pairs.map(([, gathering]) => gathering)}::uuid[]) as t(member_id, gathering_id))`
  const events = sql`(select subject_id as member_id, (data ->> 'gatheringId')::uuid as gathering_id, count(*) as n from platform.event
    where type = 'meetings.attendance.signedIn' group by 1, 2)`
  return [
    await count(
      ctx,
      'acknowledged sign-ins that are not on record',
      sql`
      select count(*)::int as looked, (count(*) filter (where a.state is distinct from 'PRESENT_ONLINE'))::int as wrong
      from ${acknowledged} t left join meetings.attendance a on a.member_id = t.member_id and a.gathering_id = t.gathering_id`,
    ),
    await count(
      ctx,
      'sign-ins on record without exactly one event',
      sql`
      select count(*)::int as looked, (count(*) filter (where a.member_id is null or e.n is distinct from 1))::int as wrong
      from (select * from meetings.attendance where confirmed_by = 'SELF') a full join ${events} e on e.member_id = a.member_id and e.gathering_id = a.gathering_id`,
    ),
  ]
}

async function members(ctx: Context, { members: told }: Journal): Promise<Finding[]> {
  const once = (table: string, column: string, more = sql`true`) =>
    sql`(select count(*) from ${sql.table(table)} x where x.${sql.ref(column)} = m.id and ${more}) = 1`
  return [
    await count(
      ctx,
      'acknowledged members that are not on record',
      sql`
      select count(*)::int as looked, (count(*) filter (where m.name is distinct from t.name))::int as wrong
      from unnest(${[...told.keys()]}::uuid[], ${[...told.values()]}::text[]) as t(id, name) left join members.member m on m.id = t.id`,
    ),
    await count(
      ctx,
      'members without exactly one affiliation, event and audit row',
      sql`
      select count(*)::int as looked, (count(*) filter (where not (${once('members.affiliation', 'member_id')}
        and ${once('platform.event', 'subject_id', sql`x.type = 'members.member.registered'`)}
        and ${once('platform.audit', 'subject_id', sql`x.operation = 'members.putMember'`)})))::int as wrong
      from members.member m where m.content_hash <> '\\x00'`,
    ),
    await count(
      ctx,
      'branches whose tally is not the number of their members',
      sql`
      select count(*)::int as looked, (count(*) filter (where t.all_members <> (select count(*) from members.member m
        where m.county = t.county and m.organisation_id = t.organisation_id)))::int as wrong from members.tally t`,
    ),
  ]
}

const order = ['PLANNED', 'IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED']

async function gatherings(ctx: Context, { gatherings: told }: Journal): Promise<Finding[]> {
  const steps = sql`(select subject_id, count(*) filter (where type like '%.planned') as planned, count(*) filter (where type like '%.started') as started,
      count(*) filter (where type like '%.recorded') as recorded, count(*) filter (where type like '%.confirmed') as confirmed
    from platform.event where type like 'meetings.gathering.%' group by 1)`
  const place = sql`array_position(${order}::text[], g.state)`
  return [
    await count(
      ctx,
      'acknowledged steps of a gathering that are not on record',
      sql`
      select count(*)::int as looked, (count(*) filter (where g.id is null or ${place} < array_position(${order}::text[], t.state)))::int as wrong
      from unnest(${[...told.keys()]}::uuid[], ${[...told.values()]}::text[]) as t(id, state) left join meetings.gathering g on g.id = t.id`,
    ),
    await count(
      ctx,
      'gatherings whose steps are not each one event',
      sql`
      select count(*)::int as looked, (count(*) filter (where (e.planned, e.started, e.recorded, e.confirmed) is distinct from
        (1::bigint, (${place} >= 2)::int::bigint, (${place} >= 3)::int::bigint, (${place} >= 4)::int::bigint)
        or (select count(*) from meetings.segment s where s.gathering_id = g.id) <> 1))::int as wrong
      from meetings.gathering g left join ${steps} e on e.subject_id = g.id where g.mode = 'ONSITE' and g.state <> 'ARCHIVED'`,
    ),
  ]
}

/** Row, event and audit are one transaction: as many of one kind as of the other. */
const everyEventAudited = (ctx: Context) =>
  count(
    ctx,
    'subjects with events and audit rows in different numbers',
    sql`
    select count(*)::int as looked, (count(*) filter (where e.n is distinct from a.n))::int as wrong
    from (select subject_id, count(*) as n from platform.event where type !~ '^duties' group by 1) e
    full join (select subject_id, count(*) as n from platform.audit where operation !~ '\\.(get|list)' group by 1) a using (subject_id)`,
  )

async function rollups(ctx: Context): Promise<Finding> {
  const { looked } = await ctx.get(sql<{ looked: number }>`select count(*)::int as looked from overview.rollup`)
  const drift = await findDrift(ctx)
  return { question: 'rollups that are not what the records say', looked, wrong: drift?.length ?? looked }
}

/** Computes everything again from the records and compares with what the events had made of it. */
async function duties(pool: Pool, projections: readonly Projection[]): Promise<Finding> {
  const keep = sql`select county, organisation_id, rule_id, period, state, required, done, gathering_ids from duties.duty`
  await transact(pool, (ctx) => ctx.query(sql`create table bench.duty_before as ${keep}`))
  for (const projection of projections.filter(({ name }) => name.startsWith('duties.'))) await rebuild(pool, projection)
  return transact(pool, (ctx) =>
    count(
      ctx,
      'duties that are not what computing them again gives',
      sql`
      select (select count(*)::int from duties.duty) as looked,
        (select count(*)::int from ((table bench.duty_before except ${keep}) union all (${keep} except table bench.duty_before)) d) as wrong`,
    ),
  )
}

async function audit(pool: Pool, secrets: Secrets): Promise<Finding> {
  for (let more = true; more;) more = (await transact(pool, (ctx) => chainAudit(ctx, secrets))).more
  const { checked, findings } = await transact(pool, (ctx) => verifyAudit(ctx, secrets.signers), { reads: true })
  return { question: 'places where the audit chain does not hold', looked: checked, wrong: findings.length }
}
