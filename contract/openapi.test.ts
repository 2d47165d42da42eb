/** The committed OpenAPI document is the one the operations make, and holds together. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operations } from './index.ts'
import { type Json, openapi, openapiText, readOpenapi } from './openapi.ts'
import { roles } from './roles.ts'

const document = readOpenapi()
const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a JSON pointer (RFC 6901), or undefined. */
function at(pointer: string): Json | undefined {
  let value: Json | undefined = document
  for (const step of pointer
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    value = isObject(value) ? value[step] : Array.isArray(value) ? value[Number(step)] : undefined
  }
  return value
}

function refsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner)))
}

/** Every operation object of the document with its address. */
function calls() {
  const found: { path: string; method: string; call: { [key: string]: Json } }[] = []
  for (const [path, item] of Object.entries(at('/paths') as Record<string, { [key: string]: Json }>)) {
    for (const [method, call] of Object.entries(item)) if (isObject(call)) found.push({ path, method, call })
  }
  return found
}

test('openapi.json is up to date; otherwise run: node start.mjs contract/openapi.ts', () => {
  const committed = readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')
  expect(committed === openapiText()).toBe(true)
})

test('every reference leads somewhere', () => {
  const refs = refsIn(document)
  expect(refs.length).toBeGreaterThan(0)
  expect(refs.filter((ref) => !ref.startsWith('#/') || at(ref.slice(1)) === undefined)).toEqual([])
})

test('every operation is there once, with a tag that is explained and parameters for its address', () => {
  const tagNames = (at('/tags') as { name: string }[]).map((tag) => tag.name)
  expect(calls().map(({ call }) => call['operationId'])).toEqual(expect.arrayContaining(operations.map((o) => o.id)))
  expect(calls()).toHaveLength(operations.length)
  for (const { path, call } of calls()) {
    expect(tagNames).toEqual(expect.arrayContaining(call['tags'] as string[]))
    const named = (call['parameters'] as { name: string; in: string; required: boolean }[]).filter((p) => p.in === 'path' && p.required)
    expect(named.map((p) => p.name).sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort())
  }
})

test('every operation says who may call it, and a role is expected to succeed exactly where it holds the permission', () => {
  for (const { call } of calls()) expect(call['x-access']).toBeDefined()
  for (const { id, access } of operations) {
    if (!('may' in access)) continue
    for (const role of Object.keys(access.expect) as (keyof typeof roles)[]) {
      expect((roles[role].may as readonly string[]).includes(access.may), `${id}: ${role} holds ${access.may}`).toBe(true)
    }
    const holders = (Object.keys(roles) as (keyof typeof roles)[]).filter((role) =>
      (roles[role].may as readonly string[]).includes(access.may),
    )
    expect(Object.keys(access.expect).sort(), id).toEqual(holders.sort())
  }
})

test('an id or an address declared twice is refused', () => {
  const [first, second] = operations
  if (first === undefined || second === undefined) throw new Error('the contract is empty')
  expect(() => openapi([first, first])).toThrow('declared twice')
  expect(() => openapi([first, { ...second, method: first.method, path: first.path }])).toThrow('declared twice')
})
