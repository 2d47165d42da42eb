/** What the calendar does by itself: duties become urgent and are missed, and the branch is reminded in time. */
import { type Role, roleNames } from '#contract/roles'
import { findNode } from '#organisations'
import { addJob, type Context, holdersOf, type Job, mayDisturb, type Notice, notify, sql } from '#platform'
import { addDays, citationOf, dayOf, findRule, rule } from '#rules'
import { atOnce, recompute } from './recompute.ts'

export const jobs: Job[] = [
  // Two minutes past every hour, in Asia/Shanghai the first time two minutes after midnight; a machine that slept through it catches up.
  { name: 'duties.turnTheDay', cron: '2 * * * *', work: turnTheDay },
  // 09:10 and 14:10 in Asia/Shanghai; the second time tells only who could not be told the first.
  { name: 'duties.remind', cron: '10 1,6 * * *', work: (ctx, { after }) => remind(ctx, typeof after === 'string' ? after : '') },
]

/** Computes again the organisations whose day has come, some in each transaction, until none is left. */
export async function turnTheDay(ctx: Context): Promise<void> {
  const due = await ctx.query(sql<{ id: string }>`
    select organisation_id as id from duties.outlook where look_again_on <= ${dayOf(ctx.now)} order by look_again_on, path limit ${atOnce}`)
  await recompute(
    ctx,
    due.map(({ id }) => id),
  )
  if (due.length === atOnce) await addJob(ctx, 'duties.turnTheDay', {}, 'duties.turnTheDay')
}

interface Ending {
  organisationId: string
  path: string
  ruleId: string
  period: string
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
 * Reminds the branches of what ends soon, by day only, each of an item once at each distance. Branches are taken in the order of their
 * paths, some in each transaction. @param after the path of the last branch of the part before
 */
export async function remind(ctx: Context, after = ''): Promise<void> {
  if (!mayDisturb(ctx.now)) return
  const { daysBefore, roles } = reminding()
  const today = dayOf(ctx.now)
  const endings = await ctx.query(sql<Ending>`
    select organisation_id as "organisationId", path, rule_id as "ruleId", period, period_end as "periodEnd", why from duties.duty
    where state in ('UPCOMING', 'DUE_SOON') and period <> '-' and period_end between ${today} and ${addDays(today, daysBefore[0] ?? 0)}
      and path in (select path from duties.duty where state in ('UPCOMING', 'DUE_SOON') and period <> '-'
        and period_end between ${today} and ${addDays(today, daysBefore[0] ?? 0)} and path > ${after} group by path order by path limit ${atOnce})
    order by path, period_end, rule_id`)
  const branches = Map.groupBy(endings, ({ organisationId }) => organisationId)
  const notices = await Promise.all(
    [...branches].map(async ([organisationId, items]) => {
      const [node, told] = await Promise.all([findNode(ctx, organisationId), holdersOf(ctx, organisationId, roles)])
      const distances = items.map((item) => ({ item, days: daysBefore.findLast((n) => item.periodEnd <= addDays(today, n)) ?? 0 }))
      return told.flatMap((accountId) => distances.map(({ item, days }) => notice(accountId, node?.name ?? '', item, days)))
    }),
  )
  await notify(ctx, notices.flat())
  const last = endings.at(-1)
  if (branches.size === atOnce && last !== undefined) await addJob(ctx, 'duties.remind', { after: last.path }, 'duties.remind')
}

function notice(accountId: string, branch: string, item: Ending, days: number): Notice {
  const name = findRule(item.ruleId)?.name_zh ?? item.ruleId
  return {
    accountId,
    kind: 'duties.reminder',
    title: { zh: `${item.periodEnd}前：${name}`, en: `By ${item.periodEnd}: ${item.why.en}` },
    body: item.why,
    because: {
      zh: `您是${branch}的书记或记录人，期末前${days}天提醒一次。依据：${citationOf(item.ruleId)}`,
      en: `You are secretary or recorder of ${branch}; reminded once ${days} days before the end.`,
    },
    href: '/',
    once: `duties.reminder:${item.organisationId}:${item.ruleId}:${item.period}:${days}`,
  }
}
