/**
 * What is never built is not there, not even as a column: points, rankings, check-in streaks, online time, install rates, trails, faces,
 * household dossiers, likes. Looked for in tables and columns, in what the contract takes and gives, in events and in the words on screen.
 *
 * Seen to fail: a column `score_total`, a contract field `ranking`, a text key `streakDays`, a text 积分; and `surface`, `interface`,
 * `pointer` and `starred` do not make it fail.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { operations } from '#contract'
import { house } from '#house'
import { filesBelow } from './imports.ts'

const home = fileURLToPath(new URL('../..', import.meta.url))

/** Whole words, after names are taken apart; several words in a row are one thing. */
const forbiddenWords = [
  'points',
  'point',
  'score',
  'scores',
  'rank',
  'ranks',
  'ranking',
  'rankings',
  'ranked',
  'leaderboard',
  'badge',
  'badges',
  'medal',
  'medals',
  'level up',
  'streak',
  'streaks',
  'daily check in',
  'check in days',
  'online time',
  'online minutes',
  'online seconds',
  'time spent',
  'dwell',
  'install rate',
  'login rate',
  'log in rate',
  'login count',
  'logins',
  'activation rate',
  'active users',
  'step count',
  'steps walked',
  'gps',
  'latitude',
  'longitude',
  'lat',
  'lng',
  'lon',
  'geolocation',
  'trail points',
  'track points',
  'location history',
  'face',
  'faces',
  'face id',
  'facial',
  'biometric',
  'voiceprint',
  'dossier',
  'household',
  'like count',
  'likes',
  'social credit',
  'credit score',
]
const forbiddenCharacters = /积分|排名|排行|打卡|在线时长|登录率|安装率|日活|步数|轨迹|人脸|刷脸|点赞|信用分|考核分数排/

/** Does this text speak of such a thing, other than to say that there is none? */
const praises = (text: string): boolean => forbiddenCharacters.test(text) && !/没有|不|无/.test(text)

/** Where a word is needed for something else. `path › word`. */
const allowed = new Set<string>([
  // The platform has three faces: phone, console and screen.
  'identity.demo_person.face › face',
  'identity.listDemoPeople › face',
  ...['zh', 'en'].flatMap((language) => ['mobile', 'console', 'screen'].map((face) => `${language}/shared.json.face.${face} › face`)),
])

function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .join(' ')
    .toLowerCase()
}

/** The forbidden words in a name. */
const found = (name: string): string[] => forbiddenWords.filter((word) => ` ${wordsOf(name)} `.includes(` ${word} `))

const judge = (names: Iterable<readonly [where: string, name: string]>): string[] =>
  [...names].flatMap(([where, name]) => found(name).map((word) => `${where} › ${word}`)).filter((finding) => !allowed.has(finding))

test('in no table and no column', async () => {
  const place = await house()
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker')`,
  )
  await client.end()
  await place.close()
  expect(rows.length).toBeGreaterThan(250)
  expect(judge(rows.map(({ name }) => [name, name]))).toEqual([])
})

function* keysOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, inner] of Object.entries(schema)) {
    if (key === 'properties' && typeof inner === 'object' && inner !== null) yield* Object.keys(inner)
    if (key === 'enum' && Array.isArray(inner)) for (const value of inner) yield String(value)
    yield* keysOf(inner)
  }
}

test('in nothing the contract takes or gives, and in no operation', () => {
  const names = operations.flatMap((operation) => {
    const schemas = [operation.params, operation.query, operation.body, operation.returns].filter((schema) => schema !== undefined)
    const keys = schemas.flatMap((schema) => [...keysOf(z.toJSONSchema(schema, { unrepresentable: 'any' }))])
    return [...keys, operation.id, operation.path].map((name) => [operation.id, name] as const)
  })
  expect(names.length).toBeGreaterThan(700)
  expect(judge(names)).toEqual([])
})

test('in no event', () => {
  const types = filesBelow(home, 'server/modules').flatMap((path) =>
    [...readFileSync(join(home, path), 'utf8').matchAll(/'([a-z]+\.[a-z]+\.[a-zA-Z]+)'/g)].map((match) => [path, match[1] ?? ''] as const),
  )
  expect(types.length).toBeGreaterThan(15)
  expect(judge(types)).toEqual([])
})

test('in no key and no text on screen', () => {
  const folder = join(home, 'web/shared/i18n')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  const entries = files.flatMap((file) => [...textsOf(JSON.parse(readFileSync(join(folder, file), 'utf8')), file)])
  expect(entries.length).toBeGreaterThan(100)
  expect(judge(entries.map(([key]) => [key, key.slice(key.indexOf('json') + 5)]))).toEqual([])
  expect(entries.filter(([, text]) => praises(text))).toEqual([])
})

function* textsOf(value: unknown, path: string): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* textsOf(inner, `${path}.${key}`)
}

test('is judged by whole words', () => {
  expect(['您的积分', '支部排名', '这里没有排名', '参加会议'].map(praises)).toEqual([true, true, false, false])
  expect(['surface', 'interface', 'pointer', 'starred', 'latest', 'likely', 'rankle'].flatMap(found)).toEqual([])
  expect(['score_total', 'userRanking', 'streakDays', 'ONLINE_MINUTES', 'faceId', 'lat'].flatMap(found)).toEqual([
    'score',
    'ranking',
    'streak',
    'online minutes',
    'face',
    'face id',
    'lat',
  ])
})
