/** The readable face of the OpenAPI document: one page, no script, nothing fetched from elsewhere. The document is handed in. */
import type { FastifyInstance } from 'fastify'

/** As much of an OpenAPI 3.1 document as the page reads. */
interface ApiDocument {
  info: { title: string; version: string; description: string }
  tags: { name: string; description: string }[]
  /** `servers` where the path stands at the root. */
  paths: Record<string, { servers?: unknown } & Record<string, ApiCall>>
  components: { schemas: Record<string, Schema> }
}

interface ApiCall {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: unknown[]
  parameters: { name: string; in: string; required: boolean; schema: Schema; description?: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
  'x-access': { public?: true; self?: true; may?: string; within?: string; expect?: Record<string, string[]> }
  'x-errors': string[]
}

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 22%, transparent); --dim: color-mix(in srgb, currentcolor 70%, transparent) }
body { font: 16px/1.6 system-ui, 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif; max-width: 68rem; margin: 0 auto; padding: 1rem }
h2 { margin: 3rem 0 1rem; border-bottom: 2px solid var(--line) } h3 { margin: 2rem 0 .25rem; font-size: 1.1rem }
code { font-family: ui-monospace, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere } p { margin: .25rem 0 }
.method { display: inline-block; min-width: 4.5em; font-weight: 700 } .dim { color: var(--dim) }
nav ul { columns: 18rem; padding-left: 1.2rem } table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line) }
`

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: unknown) => String(text).replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)
const code = (text: unknown) => `<code>${safe(text)}</code>`

/** What a value may be, in one line, with links to named schemas. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#${safe(name)}">${safe(name)}</a>`
  }
  if (schema.enum !== undefined) return schema.enum.map(code).join(' | ')
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' &amp; ')
  if (schema.items !== undefined) return `[ ${typeOf(schema.items)} ]${bounds(schema.minItems, schema.maxItems)}`
  if (schema.properties !== undefined) return fields(schema)
  if (typeof schema.additionalProperties === 'object') return `{ … : ${typeOf(schema.additionalProperties)} }`
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return (
    safe(type) +
    (schema.format === undefined ? '' : ` ${safe(schema.format)}`) +
    bounds(schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength)
  )
}

/** `1–200`; bounds that only say “a number” are left out. */
function bounds(least: number | undefined, most: number | undefined): string {
  const from = least === undefined || least <= -Number.MAX_SAFE_INTEGER ? '' : String(least)
  const to = most === undefined || most >= Number.MAX_SAFE_INTEGER ? '' : String(most)
  return from === '' && to === '' ? '' : ` <span class="dim">${from}–${to}</span>`
}

const row = (name: string, needed: boolean, schema: Schema, note: string) =>
  `<tr><td>${code(name)}${needed ? '' : ' <span class="dim">可选 optional</span>'}</td><td>${typeOf(schema)}${
    schema.default === undefined ? '' : ` <span class="dim">= ${safe(JSON.stringify(schema.default))}</span>`
  }${note === '' ? '' : `<br><span class="dim">${safe(note)}</span>`}</td></tr>`

function fields(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, inner]) =>
    row(name, schema.required?.includes(name) ?? false, inner, ''),
  )
  return rows.length === 0 ? '{ }' : `<table>${rows.join('')}</table>`
}

function accessOf(call: ApiCall): string {
  const access = call['x-access']
  if (access.public === true) return '任何人 / anybody'
  if (access.self === true) return '登录的人，只涉及本人 / whoever has signed in, for themselves'
  const roles = Object.entries(access.expect ?? {}).map(([role, relations]) => `${code(role)} ${safe(relations.join(', '))}`)
  return `${code(access.may)} — ${roles.join(' · ')}`
}

function describe(path: string, method: string, call: ApiCall): string {
  const parameters = call.parameters.map((p) => row(`${p.name} (${p.in})`, p.required, p.schema, p.description ?? ''))
  const body = Object.entries(call.requestBody?.content ?? {}).map(([type, { schema }]) => row(type, true, schema, ''))
  const answer = Object.values(call.responses['200']?.content ?? {}).map(({ schema }) => typeOf(schema))
  return `<section id="${safe(call.operationId)}"><h3><span class="method">${safe(method.toUpperCase())}</span> ${code(path)}</h3>
<p><strong>${safe(call.summary)}</strong> <span class="dim">${safe(call.description)}</span></p>
<p>谁可以 / who: ${accessOf(call)}</p>
${parameters.length === 0 ? '' : `<table>${parameters.join('')}</table>`}
${body.length === 0 ? '' : `<p>发送 / send</p><table>${body.join('')}</table>`}
<p>返回 / returns: ${answer.join('')}</p>
<p class="dim">${call['x-errors'].map(code).join(' ')}</p></section>`
}

/** The page as HTML. */
function page(api: ApiDocument): string {
  const calls = Object.entries(api.paths).flatMap(([path, { servers, ...item }]) =>
    Object.entries(item).map(([method, call]) => ({ path: servers === undefined ? `/api${path}` : path, method, call })),
  )
  const groups = api.tags.map((tag) => ({ tag, calls: calls.filter(({ call }) => call.tags.includes(tag.name)) }))
  const contents = groups.map(
    ({ tag, calls: own }) =>
      `<p><a href="#tag-${safe(tag.name)}">${safe(tag.description)}</a></p><ul>${own
        .map(({ call }) => `<li><a href="#${safe(call.operationId)}">${safe(call.summary)}</a></li>`)
        .join('')}</ul>`,
  )
  const sections = groups.map(
    ({ tag, calls: own }) =>
      `<h2 id="tag-${safe(tag.name)}">${safe(tag.description)}</h2>${own.map((c) => describe(c.path, c.method, c.call)).join('\n')}`,
  )
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `<h3 id="${safe(name)}">${safe(name)}</h3><div>${typeOf(schema)}</div>`,
  )
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(api.info.title)} · API</title><link rel="stylesheet" href="/api/docs.css"></head><body>
<header><h1>${safe(api.info.title)} · API</h1><p>${safe(api.info.description)}</p>
<p>OpenAPI 3.1: <a href="/api/openapi.json">/api/openapi.json</a> · ${safe(api.info.version)}</p></header>
<nav aria-label="目录 / contents">${contents.join('')}</nav><main>${sections.join('')}
<h2 id="schemas">数据 / Schemas</h2>${schemas.join('')}</main></body></html>`
}

/** Adds `/api/openapi.json` and, for people, `/api/docs` with its stylesheet. @param document an OpenAPI 3.1 document with x-access and x-errors */
export function addDocs(app: FastifyInstance, document: unknown): void {
  const json = JSON.stringify(document)
  const html = page(document as ApiDocument)
  app.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(json))
  app.get('/api/docs.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
  app.get('/api/docs', (_request, reply) =>
    reply
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(html),
  )
}
