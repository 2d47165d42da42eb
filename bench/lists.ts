/** Screens, lists and searches over the whole province: what one person waits for, asking alone and four at a time. */
import { openPool, sql, transact } from '#platform'
import { type Generator, type Measured, request, type Rows } from './load.ts'
import type { Running } from './server.ts'

interface Asked {
  name: string
  path: string
  /** Who asks: administrators at these levels of the tree (1 province … 4 township), or secretaries of branches. */
  levels: number[]
  /** What is typed, in turn. */
  typed?: string[]
}

const everywhere = [1, 2, 3, 4, 5]
/** Characters, pinyin and initials; rare and frequent, and one that nobody has. */
const places = ['金水河', '茶叶合作社', '党支部', '小学', 'jinping', 'xishan', 'jp', 'dzb', '查无此处']
const people = ['张建', '和', 'zhangjian', 'wangxiu', 'lzq', '查无此人']

export const overviews: Asked[] = [
  { name: 'overview of the province', path: '/organisations/{0}/overview', levels: [1] },
  { name: 'overview, prefecture to township', path: '/organisations/{0}/overview', levels: [2, 3, 4] },
]

export const lists: Asked[] = [
  { name: 'one organisation', path: '/organisations/{0}', levels: everywhere },
  { name: 'organisations: search', path: '/organisations?q={3}', levels: [1, 2, 3, 4], typed: places },
  { name: 'members: first page', path: '/organisations/{0}/members', levels: everywhere },
  { name: 'members: search', path: '/organisations/{0}/members?q={3}', levels: everywhere, typed: people },
  { name: 'gatherings: newest', path: '/organisations/{0}/gatherings', levels: everywhere },
  {
    name: 'gatherings: theme days of a month',
    path: '/organisations/{0}/gatherings?kind=THEME_DAY&from=2026-03-01&until=2026-03-31',
    levels: everywhere,
  },
  { name: 'gatherings: words of every fourth title', path: '/organisations/{0}/gatherings?q={3}', levels: everywhere, typed: ['主题党日'] },
  { name: 'gatherings: words of no title', path: '/organisations/{0}/gatherings?q={3}', levels: everywhere, typed: ['查无此会'] },
  { name: 'gatherings: words of a year ago only', path: '/organisations/{0}/gatherings?q={3}', levels: everywhere, typed: ['2025-11'] },
]

/** @param connections how many ask at the same time */
export async function measureLists(
  generator: Generator,
  server: Running,
  url: string,
  asked: readonly Asked[],
  connections: number,
  seconds: number,
) {
  const leaders = await listLeaders(url)
  const measured: [name: string, Measured][] = []
  for (const { name, path, levels, typed = [''] } of asked) {
    const rows: Rows = leaders
      .filter(({ level }) => levels.includes(level))
      .flatMap(({ row }) => typed.map((text) => [...row, encodeURIComponent(text)]))
    await generator.give(rows)
    const template = request('GET', `/api${path}`, { cookie: 'yigongli={1}', 'x-device-id': '{2}' })
    const run = (length: number) => generator.run({ port: server.port, template, connections, seconds: length, from: 0, round: 0 })
    await run(1)
    const result = await run(seconds)
    if (result.strange.some((answer) => !answer.startsWith('503'))) throw new Error(`${name}: ${result.strange.join('\n')}`)
    measured.push([name, result])
  }
  return measured
}

/** One or two people of each level, the same at each call. */
async function listLeaders(url: string): Promise<{ level: number; row: string[] }[]> {
  const pool = openPool(url, 'owner', 1)
  try {
    return await transact(
      pool,
      (ctx) =>
        ctx.query(sql<{ level: number; row: string[] }>`
          select level, array[organisation_id::text, token, account_id::text] as row from (
            select l.*, length(o.path) - length(replace(o.path, '/', '')) as level,
              row_number() over (partition by length(o.path) - length(replace(o.path, '/', '')) order by md5(o.id::text)) as n
            from bench.leader l join organisations.organisation o on o.id = l.organisation_id where l.role <> 'RECORDER') t
          where n <= 3 order by level, n`),
      { reads: true },
    )
  } finally {
    await pool.end()
  }
}
