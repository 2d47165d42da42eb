/** A house for each test file: its own database, copied from the migrated template in a fraction of a second. */
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { databaseUrl, onServer } from './database.ts'

export interface TestHouse {
  /** Connection of the owner of a database that holds the migrated tables and no rows. */
  url: string
  /** Drops the database, with whoever is still connected. */
  close(): Promise<void>
}

/** Opens a house. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function house(): Promise<TestHouse> {
  const admin = inject('adminUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(admin, `create database ${name} template ${inject('template')}`)
  return {
    url: databaseUrl(admin, name),
    close: () => onServer(admin, `drop database if exists ${name} with (force)`),
  }
}
