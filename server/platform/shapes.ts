/** Parts of a text from outside that PostgreSQL would refuse to read, and a refusal of its own is told as a fault of ours. */
import { z } from 'zod'

const day = z.iso.date()

/** Is it an id as PostgreSQL writes one? */
export const isId = (text: string | undefined): text is string =>
  text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Is it a day that there is, `YYYY-MM-DD`, from the year 1? */
export const isDay = (text: string | undefined): text is string => text !== undefined && text >= '0001' && day.safeParse(text).success
