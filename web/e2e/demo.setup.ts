/** Before the stories: the pages are built and the demo is put into a database once; each story file works on its own copy. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readConfig } from '#platform'
import { buildFaces } from '../../server/build.ts'
import { modules } from '../../server/modules.ts'
import { openYigongli } from '../../server/open.ts'
import { seedDemo } from '../../server/seed.ts'
import { databaseUrl, onServer } from '../../server/test/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    demo: {
      /** Name of the database with the demo. */
      template: string
      /** The keys it was sealed with. */
      keyFile: string
      /** Folder of the built pages. */
      dist: string
    }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template: empty } = project.getProvidedContext()
  const folder = await mkdtemp(join(tmpdir(), 'yigongli-demo-'))
  const template = `${empty}_demo`
  const dist = await buildFaces()
  await onServer(adminUrl, `create database ${template} template ${empty}`)
  const url = databaseUrl(adminUrl, template)
  const house = await openYigongli(readConfig({ DATA_DIR: folder, DEMO: '1', LOG_LEVEL: 'error' }), url)
  await seedDemo(url, house, modules, () => {})
  await house.close()
  project.provide('demo', { template, keyFile: join(folder, 'keys.json'), dist })
  return async () => {
    await onServer(adminUrl, `drop database if exists ${template} with (force)`)
    await rm(folder, { recursive: true, force: true })
  }
}
