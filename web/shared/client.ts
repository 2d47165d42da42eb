/** The typed client: an operation of the contract and its input become a request, its answer or a `Problem`. */
import type { z } from 'zod'
import type { Operation, ReturnsOf } from '#contract/operation'
import { deviceId, kept } from './device.ts'
import { currentLanguage, word } from './i18n.ts'

/** What an operation takes; a part it does not declare is not asked for. */
export type Input<O> =
  O extends Operation<infer P, infer Q, infer B, infer _R>
    ? (z.ZodType extends P ? unknown : { params: z.input<P> }) &
        (z.ZodType extends Q ? unknown : { query?: z.input<Q> }) &
        (z.ZodType extends B ? { body?: Blob } : { body: z.input<B> }) & {
          /** Why the data are looked at; kept on record. */
          purpose?: string
        }
    : never

/** Why something was not done, in the reader's language (RFC 9457). `OFFLINE`: the platform was not reached, nothing was sent. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly fields: { path: string; message: string }[]

  constructor(code: string, status: number, message: string, fields: { path: string; message: string }[] = []) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.fields = fields
  }

  /** What is wrong with one field, for example `body.title`; undefined when nothing is. */
  of(path: string): string | undefined {
    return this.fields.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.message
  }
}

const signedOut = new Set<() => void>()

/** Calls `listener` when the platform says that nobody is signed in on this device. @returns how to stop listening */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** What was heard of the platform: the `Date` of its answer, and when it was asked and answered by this device's clock. */
export interface Heard {
  date: string | null
  asked: number
  answered: number
}

const hearing = new Set<(heard: Heard | undefined) => void>()

/** Calls `listener` after every call: with what was heard, or undefined when the platform was not reached. */
export function onHeard(listener: (heard: Heard | undefined) => void): void {
  hearing.add(listener)
}

const tell = (heard: Heard | undefined) => {
  for (const listener of hearing) listener(heard)
}

/** Stands in for the platform where it is not reached; a face that works without a network brings one. */
export interface StandIn {
  /** Is anything kept on this device? */
  ready(): Promise<boolean>
  /** Was the platform not reached when it was last asked? */
  isAway(): boolean
  /** What is kept for this question; undefined when nothing is. */
  answer(operation: Operation, input: AnyInput): Promise<unknown>
  /** The platform's answer with what was done here and has not arrived yet. */
  ahead(operation: Operation, input: AnyInput, answer: unknown): unknown
  /** How much is written down and not yet known to have arrived. */
  waiting(): number
  /** Deletes everything kept here: the person signs out. */
  forget(): Promise<void>
  /** Writes down what is done and answers, as soon as it has arrived or it is clear that it will later. @throws Problem */
  act(operation: Operation, input: AnyInput): Promise<unknown>
}

let standIn: StandIn | undefined

export function standInFor(given: StandIn): void {
  standIn = given
}

/** How much is written down on this device and not yet known to have arrived. */
export const waitingHere = (): number => standIn?.waiting() ?? 0

/** Deletes what is kept on this device, sent or not. */
export const forgetHere = async (): Promise<void> => standIn?.forget()

export interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  purpose?: string
}

/** The address of a call, with its parameters in place. */
export function addressOf(operation: Operation, { params = {}, query = {} }: AnyInput): string {
  const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return `/api${path}${search === '' ? '' : `?${search}`}`
}

interface CallOptions<O> {
  /** Another post than the one in use. */
  post?: string
  /** Gets the platform's answer when what is kept here was given first. */
  late?: (answer: ReturnsOf<O>) => void
}

/** Calls an operation; where the platform is not reached, what is kept on this device answers. @throws Problem */
export async function call<O extends Operation>(
  operation: O,
  input: Input<O>,
  signal?: AbortSignal,
  { post, late }: CallOptions<O> = {},
): Promise<ReturnsOf<O>> {
  if (operation.offline === true && (await standIn?.ready()) === true) {
    return (await standIn?.act(operation, input)) as ReturnsOf<O>
  }
  const asking = async () => {
    const said = (await ask(operation, input, (answer) => answer.json(), signal, post)) as ReturnsOf<O>
    return (standIn === undefined ? said : standIn.ahead(operation, input, said)) as ReturnsOf<O>
  }
  if (standIn === undefined || operation.method !== 'GET' || post !== undefined) return asking()
  return orKept(standIn, operation, input, asking, late)
}

/** A weak network is waited for so long before what is kept here is shown; its answer comes later. */
const patienceMilliseconds = 1200

/** The platform's answer, or what is kept here when it does not come soon. @throws Problem */
async function orKept<O>(
  from: StandIn,
  operation: Operation,
  input: AnyInput,
  asking: () => Promise<O>,
  late: (answer: O) => void = () => {},
): Promise<O> {
  // Away: what is kept is shown at once, and the platform is asked behind it in case it can be reached after all.
  const atOnce = from.isAway() ? await from.answer(operation, input) : undefined
  if (atOnce !== undefined) {
    setTimeout(() => void asking().then(late, () => {}), 0)
    return atOnce as O
  }
  const asked = asking()
  const slow = new Promise<'slow'>((resolve) => {
    setTimeout(() => resolve('slow'), patienceMilliseconds)
  })
  try {
    const first = await Promise.race([asked, slow])
    if (first !== 'slow') return first
    const stored = await from.answer(operation, input)
    if (stored === undefined) return await asked
    asked.then(late, () => {})
    return stored as O
  } catch (error) {
    if (!(error instanceof Problem) || (error.code !== 'OFFLINE' && error.status < 500)) throw error
    const stored = await from.answer(operation, input)
    if (stored === undefined) throw error
    return stored as O
  }
}

/** Calls an operation that answers with a file. @throws Problem */
export async function callForFile<O extends Operation>(operation: O, input: Input<O>): Promise<File> {
  return ask(operation, input, async (answer) => {
    const content = await answer.blob()
    return new File([content], nameIn(answer.headers.get('content-disposition')), { type: content.type })
  })
}

/** The name of a file as its answer says it (RFC 5987); empty when it says none. */
function nameIn(disposition: string | null): string {
  try {
    return decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1] ?? '')
  } catch {
    return ''
  }
}

let held: string | undefined

/** What is asked and done from now on travels in this post; undefined: in the chosen one again. */
export function travelIn(postId: string | undefined): void {
  held = postId
}

/** The post in which what is asked travels: the chosen one, or the one a page has to be asked in. */
export const postInUse = (): string | null => held ?? kept('post')

/** Who asks, in which post, on which device and in which language. */
export function callerNow(inPost = postInUse()): Record<string, string> {
  const post: Record<string, string> = inPost === null || inPost === '' ? {} : { 'x-post': inPost }
  return { 'x-device-id': deviceId(), 'accept-language': currentLanguage(), ...post }
}

/** @param read reads the answer to its end: on a weak network it may stop in the middle, and then it was none. @throws Problem */
async function ask<O extends Operation, T>(
  operation: O,
  input: Input<O>,
  read: (answer: Response) => Promise<T>,
  signal?: AbortSignal,
  inPost?: string,
): Promise<T> {
  const { body, purpose, ...where } = input as AnyInput
  const headers = callerNow(inPost)
  if (purpose !== undefined) headers['x-purpose'] = encodeURIComponent(purpose)
  if (body !== undefined) headers['content-type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json'
  const asked = Date.now()
  let heard: Heard
  let said: T | Problem
  try {
    const answer = await fetch(addressOf(operation, where), {
      method: operation.method,
      headers,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      signal: signal ?? null,
    })
    heard = { date: answer.headers.get('date'), asked, answered: Date.now() }
    said = answer.ok ? await read(answer) : await problemOf(answer)
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    tell(undefined)
    throw new Problem('OFFLINE', 0, word('shared.notReached'))
  }
  tell(heard)
  if (!(said instanceof Problem)) return said
  if (said.code === 'NOT_SIGNED_IN') for (const listener of signedOut) listener()
  throw said
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const said = (await answer.json()) as { code: string; title: string; fields?: { path: string; message: string }[] }
    return new Problem(said.code, answer.status, said.title, said.fields ?? [])
  } catch {
    return new Problem('OFFLINE', answer.status, word('shared.notReached'))
  }
}
