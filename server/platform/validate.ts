/** Judges what was sent by the operation's schemas; every mistake names its field and says what to do. */
import { z } from 'zod'
import { en, zhCN } from 'zod/locales'
import type { Operation } from '#contract/operation'
import { unkeepable } from './body.ts'
import { DomainError, type FieldProblem } from './errors.ts'

const sayings = { zh: zhCN().localeError, en: en().localeError }
const unknownField = '不认识这个字段，请删去后再发 / no such field; remove it'
const noBody = '这个操作不需要请求内容，请不要发送 / this operation takes no body; send none'
const nothing = z.strictObject({})

type Where = 'path' | 'query' | 'body'

function judge(schema: z.ZodType, value: unknown, where: Where, language: 'zh' | 'en', fields: FieldProblem[]): unknown {
  const parsed = schema.safeParse(value, { error: sayings[language] })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const path = [where, ...issue.path].join('.')
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) fields.push({ path: `${path}.${key}`, message: unknownField })
    else fields.push({ path, message: issue.message })
  }
  return undefined
}

const refuseFor = (fields: FieldProblem[]) => {
  if (fields.length > 0) throw new DomainError('INVALID', { fields })
}

/** Path and query. @throws DomainError INVALID */
export function judgeAddress(operation: Operation, params: unknown, query: unknown, language: 'zh' | 'en') {
  const fields = [...unkeepable(params, 'path'), ...unkeepable(query, 'query')]
  refuseFor(fields)
  const judged = {
    params: judge(operation.params ?? nothing, params, 'path', language, fields),
    query: judge(operation.query ?? nothing, query, 'query', language, fields),
  }
  refuseFor(fields)
  return judged
}

/** The body: bytes as they are, JSON by its schema. @throws DomainError BODY_TYPE, INVALID */
export function judgeBody(operation: Operation, body: unknown, language: 'zh' | 'en'): unknown {
  const isBytes = Buffer.isBuffer(body)
  if (operation.bodyType === 'bytes') {
    if (body !== undefined && !isBytes) throw new DomainError('BODY_TYPE', { sentence: bytesWanted })
    return body
  }
  if (isBytes && body.length > 0) throw new DomainError('BODY_TYPE')
  const fields: FieldProblem[] = []
  if (operation.body !== undefined) {
    const judged = judge(operation.body, isBytes ? undefined : body, 'body', language, fields)
    refuseFor(fields)
    return judged
  }
  const empty = body === undefined || isBytes || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)
  if (!empty) refuseFor([{ path: 'body', message: noBody }])
  return undefined
}

const bytesWanted = {
  zh: '请把文件内容直接作为请求内容发送，类型为 application/octet-stream。',
  en: 'Send the content of the file itself as the body, as application/octet-stream.',
}

/** In tests: the answer holds what its schema promises and nothing more. @throws Error */
export function judgeAnswer(operation: Operation, answer: unknown): void {
  const promised: unknown = operation.returns.parse(answer)
  const surplus = beyond(JSON.parse(JSON.stringify(answer ?? null)), promised, operation.id)
  if (surplus !== undefined) throw new Error(`the answer says more than its contract: ${surplus}`)
}

/** The first path at which `value` holds something that `promised` does not. */
function beyond(value: unknown, promised: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || typeof promised !== 'object' || promised === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (!(key in promised)) return `${path}.${key}`
    const deeper = beyond(inner, (promised as Record<string, unknown>)[key], `${path}.${key}`)
    if (deeper !== undefined) return deeper
  }
  return undefined
}
