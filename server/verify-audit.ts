/** `npm run audit:verify`: recomputes the audit chain, says where it does not hold, and ends with 1 if anywhere. */
import { openPool, readConfig, readSecrets, transact, verifyAudit } from '#platform'
import { startPostgres } from './postgres.ts'

/** What each finding means, for the auditor. */
const meanings = {
  ROW_CHANGED: '记录内容被改动 / the row was changed',
  ROW_MISSING: '记录被删除 / the row was removed',
  ROW_INSERTED: '事后插入的记录 / the row was put in afterwards',
  LINK_CHANGED: '链接被改动 / the link was changed',
  LINK_MISSING: '链接被删除 / the link was removed',
  CHECKPOINT_WRONG: '检查点不符或签名不可信 / the checkpoint does not fit, or its signature is not trusted',
}

const config = readConfig(process.env)
const own = config.databaseUrl === undefined ? await startPostgres({ dataDir: config.dataDir }) : undefined
const pool = openPool(config.databaseUrl ?? own?.url ?? '', 'jobs', 1, 3_600_000)
try {
  const { signers } = readSecrets(config.keyFile, config.dataDir)
  const { checked, findings } = await transact(pool, (ctx) => verifyAudit(ctx, signers), { reads: true })
  for (const { what, shard, number, auditId } of findings) {
    const place = shard === undefined ? '' : ` 分片 shard ${shard} 第 ${number} 号`
    console.log(`✗ ${meanings[what]}:${place}${auditId === undefined ? '' : ` ${auditId}`}`)
  }
  console.log(
    findings.length === 0
      ? `✓ 审计链完整，共核对 ${checked} 条 / the audit chain holds, ${checked} rows checked`
      : `✗ ${findings.length} 处不符，共核对 ${checked} 条 / ${findings.length} places do not hold, ${checked} rows checked`,
  )
  process.exitCode = findings.length === 0 ? 0 : 1
} finally {
  await pool.end()
  await own?.stop()
}
