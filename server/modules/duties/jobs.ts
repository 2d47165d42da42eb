/** What the calendar does by itself: duties become urgent and are missed, and the branch is reminded in time. */
import { type Role, roleNames } from '#contract/roles'
import { type PlannedGathering, plannedGatherings } from '#meetings'
import { findNode } from '#organisations'
import { type Context, holdersOf, type Job, mayDisturb, type Node, type Notice, notify, sql } from '#platform'
import { activityOf, addDays, cheapestWay, citationOf, dayOf, kindFor, rule, type Way, wayInWords } from '#rules'
import { atOnce, recompute } from './recompute.ts'

export const jobs: Job[] = [
  // Two minutes past every hour, in Asia/Shanghai the first time two minutes after midnight; a machine that slept through it catches up.
  { name: 'duties.turnTheDay', cron: '2 * * * *', work: turnTheDay },
  // 09:10 and 14:10 in Asia/Shanghai; the second time for a machine that slept through the first.
  { name: 'duties.remind', cron: '10 1,6 * * *', work: (ctx) => remind(ctx) },
]

/** Computes again some of the organisations whose day has come. @returns `'again'` while there may be more */
export async function turnTheDay(ctx: Context): Promise<void | 'again'> {
  const due = await ctx.query(sql<{ id: string }>`
    select organisation_id as id from duties.outlook where look_again_on <= ${dayOf(ctx.now)} order by look_again_on, path limit ${atOnce}`)
  await recompute(
    ctx,
    due.map(({ id }) => id),
  )
  if (due.length === atOnce) return 'again'
}

interface Ending {
  county: string
  organisationId: string
  ruleId: string
  period: string
  periodStart: string
  periodEnd: string
  why: Notice['body']
}

/** Whom to remind, and how many days before the end, the longest first. Source: DUTY-REMIND, which a province may change. */
function reminding(): { daysBefore: number[]; roles: Role[] } {
  const { daysBefore, roles } = rule('DUTY-REMIND').params
  const days = Array.isArray(daysBefore) ? daysBefore.filter((n): n is number => typeof n === 'number') : []
  const named: readonly unknown[] = Array.isArray(roles) ? roles : []
  return { daysBefore: days.sort((a, b) => b - a), roles: roleNames.filter((role) => named.includes(role)) }
}

/**
 * Reminds some branches of what ends soon, by day only, each of an item once at each distance.
 * @param most branches of one portion @returns `'again'` while there may be more today
 */
export async function remind(ctx: Context, most = atOnce): Promise<void | 'again'> {
  if (!mayDisturb(ctx.now)) return
  const { daysBefore, roles } = reminding()
  const today = dayOf(ctx.now)
  const endsSoon = sql`d.state in ('UPCOMING', 'DUE_SOON') and d.period <> '-' and d.period_end between ${today} and ${addDays(today, daysBefore[0] ?? 0)}`
  const branches = await ctx.query(sql<{ id: string }>`
    update duties.outlook set reminded_on = ${today} where (county, organisation_id) in (
      select distinct d.county, d.organisation_id from duties.duty d join duties.outlook o on o.county = d.county and o.organisation_id = d.organisation_id
      where ${endsSoon} and o.reminded_on is distinct from ${today} limit ${most})
    returning organisation_id as id`)
  const endings = await ctx.query(sql<Ending>`
    select d.county, d.organisation_id as "organisationId", d.rule_id as "ruleId", d.period, d.period_start as "periodStart",
      d.period_end as "periodEnd", d.why from duties.duty d
    where ${endsSoon} and d.organisation_id = any(${branches.map(({ id }) => id)}::uuid[])`)
  const items = Map.groupBy(endings, ({ organisationId }) => organisationId)
  const planned = Map.groupBy(await plannedFor(ctx, endings), ({ organisationId }) => organisationId)
  const notices = await Promise.all(
    branches.map(async ({ id }) => {
      const [node, told] = await Promise.all([findNode(ctx, id), holdersOf(ctx, id, roles)])
      const reminders = (items.get(id) ?? []).map((item) => {
        const days = daysBefore.findLast((n) => item.periodEnd <= addDays(today, n)) ?? 0
        return reminder(node, item, days, cheapestWay({ ...item, kind: kindFor(item.ruleId) ?? '' }, planned.get(id) ?? [], today))
      })
      return told.flatMap((accountId) => reminders.map((each) => ({ accountId, ...each })))
    }),
  )
  await notify(ctx, notices.flat())
  if (branches.length === most) return 'again'
}

/** What these branches have planned in the periods that end. */
async function plannedFor(ctx: Context, endings: readonly Ending[]): Promise<PlannedGathering[]> {
  const [first] = endings
  if (first === undefined) return []
  const from = endings.reduce((start, { periodStart }) => (periodStart < start ? periodStart : start), first.periodStart)
  const until = endings.reduce((end, { periodEnd }) => (periodEnd > end ? periodEnd : end), first.periodEnd)
  const [counties, ids] = [endings.map(({ county }) => county), endings.map(({ organisationId }) => organisationId)]
  return plannedGatherings(ctx, [...new Set(counties)], [...new Set(ids)], from, until)
}

/** Where the cheapest way is gone: the gathering itself, its plan with the kind added, or a new plan for the day. */
function addressOf(organisationId: string, kind: string, way: Way<PlannedGathering>): string {
  if (way.how === 'PLAN') return `/meetings/plan?kind=${kind}&day=${way.day}`
  const gathering = `/meetings/${organisationId}/${way.gathering.id}`
  return way.how === 'TOGETHER' ? `${gathering}/edit?kind=${kind}` : gathering
}

function reminder(branch: Node | undefined, item: Ending, days: number, way: Way<PlannedGathering>): Omit<Notice, 'accountId'> {
  const activity = activityOf(item.ruleId)
  const cheapest = wayInWords(way, activity)
  const name = branch?.name ?? ''
  return {
    kind: 'duties.reminder',
    title: { zh: `请在${item.periodEnd}前${activity.zh}`, en: `By ${item.periodEnd}: ${activity.en}` },
    body: { zh: `${cheapest.zh}${item.why.zh}`, en: `${cheapest.en} ${item.why.en}` },
    because: {
      zh: `您是${name}的书记或记录人，期末前${days}天提醒一次。依据：${citationOf(item.ruleId)}`,
      en: `You are secretary or recorder of ${name}; reminded once, ${days} ${days === 1 ? 'day' : 'days'} before the end.`,
    },
    href: addressOf(item.organisationId, kindFor(item.ruleId) ?? '', way),
    once: `duties.reminder:${item.organisationId}:${item.ruleId}:${item.period}:${days}`,
  }
}
