/** 集中返乡: the weeks around the Spring Festival, in which the home branch meets its people who work away. */
import type { z } from 'zod'
import type * as contract from '#contract/participations'
import { type Context, type Node, Scope, sql } from '#platform'
import { addDays, cite, dayOf, homeSeason, springFestival } from '#rules'
import { creditsBetween } from './ledger.ts'
import { listOf } from './participations.ts'
import { select, isOver } from './rows.ts'

type Homecoming = z.output<typeof contract.getHomecoming.returns>

const most = 200

/** The season that runs or comes next. */
function nextSeason(today: string) {
  const year = Number(today.slice(0, 4))
  const festival = [year, year + 1].map(springFestival).find((day) => homeSeason(day).until >= today) ?? springFestival(year + 1)
  return { festival, ...homeSeason(festival) }
}

export async function homecoming(ctx: Context, node: Node): Promise<Homecoming> {
  const today = dayOf(ctx.now)
  const { festival, from, until } = nextSeason(today)
  const rows = await select(
    ctx,
    sql`${new Scope(node.path).covers(sql`r.path`)} and not ${isOver}`,
    sql`order by r.expected_back_on nulls last, r.name collate "C", r.id limit ${most}`,
  )
  const year = Number(festival.slice(0, 4))
  const people = []
  for (const row of rows) {
    const credits = await creditsBetween(ctx, row, await listOf(ctx, row.county, row.memberId, year), `${year}-01-01`, until)
    people.push({
      registrationId: row.id,
      name: row.name,
      destination: { areaCode: row.areaCode, place: row.place, unit: row.unit, fixed: row.fixed },
      expectedBackOn: row.expectedBackOn,
      open: credits.filter(({ credit }) => credit === 'OPEN').length,
    })
  }
  const { zh, en } = cite('FLOW-HOME-SEASON')
  return {
    from,
    until,
    sentence: {
      zh: `${from}至${until}是集中返乡的日子，${rows.length}名外出党员可能回来：见一面，一起过组织生活。${zh}`,
      en: `From ${from} to ${until} people come home; ${rows.length} members who are away may be among them. ${en}`,
    },
    people,
    proposals: rows.length === 0 ? [] : proposalsFor(festival),
  }
}

/** Once before the festival for training, once after it for the life of the branch; days that are no holiday. */
const proposalsFor = (festival: string): Homecoming['proposals'] => [
  {
    kind: 'PARTY_LECTURE',
    title: { zh: '返乡流动党员党课', en: 'Lecture for members come home' },
    day: addDays(festival, -4),
  },
  {
    kind: 'THEME_DAY',
    title: { zh: '返乡流动党员主题党日', en: 'Theme day with members come home' },
    day: addDays(festival, 9),
  },
  {
    kind: 'ORG_LIFE_MEETING',
    title: { zh: '流动党员座谈和组织生活会', en: 'Meeting of organisational life' },
    day: addDays(festival, 11),
  },
]
