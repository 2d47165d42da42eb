/** What the calendar does by itself: whoever has something to put right is reminded before it is due. */
import { accountsOf, type Context, type Job, mayDisturb, type Notice, notify, sql } from '#platform'
import { addDays, citationOf, dayOf, rectifyRemindDays } from '#rules'

/** Items of one portion. */
const atOnce = 500

export const jobs: Job[] = [
  // 09:20 and 14:20 in Asia/Shanghai; the second time for a machine that slept through the first.
  { name: 'reviews.remindOwners', cron: '20 1,6 * * *', work: (ctx) => remindOwners(ctx) },
]

interface Due {
  id: string
  organisationId: string
  ownerId: string
  problem: string
  dueOn: string
}

/** Reminds owners of what is due soon, by day only, each of an item once at each distance. @returns `'again'` while there may be more today */
export async function remindOwners(ctx: Context, most = atOnce): Promise<void | 'again'> {
  if (!mayDisturb(ctx.now)) return
  const days = rectifyRemindDays()
  const today = dayOf(ctx.now)
  const due = await ctx.query(sql<Due>`
    update reviews.rectification set reminded_on = ${today} where (county, id) in (
      select county, id from reviews.rectification
      where state = 'OPEN' and due_on between ${today} and ${addDays(today, days[0] ?? 0)} and reminded_on is distinct from ${today} limit ${most})
    returning id, organisation_id as "organisationId", member_id as "ownerId", problem, due_on as "dueOn"`)
  const accounts = await accountsOf(
    ctx,
    due.map(({ ownerId }) => ownerId),
  )
  await notify(
    ctx,
    due.flatMap((item): Notice[] => {
      const accountId = accounts.get(item.ownerId)
      const distance = days.findLast((n) => item.dueOn <= addDays(today, n))
      return accountId === undefined || distance === undefined ? [] : [notice(accountId, item, distance)]
    }),
  )
  if (due.length === most) return 'again'
}

const notice = (accountId: string, item: Due, distance: number): Notice => ({
  accountId,
  kind: 'reviews.rectification',
  title: { zh: `整改事项${item.dueOn}到期：${item.problem}`, en: `To be put right by ${item.dueOn}: ${item.problem}` },
  body: { zh: '办好后点“报办结”，由另一个人核实。', en: 'Report it when it is done; another person verifies it.' },
  because: {
    zh: `您是这一项的责任人，到期前${distance}天提醒一次。依据：${citationOf('LIFE-RECTIFY')}`,
    en: `You are to put this right; reminded once ${distance} days before it is due.`,
  },
  href: '/reviews',
  once: `reviews.rectification:${item.id}:${item.dueOn}:${distance}`,
})
