/**
 * A house for each test file: its own database, copied from the migrated template in a fraction of a second.
 * `house` gives the bare database; `openTestHouse` opens the whole house on it, with a small tree of organisations,
 * and lets people sign in.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { operations } from '#contract'
import { findNodes } from '#organisations'
import { catchUp, type Context, type House, type Node, openHouse, readSecrets, transact } from '#platform'
import { modules } from '../modules.ts'
import { databaseUrl, onServer } from './database.ts'
import { registerMembers } from './membership.ts'
import { Person, type SignIn, signInAs } from './person.ts'
import { plantTree, type Planted, smallTree } from './tree.ts'

export { databaseUrl, othersEnded } from './database.ts'
export type { Person, Problem } from './person.ts'
export type { Planted } from './tree.ts'

export interface TestHouse {
  /** Connection of the owner of a database that holds the migrated tables and no rows. */
  url: string
  /** Drops the database, with whoever is still connected. */
  close(): Promise<void>
}

/** Opens a database. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function house(): Promise<TestHouse> {
  const admin = inject('adminUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(admin, `create database ${name} template ${inject('template')}`)
  return {
    url: databaseUrl(admin, name),
    close: () => onServer(admin, `drop database if exists ${name} with (force)`),
  }
}

export interface OpenTestHouse {
  url: string
  house: House
  /** An organisation of the tree by its name. */
  node(name: string): Node
  /** Runs work as the system in one transaction, outside row-level security. */
  inside<T>(work: (ctx: Context) => Promise<T>): Promise<T>
  /** A person with a real account, post and session, acting in that post. */
  signIn(role: SignIn['role'], at: string | Node, more?: Pick<SignIn, 'name' | 'memberId'>): Promise<Person>
  /** Registers so many full members in a branch, through the contract. @returns their ids */
  addMembers(branch: string | Node, count: number): Promise<string[]>
  /** Somebody who has not signed in. */
  stranger: Person
  /** Lets every projection read what has happened. */
  catchUp(): Promise<void>
  /** Text messages the house sent, oldest first. */
  messages: { phone: string; text: string }[]
  /** Daily digests the house sent. */
  digests: { accountId: string; titles: string[] }[]
  close(): Promise<void>
}

/**
 * Opens the whole house (all modules, demo off, every answer checked against its schema) over an empty database with a
 * small tree; nothing runs in the background unless `house.startWorker()` is called.
 * @param tree organisations to plant, superiors first; default `smallTree`: 省委 › 甲县委 › 甲镇党委 › 甲村党支部, 乙村党支部 and
 * 省委 › 乙县委 › 乙镇党委 › 丙村党支部
 */
export async function openTestHouse(tree: readonly Planted[] = smallTree): Promise<OpenTestHouse> {
  const place = await house()
  const dataDir = await mkdtemp(join(tmpdir(), 'yigongli-house-'))
  const messages: OpenTestHouse['messages'] = []
  const digests: OpenTestHouse['digests'] = []
  const opened = await openHouse({
    url: place.url,
    dataDir,
    secrets: readSecrets(undefined, dataDir),
    modules,
    operations,
    findNodes,
    sms: { send: async (phone, text) => void messages.push({ phone, text }) },
    digests: { send: async (accountId, items) => void digests.push({ accountId, titles: items.map((item) => item.title.zh) }) },
    demo: false,
    checkAnswers: true,
    logLevel: 'error',
    poolSize: 6,
  })
  const inside = <T>(work: (ctx: Context) => Promise<T>) => transact(opened.jobsPool, work)
  const nodes = await inside((ctx) => plantTree(ctx, tree))
  const node = (name: string): Node => {
    const found = nodes.get(name)
    if (found === undefined) throw new Error(`no ${name} in the tree`)
    return found
  }
  const signIn: OpenTestHouse['signIn'] = (role, at, more = {}) =>
    signInAs(opened, { role, node: typeof at === 'string' ? node(at) : at, ...more })
  return {
    url: place.url,
    house: opened,
    node,
    inside,
    signIn,
    async addMembers(branch, count) {
      const at = typeof branch === 'string' ? node(branch) : branch
      return registerMembers(await signIn('BRANCH_SECRETARY', at), at, count)
    },
    stranger: new Person(opened.app),
    catchUp: () => catchUp(opened.jobsPool, opened.projections),
    messages,
    digests,
    async close() {
      await opened.close()
      await place.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
