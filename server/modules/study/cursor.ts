/** Where the last page ended: the moment sorted by, and the id. */
import { wrongCursor } from '#platform'

export interface After {
  at: string
  id: string
}

/** @throws DomainError INVALID on anything but a mark this module has given */
export function afterOf(cursor: string | undefined): After | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (at !== undefined && id !== undefined && !Number.isNaN(Date.parse(at))) return { at, id }
  throw wrongCursor()
}

/** One page of rows that were read one too many, and the mark of the next. */
export function pageOf<Row extends { id: string; key: string }>(rows: readonly Row[], limit: number) {
  const here = rows.slice(0, limit)
  const last = rows.length > limit ? here.at(-1) : undefined
  return { here: here.map(({ key: _key, ...row }) => row), next: last === undefined ? null : `${last.key}~${last.id}` }
}
