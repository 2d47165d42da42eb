/** Throttling of attempts per account, device and network, counted in the database so that all nodes agree. */
import type { Context } from './context.ts'
import { sql } from './database.ts'
import { DomainError } from './errors.ts'

/**
 * Counts one attempt and refuses when there were too many in the window.
 * @param windowSeconds length of the fixed window
 * @throws DomainError TOO_MANY_ATTEMPTS with Retry-After
 */
export async function attempt(ctx: Context, kind: string, key: Buffer, most: number, windowSeconds: number): Promise<void> {
  const start = new Date(Math.floor(ctx.now.getTime() / (windowSeconds * 1000)) * windowSeconds * 1000)
  const { count } = await ctx.get(sql<{ count: number }>`
    insert into platform.attempt (kind, key, window_start) values (${kind}, ${key}, ${start})
    on conflict (kind, key, window_start) do update set count = platform.attempt.count + 1
    returning count`)
  if (count > most) {
    const retryAfter = Math.ceil((start.getTime() + windowSeconds * 1000 - ctx.now.getTime()) / 1000)
    throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfter })
  }
}
