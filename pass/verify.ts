/** The verdict on a code, without a network: a pure function of the text, the trust bundle and the time. */
import { readCode } from './code.ts'
import { verifyingKey } from './keys.ts'
import { type ReadPass, readPass } from './pass.ts'
import { PassProblem } from './problem.ts'
import { type Proof, proofSeconds, proves, readProof } from './proof.ts'
import { isSignedBy } from './sign1.ts'
import { status } from './statuses.ts'
import type { Trust } from './trust.ts'
import { accepting, ageInWords, dayInWords, type Facts, inWords, type Outcome, type Sentence, type Variant } from './words.ts'

/** What a pass says. Only of a pass whose signature is good. */
export interface VerifiedPass {
  copyId: string
  /** Masked, for example 王*明. */
  name: string
  branch: string
  /** Name of the committee that issued it. */
  issuer: string
  issuedAt: Date
  expiresAt: Date
  /** Made for a phone, or on paper? */
  holderBound: boolean
}

export interface Verdict {
  outcome: Outcome
  accepted: boolean
  /** A few characters to be read from a distance. */
  title: Sentence
  /** What was found. */
  sentence: Sentence
  /** What to do now. */
  next: Sentence
  /** Null when nobody trusted signed it. */
  pass: VerifiedPass | null
  /** Seconds since the status list that was asked was signed; null when none was. */
  listAge: number | null
}

/**
 * Seconds by which the clocks of two phones may differ: both set themselves when they have a network, and drift by some seconds a week without.
 * A proof may be from as far in the future.
 */
export const phoneClockSeconds = 30

/**
 * Seconds by which a verifier's clock may be behind the platform's when a pass or list was just signed. A pass lives for months and a list for days:
 * five minutes change nothing there, and a phone that was without a network for a month is no further off.
 */
export const documentClockSeconds = 300

/**
 * A clock set by hand to another time zone, or to the wrong half of the day or yesterday, is off by whole hours, up to a day. A proof that is as
 * old as that, give or take `phoneClockSeconds`, may be a wrong clock rather than a screenshot; both are refused, in other words.
 */
const hourSeconds = 3600
const mostHoursOff = 24

const seconds = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / 1000)
const nothing: Sentence = { zh: '', en: '' }

/** What was found, and the facts for its sentence. */
interface Found {
  variant: Variant
  age?: number
  on?: Date
}

interface VerifyOptions {
  /**
   * Looked at again later, for example by the platform when a phone that was without a network hands in what it checked: lists newer than `at` are
   * then no sign of a wrong clock, and what they say counts.
   */
  afterwards?: boolean
}

/**
 * Checks a scanned text. Never throws: whatever the text is, it answers.
 * @param text as a camera or scanner reads it
 * @param trust see `openTrust`
 * @param at the time by the verifier's clock
 */
export async function verify(text: string, trust: Trust, at: Date, { afterwards = false }: VerifyOptions = {}): Promise<Verdict> {
  let code: ReturnType<typeof readCode>
  let pass: ReadPass
  let proof: Proof | null
  try {
    code = readCode(text)
    if (code === undefined) return verdict({ variant: 'OTHER_CODE' })
    pass = readPass(code.pass)
    proof = code.proof === null ? null : readProof(code.proof)
  } catch (error) {
    if (error instanceof PassProblem) return verdict({ variant: 'ALTERED' })
    throw error
  }
  const issuer = trust.issuer(pass.kid)
  if (issuer === undefined) return verdict({ variant: 'ISSUER_UNKNOWN' })
  if (!(await isSignedBy(pass.signed, await trust.keyOf(issuer)))) return verdict({ variant: 'ALTERED' })

  const list = trust.statuses(issuer, pass.status.uri)
  const { copyId, name, branch, issuedAt, expiresAt, holder } = pass
  const verified = { copyId, name, branch, issuer: issuer.name, issuedAt, expiresAt, holderBound: holder !== null }
  const answer = (found: Found) => verdict(found, verified, list === undefined ? null : Math.max(0, seconds(list.issuedAt, at)))

  const listedAt = Math.max(issuer.listedAt.getTime(), list?.issuedAt.getTime() ?? 0)
  const behind = seconds(at, new Date(listedAt))
  if (!afterwards && behind > documentClockSeconds) return answer({ variant: 'CLOCK_LIST', age: behind })
  if (issuer.withdrawnAt !== null && issuedAt >= issuer.withdrawnAt) return answer({ variant: 'ISSUER_WITHDRAWN', on: issuer.withdrawnAt })
  if (issuedAt < issuer.validFrom || issuedAt > issuer.validUntil) return answer({ variant: 'ISSUER_EXPIRED', on: issuedAt })
  if (seconds(at, issuedAt) > documentClockSeconds) return answer({ variant: 'NOT_YET', on: issuedAt })
  if (at >= expiresAt) return answer({ variant: 'EXPIRED', on: expiresAt })
  const value = list?.at(pass.status.index)
  if (value === status.revoked) return answer({ variant: 'REVOKED' })
  if (value !== undefined && value !== status.valid) return answer({ variant: 'SUSPENDED' })
  const shown = await judgeHolder(pass, code.pass, proof, at)
  if (shown !== undefined) return answer(shown)
  if (list === undefined || value === undefined) return answer({ variant: 'LIST_MISSING' })
  const paper = holder === null
  if (at > list.expiresAt) return answer({ variant: paper ? 'LIST_OLD_PAPER' : 'LIST_OLD', age: seconds(list.issuedAt, at) })
  if (at > issuer.listExpiresAt) return answer({ variant: paper ? 'ISSUERS_OLD_PAPER' : 'ISSUERS_OLD', age: seconds(issuer.listedAt, at) })
  return answer({ variant: paper ? 'VALID_PAPER' : 'VALID' })
}

/** Is it shown by the phone it was made for? Undefined when nothing is wrong, and for a copy on paper, which has no phone. */
async function judgeHolder({ holder, issuedAt }: ReadPass, pass: Uint8Array, proof: Proof | null, at: Date): Promise<Found | undefined> {
  if (holder === null) return proof === null ? undefined : { variant: 'PROOF_WRONG' }
  if (proof === null) return { variant: 'COPY' }
  let key: CryptoKey
  try {
    key = await verifyingKey(holder)
  } catch {
    return { variant: 'PROOF_WRONG' }
  }
  if (!(await proves(proof, pass, key))) return { variant: 'PROOF_WRONG' }
  const age = seconds(proof.at, at)
  if (Math.abs(age) <= (age > 0 ? proofSeconds : phoneClockSeconds)) return undefined
  const early = seconds(proof.at, issuedAt)
  if (age < 0 || early > documentClockSeconds || isWholeHours(age)) return { variant: 'CLOCK', age: Math.abs(age) }
  return { variant: 'PROOF_OLD', age }
}

function isWholeHours(age: number): boolean {
  const hours = Math.round(age / hourSeconds)
  return hours >= 1 && hours <= mostHoursOff && Math.abs(age - hours * hourSeconds) <= phoneClockSeconds
}

const outcomeOf: Record<Exclude<Variant, Outcome>, Outcome> = {
  LIST_OLD_PAPER: 'LIST_OLD',
  ISSUERS_OLD: 'LIST_OLD',
  ISSUERS_OLD_PAPER: 'LIST_OLD',
  CLOCK_LIST: 'CLOCK',
}

function verdict({ variant, age = 0, on }: Found, pass: VerifiedPass | null = null, listAge: number | null = null): Verdict {
  const outcome = variant in outcomeOf ? outcomeOf[variant as keyof typeof outcomeOf] : (variant as Outcome)
  const facts: Facts = { issuer: pass?.issuer ?? '', on: on === undefined ? nothing : dayInWords(on), age: ageInWords(age) }
  return { outcome, accepted: accepting.includes(outcome), ...inWords(variant, facts), pass, listAge }
}
