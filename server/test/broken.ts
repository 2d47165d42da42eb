/** Inputs for the fuzz test, made from an operation's own schema: right ones, and right ones broken in one place. */
import fc from 'fast-check'
import { z } from 'zod'

/** The part of JSON Schema that zod writes. */
interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
}

export const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema

const chinese = fc.constantFrom(
  '金水河镇党委',
  '学习',
  '阿依·木',
  '例会 & <b>会</b>',
  "O'Neil; drop table",
  '%_\\',
  '𠮷野家',
  '🙂',
  ' 空 ',
  '‮右',
)
const days = fc.constantFrom('2026-03-31', '2024-02-29', '1921-07-23', '2026-12-31', '1900-01-01', '2099-12-31')
const moments = fc.constantFrom(
  '2026-03-31T19:30:00+08:00',
  '2024-02-29T00:00:00Z',
  '2026-03-31T19:30:00.123456+08:00',
  '1999-12-31T23:59:59-12:00',
)

/** Values that the schema accepts, as far as the schema says. @param ids ids that exist, used now and then */
export function right(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => right(choice, ids)))
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer' || schema.type === 'number') return rightNumber(schema)
  if (schema.type === 'string') return rightText(schema, ids)
  if (schema.type === 'array') {
    const minLength = schema.minItems ?? 0
    return fc.array(right(schema.items ?? {}, ids), { minLength, maxLength: Math.max(minLength, Math.min(3, schema.maxItems ?? 3)) })
  }
  if (schema.type === 'object') {
    const parts = Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, right(inner, ids)] as const)
    const requiredKeys = schema.required ?? []
    return fc.record(Object.fromEntries(parts), { requiredKeys, noNullPrototype: true })
  }
  return fc.constant({})
}

function rightNumber({ minimum = -5, maximum = 50, type }: Schema): fc.Arbitrary<number> {
  const edges = [minimum, maximum].filter((n) => Number.isFinite(n) && Math.abs(n) < 1e15)
  const most = Math.min(maximum, Math.max(minimum, 0) + 50)
  const plain =
    type === 'integer' ? fc.integer({ min: Math.max(minimum, -5), max: most }) : fc.double({ min: minimum, max: most, noNaN: true })
  return fc.oneof(plain, fc.constantFrom(...edges, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991))
}

function rightText(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid())
  if (schema.format === 'date') return days
  if (schema.format === 'date-time') return moments
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern)).filter((text) => text.length < 60)
  const least = schema.minLength ?? 0
  const most = schema.maxLength ?? 200
  const long = fc.constant('长'.repeat(Math.min(most, 50_000)))
  return fc.oneof({ weight: 5, arbitrary: chinese }, { weight: 1, arbitrary: long }).map((text) => text.padEnd(least, '一').slice(0, most))
}

/** What no field should take, or should take with care. */
const strange: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  -0,
  2_147_483_648,
  9_007_199_254_740_992,
  '',
  ' ',
  '\0',
  'a\0b',
  '\uD800',
  '\uDFFFx',
  '一'.repeat(200_000),
  '__proto__',
  'constructor',
  "'; drop table members.member; --",
  '${7*7}',
  '../../etc/passwd',
  '{"a":1}',
  'NaN',
  'Infinity',
  '-infinity',
  '0000-00-00',
  '0000-01-01',
  '2026-02-30',
  '9999-12-31',
  '10000-01-01',
  '2026-03-31T25:00:00Z',
  '2026-03-31T19:30:00+23:59',
  '0000-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{00000000-0000-0000-0000-000000000000}',
  'not-a-uuid',
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { constructor: { prototype: { polluted: true } } },
  ['a', 'b'],
  Array.from({ length: 600 }, () => 'x'),
)

type Path = (string | number)[]

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  yield path
  if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, key])
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((inner: unknown, i) => (String(i) === String(key) ? replaced(inner, rest, by) : inner))
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) }
}

/** A right value with one place replaced by something strange, removed, or with a field nobody knows beside it. */
export function broken(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return right(schema, ids).chain((value) => {
    const paths = [...pathsIn(value)]
    return fc
      .tuple(fc.constantFrom(...paths), strange, fc.constantFrom('replace', 'replace', 'replace', 'add', 'drop'))
      .map(([path, by, how]) => {
        if (how === 'replace') return replaced(value, path, by)
        if (how === 'drop') return replaced(value, path, undefined)
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, nobodyKnowsThis: by } : by
      })
  })
}
