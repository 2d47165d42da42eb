/** Pages of a list sorted by a moment and then by id, newest first. The mark of the next page is where this one ended. */
import { type RawBuilder, sql } from './database.ts'
import { wrongCursor } from './errors.ts'
import { isDay, isId } from './shapes.ts'

/** SQL: the moment in this column to the microsecond, as `pageOf` takes it. */
export const keyOfMoment = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const mark = /^((\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d\.\d{6}Z)~(.{36})$/

/**
 * SQL: does it come after the last page?
 * @param sorted the columns of moment and id
 * @throws DomainError INVALID on anything but a mark `pageOf` has given
 */
export function comesAfter(cursor: string | undefined, sorted: { at: RawBuilder<unknown>; id: RawBuilder<unknown> }): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`
  const [, at, day, id] = mark.exec(cursor) ?? []
  if (at === undefined || !isDay(day) || !isId(id) || Number.isNaN(Date.parse(at))) throw wrongCursor()
  return sql<boolean>`(${sorted.at}, ${sorted.id}) < (${at}::timestamptz, ${id}::uuid)`
}

/** One page of rows that were read one too many, and the mark of the next. @param rows with `keyOfMoment` as their `key` */
export function pageOf<Row extends { id: string; key: string }>(rows: readonly Row[], limit: number) {
  const here = rows.slice(0, limit)
  const last = rows.length > limit ? here.at(-1) : undefined
  return { items: here.map(({ key: _key, ...row }) => row), next: last === undefined ? null : `${last.key}~${last.id}` }
}
