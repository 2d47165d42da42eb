/**
 * The data dictionary: every table and column with its comment, read from a migrated database.
 * `node start.mjs server/test/dictionary.ts` writes docs/data-dictionary.md; a test fails when the file is stale.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate, migrationFolders, platformTables } from '#platform'
import { modules } from '../modules.ts'
import { startPostgres } from '../postgres.ts'

export const dictionaryFile = fileURLToPath(new URL('../../docs/data-dictionary.md', import.meta.url))

export interface Column {
  name: string
  type: string
  required: boolean
  comment: string | null
}

export interface Table {
  name: string
  comment: string | null
  columns: Column[]
}

/** All tables of the house, in the order of the modules, with their columns in their order. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; table_comment: string | null } & Column>(
    `select c.oid::regclass::text as table, obj_description(c.oid) as table_comment, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as required, col_description(c.oid, a.attnum) as comment
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname = any ($1) order by array_position($1, n.nspname::text), c.relname collate "C", a.attnum`,
    [['platform', ...modules.map((module) => module.name)]],
  )
  return [...Map.groupBy(rows, (row) => row.table)].map(([name, columns]) => ({
    name,
    comment: columns[0]?.table_comment ?? null,
    columns: columns.map(({ name: column, type, required, comment }) => ({ name: column, type, required, comment })),
  }))
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The dictionary as Markdown. */
export function write(tables: readonly Table[]): string {
  const declared = new Map([...platformTables, ...modules.flatMap((module) => module.tables)].map((table) => [table.table, table]))
  const sections = tables.map((table) => {
    const placed = declared.get(table.name)
    const place = placed?.placement === 'distributed' ? `distributed by \`${placed.by}\`` : (placed?.placement ?? '')
    const personal = placed?.personal === undefined ? '' : ` · personal: ${placed.personal}`
    const rows = table.columns.map(
      ({ name, type, required, comment }) => `| \`${name}\` | ${type}${required ? '' : ' or nothing'} | ${cell(comment ?? '')} |`,
    )
    return [
      `## ${table.name}`,
      '',
      table.comment ?? '',
      '',
      `*${place}${personal}*`,
      '',
      '| column | type | what it is |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return [
    '# 数据字典 / Data dictionary',
    '',
    'Generated from the comments in the migrations by `node start.mjs server/test/dictionary.ts`; do not edit.',
    '',
    'A column without a sentence is what its name says in docs/glossary.md: `id` and `…_id` identify, `county` is the six-digit code of the county',
    'and the distribution key, `version` counts changes.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n')
}

async function generate(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yigongli-dictionary-'))
  const server = await startPostgres({ dataDir, durable: false, sharedBuffers: '128MB' })
  try {
    await migrate(server.url, migrationFolders(modules))
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await writeFile(dictionaryFile, write(await readTables(client)))
    await client.end()
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

if (import.meta.main) await generate()
