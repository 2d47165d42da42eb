/** Finding a text by any characters in it. */
import { type RawBuilder, sql } from './database.ts'

/** SQL: does the text contain what was typed, whatever the case? Answered by an index on `platform.grams` of exactly this text where there is one. */
export const contains = (text: RawBuilder<unknown>, typed: string): RawBuilder<boolean> =>
  sql<boolean>`(position(lower(${typed}) in lower(${text})) > 0 and platform.grams(${text}) @> platform.sought(${typed}))`
