/**
 * The OpenAPI 3.1 document of the platform, made from the operations. `node contract/openapi.ts` writes it beside this file,
 * where it is committed: a change of the contract shows in a review, and other software can be built against it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import * as areas from './areas.ts'
import * as attendance from './attendance.ts'
import * as duties from './duties.ts'
import * as exemptions from './exemptions.ts'
import * as files from './files.ts'
import * as identity from './identity.ts'
import { operations } from './index.ts'
import * as life from './life.ts'
import * as meetings from './meetings.ts'
import * as members from './members.ts'
import * as notifications from './notifications.ts'
import type { Operation } from './operation.ts'
import * as organisations from './organisations.ts'
import * as overview from './overview.ts'
import * as packages from './packages.ts'
import * as papers from './papers.ts'
import * as plans from './plans.ts'
import * as promises from './promises.ts'
import * as record from './record.ts'
import * as rectifications from './rectifications.ts'
import * as reviews from './reviews.ts'
import * as sync from './sync.ts'
import * as talks from './talks.ts'
import * as words from './words.ts'

/** JSON as it stands in the document. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

const file = fileURLToPath(new URL('./openapi.json', import.meta.url))

const tags: JsonObject[] = [
  { name: 'identity', description: '登录、岗位、设备 / Signing in, posts, devices' },
  { name: 'notifications', description: '通知 / Notifications' },
  { name: 'files', description: '文件 / Files' },
  { name: 'areas', description: '行政区划 / Administrative areas' },
  { name: 'organisations', description: '党组织 / Party organisations' },
  { name: 'members', description: '党员 / Members' },
  { name: 'meetings', description: '三会一课、主题党日、组织生活会 / Gatherings' },
  { name: 'study', description: '学习 / Study' },
  { name: 'reviews', description: '民主评议、谈心谈话、整改清单、党员承诺 / Reviews, talks, rectifications, promises' },
  { name: 'duties', description: '应办事项和规则 / Duties and rules' },
  { name: 'floating', description: '流动党员、电子活动证、参加记录 / Floating members, activity pass, participations' },
  { name: 'plans', description: '一年的安排、固定党日、主题党日包 / The year, fixed days, kits' },
  { name: 'papers', description: '文书、台账、年度档案、日历 / Papers, ledgers, year archives, calendars' },
  { name: 'sync', description: '离线办理与同步 / Working without a network' },
  { name: 'packages', description: '托人带的交接包 / Packages carried by hand' },
  { name: 'overview', description: '总览 / Overview' },
]

/** Codes any call may get, by what the operation asks for. */
function failsOf(operation: Operation): string[] {
  const { access } = operation
  const takes = operation.params ?? operation.query ?? operation.body
  return [
    ...(takes === undefined ? [] : ['INVALID']),
    ...(operation.body === undefined && operation.bodyType === undefined ? [] : ['NOT_JSON', 'BODY_TYPE', 'TOO_LARGE']),
    ...('public' in access ? [] : ['NOT_SIGNED_IN', 'NOT_ALLOWED']),
    ...('within' in access && access.within !== 'post' ? ['NOT_FOUND'] : []),
    ...('purpose' in access && access.purpose === true ? ['PURPOSE_NEEDED'] : []),
    ...(operation.method === 'GET' ? [] : ['WRONG_ORIGIN']),
    ...(operation.fails ?? []),
    'BUSY',
    'DATABASE_AWAY',
  ].filter((code, i, all) => all.indexOf(code) === i)
}

/** Schemas the contract exports by name; each stands once in the document and is referred to. */
const named = z.registry<{ id: string }>()
for (const module of [
  words,
  identity,
  notifications,
  files,
  areas,
  organisations,
  members,
  meetings,
  attendance,
  record,
  exemptions,
  reviews,
  rectifications,
  promises,
  talks,
  life,
  duties,
  plans,
  papers,
  sync,
  packages,
  overview,
]) {
  for (const [name, value] of Object.entries(module)) if (value instanceof z.ZodType && !named.has(value)) named.add(value, { id: name })
}

/** Named schemas that were met, first as they are answered, then as they are sent. */
class Schemas {
  readonly #answered = new Map<string, string>()
  readonly all: Record<string, JsonObject> = {}

  /** JSON Schema of an answer. */
  answered(schema: z.ZodType): JsonObject {
    const { own, definitions } = parts(schema, 'output')
    for (const [name, definition] of definitions) {
      this.#answered.set(name, JSON.stringify(definition))
      this.all[name] = refer(definition, (n) => n) as JsonObject
    }
    return refer(own, (name) => name) as JsonObject
  }

  /** JSON Schema of what a client sends. Where that differs from an answer of the same name (defaults may be left out), it is called `…Sent`. */
  sent(schema: z.ZodType): JsonObject {
    const { own, definitions } = parts(schema, 'input')
    const names = new Map(
      definitions.map(([name, d]) => [name, (this.#answered.get(name) ?? JSON.stringify(d)) === JSON.stringify(d) ? name : `${name}Sent`]),
    )
    const nameOf = (name: string) => names.get(name) ?? name
    for (const [name, definition] of definitions) this.all[nameOf(name)] = refer(definition, nameOf) as JsonObject
    return refer(own, nameOf) as JsonObject
  }
}

function parts(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, metadata: named, unrepresentable: 'any' }) as JsonObject & {
    $defs?: Record<string, JsonObject>
  }
  return { own, definitions: Object.entries($defs) }
}

/** The same JSON with every reference turned to the document's place for named schemas. */
function refer(value: Json, nameOf: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((inner) => refer(inner, nameOf))
  if (typeof value !== 'object' || value === null) return value
  const turned = (ref: string) => ref.replace(/^#\/\$defs\/(\w+)$/, (_, name: string) => `#/components/schemas/${nameOf(name)}`)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? turned(inner) : refer(inner, nameOf)]),
  )
}

/** One parameter per property of the schema. */
function parametersOf(schemas: Schemas, schema: z.ZodType | undefined, where: 'path' | 'query'): JsonObject[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemas.sent(schema) as { properties?: Record<string, JsonObject>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

const header = (name: string, required: boolean, description: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'header',
  required,
  description,
  schema,
})

function headersOf({ access }: Operation): JsonObject[] {
  if ('public' in access) return []
  const post = header('x-post', false, '以哪个岗位办理；缺省为第一个 / the post to act in; the first one unless told', {
    type: 'string',
    format: 'uuid',
  })
  if ('self' in access) return [post]
  const purpose = header('x-purpose', true, '查看用途，百分号编码，留痕 / why, percent-encoded, kept on record', {
    type: 'string',
    maxLength: 600,
  })
  return access.purpose === true ? [post, purpose] : [post]
}

function bodyOf(schemas: Schemas, operation: Operation): JsonObject {
  if (operation.bodyType === 'bytes') {
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
      },
    }
  }
  if (operation.body === undefined) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: schemas.sent(operation.body) } } } }
}

function describe(schemas: Schemas, operation: Operation): JsonObject {
  const security: JsonObject[] = 'public' in operation.access ? [] : [{ session: [], device: [] }]
  const codes = failsOf(operation)
  return {
    operationId: operation.id,
    tags: [operation.id.split('.')[0] ?? ''],
    summary: operation.summary.zh,
    description: operation.summary.en,
    security,
    parameters: [
      ...parametersOf(schemas, operation.params, 'path'),
      ...parametersOf(schemas, operation.query, 'query'),
      ...headersOf(operation),
    ],
    ...bodyOf(schemas, operation),
    responses: {
      200: {
        description: '成功 / Done',
        content: {
          [operation.stream === true ? 'text/event-stream' : 'application/json']: { schema: schemas.answered(operation.returns) },
        },
      },
      default: {
        description: `没有办成，见 code / Not done, see code: ${codes.join(', ')}`,
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { type: 'object', properties: { code: { type: 'string', examples: codes } } },
              ],
            },
          },
        },
      },
    },
    'x-access': operation.access as unknown as JsonObject,
    'x-errors': codes,
  }
}

const Problem: JsonObject = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance', 'fields'],
  properties: {
    type: { type: 'string', pattern: '^urn:yigongli:problem:' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', pattern: '^[A-Z_]+$' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

/** The document of these operations. @throws Error when two operations share an id or an address */
export function openapi(of: readonly Operation[]): JsonObject {
  const paths: Record<string, JsonObject> = {}
  const ids = new Set<string>()
  const schemas = new Schemas()
  const sorted = of.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  for (const { returns } of sorted) schemas.answered(returns)
  for (const operation of sorted) {
    const path = operation.path.replaceAll(/:([A-Za-z]+)/g, '{$1}')
    const method = operation.method.toLowerCase()
    const item = (paths[path] ??= operation.root === true ? { servers: [{ url: '/' }] } : {})
    if (ids.has(operation.id) || method in item) throw new Error(`${operation.id} is declared twice`)
    ids.add(operation.id)
    item[method] = describe(schemas, operation)
  }
  const used = new Set(of.map((o) => o.id.split('.')[0]))
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: '一公里 Yigongli',
      version: '0.1.0',
      description: '组织生活与基层公共服务平台 / Organisational life and grassroots public services of a province',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
    tags: tags.filter((tag) => used.has(tag['name'] as string)),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'yigongli', description: '登录后得到 / given at sign-in' },
        device: { type: 'apiKey', in: 'header', name: 'x-device-id', description: '登录时的设备编号 / the device that signed in' },
      },
      schemas: { Problem, ...Object.fromEntries(Object.entries(schemas.all).sort(([a], [b]) => (a < b ? -1 : 1))) },
    },
  }
}

/** The text of the committed file. */
export const openapiText = (): string => `${JSON.stringify(openapi(operations), null, 2)}\n`

/** The committed document. */
export const readOpenapi = (): JsonObject => JSON.parse(readFileSync(file, 'utf8')) as JsonObject

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, openapiText())
