/** The demo: the fixed days of 隔界村, the market of 金水河, and kits of the town for this month and the next. */
import type { z } from 'zod'
import type { KitInput, SeriesInput } from '#contract/plans'
import { demoId, findNode } from '#organisations'
import { type Context, hashOf, type Node, sql } from '#platform'
import { addMonths, dayOf } from '#rules'

const village = demoId('branch', '隔界村')
const borderTown = demoId('committee', '532530102000')
const everyMonth = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

type Series = z.output<typeof SeriesInput>
type Kit = z.output<typeof KitInput>

export async function seed(ctx: Context): Promise<void> {
  const [branch, town] = await Promise.all([findNode(ctx, village), findNode(ctx, borderTown)])
  if (branch === undefined || town === undefined) return
  const today = dayOf(ctx.now)
  const year = today.slice(0, 4)
  await addSeries(ctx, branch, 'theme', {
    title: '固定党日',
    kinds: ['THEME_DAY'],
    groupId: null,
    months: everyMonth,
    on: { by: 'DATE', day: 5 },
    start: '19:30',
    minutes: 90,
    mode: 'HYBRID',
    place: '隔界村活动室',
    from: `${Number(year) - 1}-01-01`,
    until: null,
  })
  await ctx.query(sql`
    insert into plans.market_days (county, organisation_id, market, market_wish)
    values (${branch.county}, ${branch.id}, ${JSON.stringify({ by: 'BRANCH', branches: [0, 6] })}::jsonb, 'AVOID')`)
  for (const [n, kit] of [autumn, winter].entries()) {
    await addKit(ctx, town, { ...kit, month: addMonths(`${today.slice(0, 7)}-01`, n).slice(0, 7) })
  }
}

async function addSeries(ctx: Context, { county, id: organisationId }: Node, name: string, series: Series): Promise<void> {
  await ctx.query(sql`
    insert into plans.series (county, id, organisation_id, title, kinds, months, day_rule, start_time, minutes, mode, place, from_day, content_hash)
    values (${county}, ${demoId('series', organisationId, name)}, ${organisationId}, ${series.title}, ${series.kinds}::text[], ${series.months}::int[],
      ${JSON.stringify(series.on)}::jsonb, ${series.start}, ${series.minutes}, ${series.mode}, ${series.place}, ${series.from}, ${hashOf(series)})`)
}

async function addKit(ctx: Context, { county, id: organisationId }: Node, kit: Kit): Promise<void> {
  await ctx.query(sql`
    insert into plans.kit (county, id, organisation_id, month, title, agenda, reading, task, content_hash)
    values (${county}, ${demoId('kit', kit.title)}, ${organisationId}, ${kit.month}, ${kit.title}, ${JSON.stringify(kit.agenda)}::jsonb, ${kit.reading},
      ${kit.task}, ${hashOf(kit)})`)
}

const agendaOf = (name: string, ...titles: string[]): Kit['agenda'] =>
  titles.map((title, n) => ({ id: demoId('kit', name, `${n}`), title, note: '' }))

const autumn: Omit<Kit, 'month'> = {
  title: '守好边、护好林',
  agenda: agendaOf('autumn', '诵读《守边护林公约》', '说说巡边路上看到的事', '认领护林防火的地段', '给山上的老党员捎一次书报'),
  reading:
    '进入干季，风大草枯，一个烟头就可能烧掉一面坡。\n守边的路也是护林的路。出门前告诉家里人往哪里走、什么时候回来；路上看见生火、陌生的车辙、倒下的界桩标志，先离远、再记清楚、回来马上报。\n不逞强，不单独走夜路。人平安，边才守得住。（演示内容）',
  task: '每名党员认领一段路，月底前走一遍，看到的情况在党员大会上说。',
  fileIds: [],
}

const winter: Omit<Kit, 'month'> = {
  title: '盘点一年、商量来年',
  agenda: agendaOf(
    'winter',
    '学习党的二十大精神摘编',
    '书记报告一年做了什么、没做成什么',
    '每人提一条来年要办的实事',
    '慰问生活有困难的党员群众',
  ),
  reading: '一年到头，坐下来把账算清：答应过群众的事，办成了几件，没办成的卡在哪里。来年的事，先从大家都说难的那一件办起。（演示内容）',
  task: '把大家提的实事列成一张表，下次支委会研究。',
  fileIds: [],
}
