/** What the calendar does by itself: people are reminded of clocks that have run out, clocks turn with the year, old door checks are erased. */
import { accountsOf, type Context, holdersOf, type Job, mayDisturb, notify, type Notice, sql } from '#platform'
import { citationOf, count, dayOf } from '#rules'
import { clocksOf, keepClocks, select, type Stored, isOver } from './rows.ts'

export const jobs: Job[] = [
  // 09:20 and 14:20 in Asia/Shanghai; the second time for a machine that slept through the first.
  { name: 'floating.remind', cron: '20 1,6 * * *', work: (ctx) => remind(ctx) },
  { name: 'floating.forget', cron: '40 18 * * *', work: forget },
]

/** Registrations looked at in one portion. */
const atOnce = 250

/** Whom each clock speaks to besides the contact person; none speaks to anybody above. */
const tells: Record<string, { member: boolean; host: boolean }> = {
  'FLOW-ARRIVE': { member: true, host: false },
  'FLOW-CONTACT': { member: false, host: false },
  'FLOW-REPORT': { member: true, host: false },
  'FLOW-TRANSFER': { member: true, host: true },
  'FLOW-PASS-VALID': { member: true, host: false },
  'FLOW-RADAR': { member: false, host: true },
}

/**
 * Tells people once of each clock that has run out, by day only: the member, who keeps contact, and the host where it concerns them.
 * @returns `'again'` while there may be more
 */
export async function remind(ctx: Context, most = atOnce): Promise<void | 'again'> {
  if (!mayDisturb(ctx.now)) return
  const today = dayOf(ctx.now)
  const rows = await select(
    ctx,
    sql`not ${isOver} and r.reminded_on is distinct from ${today}
      and (exists (select from jsonb_each_text(r.clocks) c where c.value < ${today}) or left(r.clocked_on::text, 4) <> ${today.slice(0, 4)})`,
    sql`order by r.county, r.id limit ${most}`,
  )
  for (const stored of rows) {
    await keepClocks(ctx, stored)
    await notify(ctx, await noticesFor(ctx, stored, today))
    await ctx.query(sql`update floating.registration set reminded_on = ${today} where county = ${stored.county} and id = ${stored.id}`)
  }
  if (rows.length === most) return 'again'
}

async function noticesFor(ctx: Context, stored: Stored, today: string): Promise<Notice[]> {
  const late = clocksOf(stored, today).filter(({ ruleId, late: out }) => out && tells[ruleId] !== undefined)
  if (late.length === 0) return []
  const { memberId, contactId, homeId, branchId, hostId, name, id } = stored
  const accounts = await accountsOf(ctx, [memberId, ...(contactId === null ? [] : [contactId])])
  const contact = contactId === null ? undefined : accounts.get(contactId)
  const home = contact === undefined ? await holdersOf(ctx, homeId, ['BRANCH_SECRETARY']) : [contact]
  const host = hostId === null ? [] : await holdersOf(ctx, branchId ?? hostId, ['BRANCH_SECRETARY', 'COMMITTEE_ADMIN'])
  return late.flatMap(({ ruleId, sentence, dueOn }) => {
    const to = tells[ruleId]
    const member = to?.member === true ? accounts.get(memberId) : undefined
    const others = [...home, ...(to?.host === true ? host : [])].filter((accountId) => accountId !== member)
    const notice = (accountId: string, own: boolean): Notice => ({
      accountId,
      kind: 'floating.clock',
      title: own
        ? { zh: '外出登记有一件事到时候了', en: 'Something about your registration is due' }
        : { zh: `${name}：有一件事到时候了`, en: `${name}: something is due` },
      body: sentence,
      because: own
        ? { zh: `您登记了外出。依据：${citationOf(ruleId)}`, en: `You are registered out. ${citationOf(ruleId)}` }
        : { zh: `您是联系人或所在党组织的负责人。依据：${citationOf(ruleId)}`, en: `You keep contact with them. ${citationOf(ruleId)}` },
      href: own ? '/floating' : `/console/floating?side=OUT&id=${id}`,
      once: `floating.clock:${id}:${ruleId}:${dueOn}`,
    })
    return [...(member === undefined ? [] : [notice(member, true)]), ...others.map((accountId) => notice(accountId, false))]
  })
}

/** Passes whose last day has gone are over, and what was shown at doors is erased after the time of the rule (FLOW-DOOR). */
export async function forget(ctx: Context): Promise<void> {
  const today = dayOf(ctx.now)
  await ctx.query(sql`update floating.pass set state = 'EXPIRED' where state in ('ACTIVE', 'SUSPENDED') and valid_until < ${today}`)
  await ctx.query(sql`
    delete from floating.door_check where received_at < ${ctx.now}::timestamptz - make_interval(days => ${count('FLOW-DOOR', 'keepDays')})`)
}
