/** The platform as this device reaches it: no answer is told apart from a refusal, and a refusal is a receipt too. */
import { getShelf, putAct } from '#contract/sync'
import { call, Problem } from '../client.ts'
import { Away, type Platform } from './exchange.ts'
import { syncNow } from './known.ts'

/** Does this problem say nothing about what was sent? Then it is sent again. */
export const passes = ({ code, status }: Problem): boolean => code === 'OFFLINE' || status === 401 || status === 429 || status >= 500

/** An answer is waited for so long: out of range a connection can seem open for a quarter of an hour, and nothing else is sent meanwhile. */
const answerMilliseconds = 120_000

function inTime(): AbortSignal {
  const stop = new AbortController()
  setTimeout(() => stop.abort(new DOMException('', 'TimeoutError')), answerMilliseconds)
  return stop.signal
}

/** @throws Away when the platform cannot say anything now */
async function reaching<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Problem && passes(error)) throw new Away(error.code)
    throw error
  }
}

export const platform: Platform = {
  async deliver({ id, ...written }) {
    try {
      return await reaching(call(putAct, { params: { actId: id }, body: { ...written, offsetMs: syncNow().offsetMs } }, inTime()))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // Refused before it could be looked at: that too is said and not dropped.
      const { code, status, message, fields } = error
      const { operation, deviceAt } = written
      const problem = { code, status, title: { zh: message, en: message }, fields }
      const receipt = { actId: id, operation, outcome: 'REFUSED' as const, deviceAt, receivedAt: new Date().toISOString() }
      return { ...receipt, said: null, problem, repeated: false, answer: null }
    }
  },
  page: (postId, since) => reaching(call(getShelf, { query: { since } }, inTime(), { post: postId })),
}
