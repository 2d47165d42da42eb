/** Before the tests: one PostgreSQL for the run (or yours, TEST_DATABASE_URL), and in it one migrated template that each test file copies. */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, migrationFolders } from '#platform'
import { modules } from '../modules.ts'
import { startPostgres } from '../postgres.ts'
import { databaseUrl, onServer } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection that may create databases. */
    adminUrl: string
    /** Name of the migrated, empty database. */
    template: string
  }
}

/** Called by vitest; what it returns is called after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await givenServer(process.env['TEST_DATABASE_URL'])
  const template = `template_${randomBytes(5).toString('hex')}`
  try {
    await onServer(server.url, `create database ${template}`)
    await migrate(databaseUrl(server.url, template), migrationFolders(modules))
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('adminUrl', server.url)
  project.provide('template', template)
  return async () => {
    await onServer(server.url, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

async function givenServer(url: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  if (url !== undefined && url !== '') return { url, stop: () => Promise.resolve() }
  const dataDir = await mkdtemp(join(tmpdir(), 'yigongli-test-'))
  // mkdtemp makes the folder for us alone; PostgreSQL may run under another account.
  await chmod(dataDir, 0o755)
  const server = await startPostgres({ dataDir, durable: false, sharedBuffers: '128MB' })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
