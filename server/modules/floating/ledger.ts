/** 流动党员年度台账: the same for the member, home and host, computed from what is on record. */
import type { z } from 'zod'
import type * as contract from '#contract/participations'
import { listDuties } from '#duties'
import { findNode, namesOf } from '#organisations'
import { type Context, DomainError, sql } from '#platform'
import { cite, creditOf, dayOf, type TookPart } from '#rules'
import { listOf, type Participation } from './participations.ts'
import { happened, type Stored } from './rows.ts'

type Ledger = z.output<typeof contract.YearLedger>
type Credit = z.output<typeof contract.Credit>

/** Kinds every member takes part in; a committee meets by itself. */
const ofMembers = ['GENERAL_MEETING', 'GROUP_MEETING', 'PARTY_LECTURE', 'THEME_DAY', 'ORG_LIFE_MEETING', 'DEMOCRATIC_REVIEW']

/** How the member stands to the duties of the home branch whose period touches these days. */
export async function creditsBetween(
  ctx: Context,
  { county, id, homeId }: Stored,
  participations: readonly Participation[],
  from: string,
  until: string,
): Promise<Credit[]> {
  const home = await findNode(ctx, homeId)
  if (home === undefined) return []
  const [duties, atHome] = await Promise.all([
    listDuties(ctx, home, { reach: 'own', from, until, limit: 200 }),
    ctx.query(sql<{ on: string; kinds: string[]; state: string }>`
      select on_day as on, kinds, state from floating.home_parts(${county}, ${id}, ${`${from.slice(0, 4)}-01-01`}, ${`${until.slice(0, 4)}-12-31`})`),
  ])
  const parts: TookPart[] = [
    ...participations.map(({ on, kinds, attendance, hostName }): TookPart => ({ on, kinds, attendance, where: 'HOST', place: hostName })),
    ...atHome.map(({ on, kinds, state }): TookPart => ({
      on,
      kinds,
      where: 'HOME',
      place: home.name,
      attendance: state.startsWith('PRESENT') ? 'PRESENT' : state === 'LEAVE' ? 'LEAVE' : 'ABSENT',
    })),
  ]
  const today = dayOf(ctx.now)
  return duties.items.flatMap(({ ruleId, ruleName, kind, period, periodStart, periodEnd, state }) => {
    if (kind === null || !ofMembers.includes(kind) || state === 'NOT_APPLICABLE' || state === 'EXEMPT') return []
    const duty = { ruleId, ruleName, kind, period, periodStart, periodEnd }
    const { credit, sentence } = creditOf(duty, parts, today)
    return [{ ...duty, credit, sentence }]
  })
}

export async function ledgerOf(ctx: Context, stored: Stored, year: number): Promise<Ledger> {
  const { county, id, memberId, name, homeId, hostId, branchId } = stored
  const [participations, opinion, reports, names] = await Promise.all([
    listOf(ctx, county, memberId, year),
    ctx.find(sql<NonNullable<Ledger['opinion']>>`
      select year, text, host_name as "hostName", by_name as "byName", at from floating.opinion
      where county = ${county} and registration_id = ${id} and year = ${year}`),
    ctx.query(sql<{ on: string; text: string }>`
      select on_day as on, note as text from floating.entry where county = ${county} and registration_id = ${id} and action = 'REPORT_BACK'
        and on_day between ${`${year}-01-01`} and ${`${year}-12-31`} order by on_day, at`),
    namesOf(
      ctx,
      [homeId, hostId, branchId].filter((each) => each !== null),
    ),
  ])
  const credits = await creditsBetween(ctx, stored, participations, `${year}-01-01`, `${year}-12-31`)
  const hostName = names.get(branchId ?? hostId ?? '') ?? ''
  const dues = cite('FLOW-DUES')
  return {
    year,
    memberId,
    name,
    homeName: names.get(homeId) ?? '',
    hostName,
    participations,
    credits,
    opinion: opinion ?? null,
    reports,
    draft: draftOf({ year, hostName, stored, participations, credits }),
    dues: {
      zh: `党费交给组织关系所在支部，按月交，确有困难的可以按季度交。${dues.zh}`,
      en: `Dues are paid to the home branch, by the month or, in hardship, by the quarter. ${dues.en}`,
    },
  }
}

/** The yearly report with what is on record filled in, to go on writing from. */
function draftOf({
  year,
  hostName,
  stored,
  participations,
  credits,
}: {
  year: number
  hostName: string
  stored: Stored
  participations: readonly Participation[]
  credits: readonly Credit[]
}): string {
  const present = participations.filter(({ attendance }) => attendance === 'PRESENT')
  const met = credits.filter(({ credit }) => credit === 'MET_AT_HOME' || credit === 'MET_AT_HOST').length
  return [
    `${year}年情况汇报：`,
    `我${stored.outOn}外出${stored.unit === '' ? '' : `，在${stored.unit}`}${stored.place === '' ? '' : `（${stored.place}）`}。`,
    hostName === '' ? '' : `在${hostName}参加组织生活。`,
    present.length === 0
      ? '今年还没有在流入地参加活动的记录。'
      : `今年在流入地参加活动${present.length}次：${present
          .toReversed()
          .map(({ on, title }) => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日${title}`)
          .join('、')}。`,
    met === 0 ? '' : `支部安排的组织生活完成${met}项。`,
    '近况和打算：',
  ].join('')
}

/** The host's opinion, once a year; written again it is replaced until the year has passed. @throws DomainError NOT_YOURS for anybody but the host */
export async function putOpinion(ctx: Context, stored: Stored, isHost: boolean, year: number, text: string): Promise<void> {
  if (!isHost || stored.hostId === null) {
    throw new DomainError('NOT_YOURS', {
      status: 403,
      sentence: { zh: '评议意见由流入地党组织填写，通报流出地。', en: 'The opinion is written by the host, for the home branch.' },
    })
  }
  if (year > Number(dayOf(ctx.now).slice(0, 4))) {
    throw new DomainError('INVALID', { fields: [{ path: 'params.year', message: '这一年还没有到 / that year has not come yet' }] })
  }
  const names = await namesOf(ctx, [stored.branchId ?? stored.hostId])
  await ctx.query(sql`
    insert into floating.opinion (county, registration_id, year, text, host_name, by_name)
    values (${stored.county}, ${stored.id}, ${year}, ${text}, ${names.get(stored.branchId ?? stored.hostId) ?? ''}, ${ctx.account.name})
    on conflict (county, registration_id, year) do update set text = excluded.text, host_name = excluded.host_name, by_name = excluded.by_name, at = now()
      where floating.opinion.text <> excluded.text`)
  happened(ctx, stored, 'opinionPut', { year })
}
