/** A place to measure in: a data folder with its own PostgreSQL, every commit on disk as in production. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, migrationFolders } from '#platform'
import { modules } from '../server/modules.ts'
import { startPostgres } from '../server/postgres.ts'

export interface Place {
  dataDir: string
  url: string
  /** Starts PostgreSQL again, after it was killed. */
  restart(): Promise<void>
  /** Ends PostgreSQL, and removes the folder unless it was named. */
  close(): Promise<void>
}

/** @param kept folder to use and keep; absent: a temporary one */
export async function openPlace(kept?: string): Promise<Place> {
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'yigongli-bench-')))
  await mkdir(dataDir, { recursive: true })
  // PostgreSQL may run under another account.
  await chmod(dataDir, 0o755)
  let postgres = await startPostgres({ dataDir })
  await migrate(postgres.url, migrationFolders(modules))
  return {
    dataDir,
    url: postgres.url,
    async restart() {
      await postgres.stop()
      postgres = await startPostgres({ dataDir })
    },
    async close() {
      await postgres.stop()
      if (kept === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
