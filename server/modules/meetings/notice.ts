/** Telling those on the roster: time, place and agenda, once; and again whenever what they were told is no longer so. */
import { accountsOf, type Context, type Node, notify, type Sentence, sql } from '#platform'
import { type Roster, rosterRows, type Stored, stored, type Told } from './read.ts'

const sameMoment = (one: string | null, other: string | null) =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other))

const moved = (told: Told, { plannedStart, plannedEnd }: Stored) =>
  !sameMoment(told.start, plannedStart) || !sameMoment(told.end, plannedEnd)

/** What the notice is about, or undefined when everything is still as it was told. */
function news(told: Told | null, gathering: Stored): Sentence | undefined {
  if (told === null) return { zh: '会议通知', en: 'Notice' }
  if (moved(told, gathering)) return { zh: '改期通知', en: 'New time' }
  if (told.place !== gathering.place || told.mode !== gathering.mode) return { zh: '地点变更', en: 'New place' }
  return undefined
}

/** Tells everybody on the roster. Whoever knows already what there is to know is not told again, newcomers are. */
export async function tellRoster(ctx: Context, organisation: Node, id: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id)
  const { told, plannedStart: start, plannedEnd: end, place, mode } = gathering
  const what = news(told, gathering)
  const times = (told?.times ?? 0) + (what === undefined ? 0 : 1)
  const now: Told = { start, end, place, mode, times }
  if (what !== undefined) {
    await ctx.query(sql`
      update meetings.gathering set told = ${JSON.stringify(now)}::jsonb where county = ${organisation.county} and id = ${id}`)
  }
  const again: Sentence = times === 1 ? { zh: '会议通知', en: 'Notice' } : { zh: '改期通知', en: 'New time' }
  await send(ctx, organisation, gathering, what ?? again, `${times}`)
}

/** Those who were told of the old time and place are told of the new ones; nobody when nobody was told. */
export async function tellChange(ctx: Context, organisation: Node, id: string): Promise<void> {
  if ((await stored(ctx, organisation, id)).told !== null) await tellRoster(ctx, organisation, id)
}

/** Tells everybody who was told of it that it does not take place. */
export const tellCancelled = (ctx: Context, organisation: Node, gathering: Stored): Promise<void> =>
  send(ctx, organisation, gathering, { zh: '活动取消', en: 'Cancelled' }, 'cancelled')

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const timeEn = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** Time, place and what will be talked about. */
function bodyOf({ plannedStart, place, agenda }: Stored): Sentence {
  const start = new Date(plannedStart)
  const items = agenda.map(({ title }, n) => `${n + 1}. ${title}`)
  return {
    zh: `${time.format(start)}，${place === '' ? '地点另行通知' : place}${items.length === 0 ? '' : `。议题：${items.join('；')}`}`,
    en: `${timeEn.format(start)}, ${place === '' ? 'place to be announced' : place}${items.length === 0 ? '' : `. Agenda: ${items.join('; ')}`}`,
  }
}

/** Why this person is told. */
function because({ name }: Node, { capacity, state }: Roster[number]): Sentence {
  if (capacity === 'OBSERVER') return { zh: `${name}请您列席这次活动。`, en: `${name} invites you to sit in.` }
  if (capacity === 'LEADER') {
    return { zh: `${name}请您以普通党员身份参加（双重组织生活）。`, en: `${name} invites you to take part as an ordinary member.` }
  }
  if (state === 'EXCUSED_LONG_TERM') {
    return {
      zh: '您今年长期免到，不必请假；愿意来，随时欢迎。',
      en: 'You are exempted this year and need not ask for leave; you are welcome all the same.',
    }
  }
  return { zh: `您是${name}的党员，在这次活动的应到名单上。`, en: `You belong to ${name} and are expected at this gathering.` }
}

async function send(ctx: Context, organisation: Node, gathering: Stored, what: Sentence, once: string): Promise<void> {
  const roster = await rosterRows(ctx, organisation.county, gathering.id)
  const accounts = await accountsOf(
    ctx,
    roster.map((row) => row.memberId),
  )
  const body = bodyOf(gathering)
  await notify(
    ctx,
    roster.flatMap((row) => {
      const accountId = accounts.get(row.memberId)
      if (accountId === undefined) return []
      return [
        {
          accountId,
          kind: 'meetings.notice',
          title: { zh: `${what.zh}：${gathering.title}`, en: `${what.en}: ${gathering.title}` },
          body,
          because: because(organisation, row),
          href: `/meetings/${organisation.id}/${gathering.id}`,
          once: `meetings.notice:${gathering.id}:${once}`,
        },
      ]
    }),
  )
}
