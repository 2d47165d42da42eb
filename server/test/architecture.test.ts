/** The shape of the house (ARCHITECTURE.md, the house): doors, direction, no rings, no word of the field in the platform. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { modules } from '../modules.ts'
import { filesBelow, type Import, importsOf, rings } from './imports.ts'

const home = fileURLToPath(new URL('../..', import.meta.url))
const files = ['rules', 'pass', 'contract', 'server', 'web', 'bench'].flatMap((folder) => filesBelow(home, folder))
const imports = importsOf(home, files)
const order = modules.map((m) => m.name)

/** The part of the house a file stands in; a part with a door is entered only there. */
function partOf(path: string): string {
  const [top = '', second = '', third = ''] = path.split('/')
  if (top !== 'server') return top
  if (second === 'platform') return 'platform'
  if (second === 'modules') return `#${third}`
  return 'server'
}

/** Passes signed with keys that everybody knows. */
const examplePasses = 'pass/example.ts'

/** Files by which a part may be entered from outside. The contract's files are each a door. */
function isDoor(path: string, part: string): boolean {
  if (part === 'rules') return path === 'rules/index.ts'
  if (part === 'pass') return path === 'pass/index.ts' || path === examplePasses
  if (part === 'contract') return /^contract\/[a-z]+\.ts$/.test(path)
  if (part === 'platform') return path === 'server/platform/index.ts'
  if (part.startsWith('#')) return path === `server/modules/${part.slice(1)}/index.ts`
  return true
}

const says = ({ from, line, specifier }: Import, why: string) => `${from}:${line} imports ${specifier}: ${why}`
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('web/e2e/') || path.startsWith('server/test/')

/** Why this import may not be, or undefined. */
function forbidden(i: Import): string | undefined {
  const from = partOf(i.from)
  if (i.to === undefined) return undefined
  if (i.to === 'nowhere') return 'nothing is there'
  if (i.to.startsWith('node:')) {
    return ['rules', 'pass', 'contract'].includes(from) && !isTest(i.from) && i.from !== 'contract/openapi.ts'
      ? `${from} does no input or output`
      : undefined
  }
  const to = partOf(i.to)
  if (from === to) return undefined
  if (i.to === examplePasses && from !== 'bench' && !isTest(i.from)) return 'its keys are published: for tests and measuring only'
  if (!isDoor(i.to, to)) return `past the door of ${to}`
  if (isDoor(i.to, to) && ['rules', 'pass', 'contract', 'platform'].includes(to) && !i.specifier.startsWith('#'))
    return `the door of ${to} has a name with #`
  return wrongDirection(i, from, to)
}

function wrongDirection(i: Import, from: string, to: string): string | undefined {
  if (from === 'rules' || from === 'pass') return `${from} imports nothing of the house`
  if (from === 'contract') return to === 'rules' || to === 'pass' ? undefined : 'the contract imports neither server nor web'
  if (from === 'platform') {
    if (isTest(i.from)) return undefined
    return ['#contract/operation', '#contract/roles'].includes(i.specifier)
      ? undefined
      : 'the platform knows only the shape of operations and roles'
  }
  if (from === 'web') {
    const allowed = ['contract', 'rules', 'pass'].includes(to) || (to !== 'bench' && i.from.startsWith('web/e2e/'))
    return allowed ? undefined : 'the web imports contract, rules, pass and web'
  }
  if (!from.startsWith('#')) return undefined
  if (to.startsWith('#')) {
    if (isTest(i.from)) return undefined
    return order.indexOf(to.slice(1)) < order.indexOf(from.slice(1)) ? undefined : `${from} stands before ${to} in server/modules.ts`
  }
  if (['rules', 'pass', 'contract', 'platform'].includes(to)) return undefined
  return isTest(i.from) && to === 'server' ? undefined : 'a module imports platform, rules, pass, contract and modules before it'
}

describe('the import graph', () => {
  test('is really read: every module of server/modules.ts, and imports in every part', () => {
    expect(order.length).toBeGreaterThan(0)
    const seen = new Set(imports.map((i) => partOf(i.from)))
    expect([...seen]).toEqual(
      expect.arrayContaining(['contract', 'rules', 'pass', 'platform', 'server', 'web', ...order.map((name) => `#${name}`)]),
    )
    const onDisk = readdirSync(join(home, 'server/modules'), { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name)
    expect(onDisk.sort()).toEqual([...order].sort())
    expect(imports.some((i) => i.to === 'server/platform/index.ts')).toBe(true)
  })

  test('goes through doors, and downwards', () => {
    const wrong = imports.flatMap((i) => {
      const why = forbidden(i)
      return why === undefined ? [] : [says(i, why)]
    })
    expect(wrong).toEqual([])
  })

  test('every door named in package.json opens', () => {
    const { imports: doors } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { imports: Record<string, string> }
    const closed = Object.entries(doors).filter(([name, path]) => !name.endsWith('/*') && !files.includes(path.slice(2)))
    expect(closed).toEqual([])
  })

  test('has no rings, counting types', () => {
    expect(rings(imports).map((ring) => ring.join(' → '))).toEqual([])
  })
})

const fieldWords = new Set(
  [
    'organisation',
    'organization',
    'member',
    'membership',
    'branch',
    'gathering',
    'meeting',
    'duty',
    'party',
    'committee',
    'attendance',
    'attendee',
    'roster',
    'quorum',
    'secretary',
    'cadre',
    'ballot',
    'dues',
    'lecture',
    'province',
    'township',
    'village',
    'prefecture',
  ].flatMap((word) => [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')]),
)
const fieldCharacters = /党|支部|会议|党组|书记|组织生活|组织部|签到|民主评议|换届|应到|实到/

/** Words of a text, with `camelCase` and `SNAKE_CASE` taken apart, in lower case. */
function wordsOf(text: string): string[] {
  return text
    .replace(/pg_has_role\([^)]*\)/g, '') // PostgreSQL's own word
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .map((word) => word.toLowerCase())
}

describe('the platform', () => {
  // Its tests may speak of the field: they try it in the whole house.
  const everything = filesBelow(home, 'server/platform', new Set(['.ts', '.sql', '.md', '.json', '.html', '.css'])).filter(
    (path) => !isTest(path),
  )

  test('has not one word of the field, comments included', () => {
    expect(everything.length).toBeGreaterThan(10)
    const wrong = everything.flatMap((path) =>
      readFileSync(join(home, path), 'utf8')
        .split('\n')
        .flatMap((line, i) => {
          const word = fieldCharacters.exec(line)?.[0] ?? wordsOf(line).find((w) => fieldWords.has(w))
          return word === undefined ? [] : [`${path}:${i + 1} says “${word}”`]
        }),
    )
    expect(wrong).toEqual([])
  })

  test('is judged by whole words', () => {
    const said = (text: string) => wordsOf(text).filter((w) => fieldWords.has(w))
    expect(said('remember, RememberedHierarchy, thirdParty, listMembers, DUTIES, theBranchOf')).toEqual([
      'party',
      'members',
      'duties',
      'branch',
    ])
  })
})
