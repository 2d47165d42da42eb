/**
 * Words are complete: both languages say the same things, every word a page asks for is there, and none is kept that nobody asks for.
 * Seen to fail: with a key removed from one language, with a key misspelt in a page, with a word nobody uses, and with Chinese written into a page.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const web = fileURLToPath(new URL('../..', import.meta.url))
const files = ['shared', 'mobile', 'console', 'screen', 'verify']

/** Leaves of the words: key → text. Lists count as one leaf a place. */
function leaves(value: unknown, prefix: string): [string, string][] {
  if (typeof value === 'string') return [[prefix, value]]
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${prefix}.${key}`))
}

const read = (language: 'zh' | 'en', file: string) =>
  new Map(leaves(JSON.parse(readFileSync(join(web, 'shared', 'i18n', language, `${file}.json`), 'utf8')), file))

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/^(dist|e2e)\b|\.test\./.test(path))
  .map((path) => ({ path, text: readFileSync(join(web, path), 'utf8') }))

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')

/** Keys asked for: whole ones, and beginnings where the rest is filled in. A key is any literal that begins with a name space. */
const asked = new Set<string>()
const begun = new Set<string>()
for (const { text } of sources) {
  const code = withoutComments(text)
  for (const [, key = ''] of code.matchAll(/['"`]((?:shared|mobile|console|screen|verify)(?:\.[A-Za-z0-9_]+)+)['"`]/g)) asked.add(key)
  for (const [, beginning = ''] of code.matchAll(/`((?:shared|mobile|console|screen|verify)\.[A-Za-z0-9_.]*)\$\{/g)) begun.add(beginning)
}

const plural = (key: string) => key.replace(/_(one|other|zero)$/, '')
const isAsked = (key: string) =>
  asked.has(plural(key)) ||
  [...begun].some((beginning) => key.startsWith(beginning)) ||
  [...asked].some((whole) => key.startsWith(`${whole}.`))

describe.each(files)('words of %s', (file) => {
  const zh = read('zh', file)
  const en = read('en', file)
  const keys = (words: Map<string, string>) => [...new Set([...words.keys()].map(plural))].sort()

  test('are there in both languages, with the same places to fill in', () => {
    expect(zh.size).toBeGreaterThan(0)
    expect(keys(en)).toEqual(keys(zh))
    const places = (text = '') => [...text.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1] ?? '').sort()
    const differ = [...zh].filter(([key, text]) => en.has(key) && places(text).join() !== places(en.get(key)).join())
    expect(differ).toEqual([])
  })

  test('say something, in the right language', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
    const chineseInEnglish = [...en].filter(([key, text]) => /\p{Script=Han}/u.test(text) && !/[Nn]ame|language/i.test(key))
    expect(chineseInEnglish).toEqual([])
  })

  test('are all asked for somewhere', () => {
    expect([...zh.keys()].filter((key) => !isAsked(key))).toEqual([])
  })
})

test('every word a page asks for is there', () => {
  const all = new Set(files.flatMap((file) => [...read('zh', file).keys()].map(plural)))
  const branches = new Set([...all].flatMap((key) => key.split('.').map((_, n, parts) => parts.slice(0, n).join('.'))))
  expect([...asked].filter((key) => !all.has(key) && !branches.has(key))).toEqual([])
  expect([...begun].filter((beginning) => ![...all].some((key) => key.startsWith(beginning)))).toEqual([])
})

test('no page has Chinese of its own: all words come from the lists', () => {
  const own = sources
    .flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        .map((line) => `${path}: ${line.trim()}`),
    )
    .filter((line) => /\p{Script=Han}/u.test(line) && !line.includes("'中文'"))
  expect(own).toEqual([])
})
