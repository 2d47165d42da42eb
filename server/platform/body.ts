/** The body of a request as a value, with what no database can keep refused by name: broken UTF-8, null characters, half characters. */
import { isUtf8 } from 'node:buffer'
import { DomainError, type FieldProblem } from './errors.ts'

const mostDeep = 32

/** What is written down must be whole characters, and PostgreSQL keeps no null character. */
const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

const refusedText =
  '含有无法保存的字符（空字符或不完整的字符），请删去后再发 / holds a character that cannot be kept (null or half a character); remove it'
const refusedName = '不认识这个字段，请删去后再发 / no such field; remove it'
const refusedDepth = '层次太多，请减少嵌套 / nested too deeply'

/** Names each text in a value that cannot be kept, by its path. */
export function unkeepable(value: unknown, path: string, found: FieldProblem[] = [], depth = 0): FieldProblem[] {
  if (found.length >= 20) return found
  if (typeof value === 'string') {
    if (!isKeepable(value)) found.push({ path, message: refusedText })
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= mostDeep) found.push({ path, message: refusedDepth })
    else for (const [key, inner] of Object.entries(value)) unkeepable(inner, within(path, key, found), found, depth + 1)
  }
  return found
}

function within(path: string, key: string, found: FieldProblem[]): string {
  if (isKeepable(key) && key !== '__proto__') return `${path}.${key}`
  const name = `${path}.${key.toWellFormed().replaceAll('\0', '�')}`
  found.push({ path: name, message: refusedName })
  return name
}

/** Only escapes can hold a null or a half character in valid UTF-8, and only this name reaches the prototype: the rest is not looked through. */
const suspicious = /\\u|__proto__/

/** Reads JSON. @throws DomainError NOT_JSON, or INVALID naming the fields that cannot be kept */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new DomainError('NOT_JSON')
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new DomainError('NOT_JSON')
  }
  if (suspicious.test(text)) {
    const fields = unkeepable(value, 'body')
    if (fields.length > 0) throw new DomainError('INVALID', { fields })
  }
  return value
}
