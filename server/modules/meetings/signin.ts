/** Signing in: the hot path. Requests that arrive together are committed together; each gets its own answer. */
import { timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/attendance'
import { type Call, type Context, DomainError, type Secrets, sql } from '#platform'
import { signedIn } from './held.ts'
import { notOnRoster, notYours } from './steps.ts'
import type { State } from './states.ts'

/** A code lives for its own half minute and the next: at most 60 seconds. */
const windowMilliseconds = 30_000

function tokenFor(secrets: Secrets, gatheringId: string, window: number): string {
  return secrets.lookup('sign-in', `${gatheringId}:${window}`).subarray(0, 12).toString('base64url')
}

/** The code to show on the wall now. */
export function currentCode(secrets: Secrets, gatheringId: string, now: Date): { token: string; validUntil: string } {
  const window = Math.floor(now.getTime() / windowMilliseconds)
  return { token: tokenFor(secrets, gatheringId, window), validUntil: new Date((window + 2) * windowMilliseconds).toISOString() }
}

function codeIsFresh(secrets: Secrets, gatheringId: string, token: string, now: Date): boolean {
  const window = Math.floor(now.getTime() / windowMilliseconds)
  return [window, window - 1].some((w) => {
    const right = Buffer.from(tokenFor(secrets, gatheringId, w))
    const given = Buffer.from(token)
    return right.length === given.length && timingSafeEqual(right, given)
  })
}

type SignIn = Call<typeof contract.signInToGathering>
type Answer = z.output<typeof contract.signInToGathering.returns>

const expired = () =>
  new DomainError('CODE_EXPIRED', {
    sentence: {
      zh: '这个签到码已过期。请扫现场屏幕上最新的码，或请记录人点名。',
      en: 'This code has expired. Scan the one now on the screen, or ask the recorder.',
    },
  })
const onsiteOnly = () =>
  new DomainError('OUTSIDE_WINDOW', {
    sentence: { zh: '这次活动只在现场进行，请扫现场的签到码。', en: 'This gathering is on site only; scan the code there.' },
  })

interface Found {
  n: number
  found: boolean
  onRoster: boolean
  state: State
  mode: string
  before: string
  at: string | null
}

/** Signs in a group of callers in one statement. @returns an answer or a refusal for each, in order */
export async function signIn(ctx: Context, secrets: Secrets, calls: SignIn[]): Promise<(Answer | DomainError)[]> {
  const outcomes: (Answer | DomainError | undefined)[] = calls.map(({ params, body, caller }) => {
    if (caller.account?.subjectId !== params.memberId) return notYours()
    if (body.how === 'CODE' && !codeIsFresh(secrets, params.gatheringId, body.token ?? '', ctx.now)) return expired()
    return undefined
  })
  const open = calls.flatMap((call, n) => (outcomes[n] === undefined ? [{ call, n }] : []))
  if (open.length === 0) return outcomes as (Answer | DomainError)[]
  const rows = await ctx.query(sql<{ n: number; at: string; heldOn: string | null }>`
    update meetings.attendance a set state = asked.state, leave_reason = null, confirmed_by = 'SELF', device_at = asked.device_at, confirmed_at = now()
    from (${asking(open)}) asked
    -- One by one by its key; joined, the planner would look through all gatherings of the organisation.
    cross join lateral (
      select g.held_on, g.mode from meetings.gathering g where g.county = asked.county and g.id = asked.gathering_id
        and (g.organisation_id = asked.organisation_id) is true and g.state = 'IN_PROGRESS' offset 0) g
    where a.county = asked.county and a.gathering_id = asked.gathering_id and a.member_id = asked.member_id
      and (asked.state = 'PRESENT_ONSITE' or g.mode <> 'ONSITE') and a.state not in ('PRESENT_ONSITE', 'PRESENT_ONLINE')
    returning asked.n, a.confirmed_at as at, g.held_on as "heldOn"`)
  for (const { n, at, heldOn } of rows) {
    const call = calls[n]
    if (call === undefined) continue
    const { node, params, caller, body } = call
    outcomes[n] = { memberId: params.memberId, state: stateBy(body.how), confirmedAt: at, repeated: false }
    ctx.emit(
      {
        type: signedIn,
        county: node.county,
        nodeId: node.id,
        path: node.path,
        subjectId: params.memberId,
        data: { gatheringId: params.gatheringId, how: body.how, heldOn },
      },
      caller,
    )
    ctx.audit({ operation: 'meetings.signInToGathering', county: node.county, subjectId: params.memberId, rows: 1 }, caller)
  }
  await explain(ctx, calls, outcomes)
  return outcomes as (Answer | DomainError)[]
}

const stateBy = (how: SignIn['body']['how']) => (how === 'CODE' ? ('PRESENT_ONSITE' as const) : ('PRESENT_ONLINE' as const))

/** SQL: what the callers ask for, a row each. */
const asking = (open: readonly { call: SignIn; n: number }[]) => sql`
  select * from unnest(${open.map((o) => o.call.node.county)}::text[], ${open.map((o) => o.call.params.gatheringId)}::uuid[],
    ${open.map((o) => o.call.node.id)}::uuid[], ${open.map((o) => o.call.params.memberId)}::uuid[],
    ${open.map((o) => stateBy(o.call.body.how))}::text[], ${open.map((o) => o.call.body.deviceAt)}::timestamptz[], ${open.map((o) => o.n)}::int[])
    as t(county, gathering_id, organisation_id, member_id, state, device_at, n)`

/** Why nothing was written for the rest. Asked afterwards, so that it sees what another call or another node wrote meanwhile. */
async function explain(ctx: Context, calls: readonly SignIn[], outcomes: (Answer | DomainError | undefined)[]): Promise<void> {
  const rest = calls.flatMap((call, n) => (outcomes[n] === undefined ? [{ call, n }] : []))
  if (rest.length === 0) return
  const rows = await ctx.query(sql<Found>`
    select asked.n, g.id is not null as found, a.member_id is not null as "onRoster", g.state, g.mode, a.state as before, a.confirmed_at as at
    from (${asking(rest)}) asked
    left join meetings.gathering g on g.county = asked.county and g.id = asked.gathering_id and g.organisation_id = asked.organisation_id
    left join meetings.attendance a on a.county = asked.county and a.gathering_id = asked.gathering_id and a.member_id = asked.member_id`)
  for (const row of rows) {
    const call = calls[row.n]
    if (call !== undefined) outcomes[row.n] = explained(row, call, ctx.now)
  }
}

function explained(row: Found, call: SignIn, now: Date): Answer | DomainError {
  if (!row.found) return new DomainError('NOT_FOUND')
  if (!row.onRoster) return notOnRoster()
  if (row.before === 'PRESENT_ONSITE' || row.before === 'PRESENT_ONLINE') {
    return { memberId: call.params.memberId, state: row.before, confirmedAt: row.at ?? now.toISOString(), repeated: true }
  }
  if (row.state !== 'IN_PROGRESS') {
    return new DomainError('WRONG_STATE', {
      sentence: {
        zh: '活动还没有开始，或已经结束，不能签到。如您到了会，请告诉记录人。',
        en: 'The gathering is not in progress. If you were there, tell the recorder.',
      },
    })
  }
  if (row.mode === 'ONSITE' && call.body.how === 'ONLINE') return onsiteOnly()
  // It began between the two statements: the next try will do.
  return new DomainError('BUSY', { retryAfter: 1 })
}
