/** `npm run rebuild -- <projection>`: empties a projection and fills it again; without a name, lists them with how far they are. */
import { lag, openPool, readConfig, rebuild } from '#platform'
import { modules } from './modules.ts'
import { startPostgres } from './postgres.ts'

const config = readConfig(process.env)
const own = config.databaseUrl === undefined ? await startPostgres({ dataDir: config.dataDir }) : undefined
const pool = openPool(config.databaseUrl ?? own?.url ?? '', 'jobs', 2, 3_600_000)
const projections = modules.flatMap((module) => module.projections ?? [])
const name = process.argv[2]
const projection = projections.find((p) => p.name === name)
try {
  if (projection !== undefined) {
    const began = performance.now()
    await rebuild(pool, projection)
    console.log(`✓ ${projection.name} 已重建 / is rebuilt (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } else {
    if (name !== undefined) console.log(`没有名为 ${name} 的投影 / there is no projection of that name`)
    for (const known of projections) console.log(`  ${known.name}  落后 ${(await lag(pool, known.name)).toFixed(1)} 秒 / s behind`)
    process.exitCode = name === undefined ? 0 : 1
  }
} finally {
  await pool.end()
  await own?.stop()
}
