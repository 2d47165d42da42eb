/** Materialised paths: a segment for each organisation from the top down, each ended by `/`. */
import { sql, type RawBuilder } from '#platform'

/** The last eight hexadecimal digits of the id: its random part in every version of UUID in use. */
export const segmentOf = (id: string): string => id.slice(-8).toLowerCase()

/** Path of an organisation under this superior. */
export const pathUnder = (superior: string, id: string): string => `${superior}${segmentOf(id)}/`

/** Paths of all superiors, the highest first; empty for the highest organisation. */
export function superiorPaths(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.slice(1).map((_, i) => `${segments.slice(0, i + 1).join('/')}/`)
}

/** SQL: the same of the path in this column, as an array. */
export const superiorPathsOf = (column: RawBuilder<unknown>): RawBuilder<string[]> => sql<string[]>`
  array(select array_to_string(segments[1:n], '/') || '/' from string_to_array(rtrim(${column}, '/'), '/') segments, generate_series(1, cardinality(segments) - 1) n)`

/** SQL: is the path in this column this one or below it? */
export const isWithin = (column: RawBuilder<unknown>, path: string): RawBuilder<boolean> =>
  sql<boolean>`(${column} >= ${path} and ${column} < ${`${path.slice(0, -1)}0`})`
