/** The small schemas every contract uses: ids, dates, moments, names, pages. Shapes only, no meaning of the field. */
import { z } from 'zod'

/** Made by the client (UUIDv7), so that sending twice is the same record once. */
export const Id = z.uuid({ error: '需要一个 UUID（客户端生成）/ must be a UUID made by the client' })
/** The years anybody here was born in or will plan for; a database knows others, but they are always mistakes. */
const withinLife = [
  (text: string) => text >= '1900' && text < '2200',
  '年份应在 1900 到 2199 之间 / the year must be between 1900 and 2199',
] as const

/** A legal date in Asia/Shanghai, `YYYY-MM-DD`, without a time. */
export const Day = z.iso.date({ error: '需要形如 2026-03-31 的日期 / must be a date like 2026-03-31' }).refine(...withinLife)
/** A moment with its offset, ISO 8601. */
export const Moment = z.iso
  .datetime({ offset: true, error: '需要带时区的时刻，如 2026-03-31T19:30:00+08:00 / must be a moment with offset' })
  .refine(...withinLife)
  .refine((moment) => !/[+-](1[5-9]|2\d):\d\d$/.test(moment), '时区相差不超过 14 小时 / no time zone is that far from UTC')
/** A calendar month in Asia/Shanghai, `YYYY-MM`. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, '需要形如 2026-03 的月份 / must be a month like 2026-03')
  .refine(...withinLife)
/** Six-digit code of a county (GB/T 2260), the distribution key. */
export const County = z.string().regex(/^\d{6}$/, '需要 6 位县级区划代码 / must be a six-digit county code')
/** One line of text, 1–`max` characters after trimming; never trims the “·” of a name. */
export const line = (max: number) =>
  z.string().trim().min(1, '不能为空 / must not be empty').max(max, `最多 ${max} 个字 / at most ${max} characters`)
/** Free text, up to `max` characters. */
export const text = (max: number) => z.string().max(max, `最多 ${max} 个字 / at most ${max} characters`)
/** The version a writer last saw; a stale one is refused with STALE_VERSION. */
export const Version = z.int().min(0)

/** Keyset paging: `cursor` is the `next` of the page before; `limit` 1–200. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** A page of `item`s; `next` is null on the last one. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
/** Nothing to say. */
export const Done = z.object({ done: z.literal(true) })
export const idParams = <K extends string>(...names: K[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, Id])) as Record<K, typeof Id>)
