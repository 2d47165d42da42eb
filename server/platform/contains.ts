/** Finding a text by any characters in it. */
import { type RawBuilder, sql } from './database.ts'

/**
 * SQL: does the text contain what was typed, whatever the case? Answered by an index on `platform.grams` of exactly this text where few have it;
 * where many have it, in the order they are asked for.
 */
export const contains = (text: RawBuilder<unknown>, typed: string): RawBuilder<boolean> =>
  sql<boolean>`(platform.grams(${text}) @> platform.sought(${typed}) and position(lower(${typed}) in lower(${text})) > 0)`
