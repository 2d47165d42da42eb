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

interface AnyInput {
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

/** Calls an operation. @throws Problem */
export async function call<O extends Operation>(operation: O, input: Input<O>, signal?: AbortSignal): Promise<ReturnsOf<O>> {
  return (await (await ask(operation, input, signal)).json()) as ReturnsOf<O>
}

/** Calls an operation that answers with a file. @throws Problem */
export async function callForFile<O extends Operation>(operation: O, input: Input<O>): Promise<Blob> {
  return (await ask(operation, input)).blob()
}

async function ask<O extends Operation>(operation: O, input: Input<O>, signal?: AbortSignal): Promise<Response> {
  const { body, purpose, ...where } = input as AnyInput
  const post = kept('post')
  const headers: Record<string, string> = { 'x-device-id': deviceId(), 'accept-language': currentLanguage() }
  if (post !== null) headers['x-post'] = post
  if (purpose !== undefined) headers['x-purpose'] = encodeURIComponent(purpose)
  if (body !== undefined) headers['content-type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json'
  let answer: Response
  try {
    answer = await fetch(addressOf(operation, where), {
      method: operation.method,
      headers,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      signal: signal ?? null,
    })
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    throw new Problem('OFFLINE', 0, word('shared.notReached'))
  }
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (problem.code === 'NOT_SIGNED_IN') for (const listener of signedOut) listener()
  throw problem
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const said = (await answer.json()) as { code: string; title: string; fields?: { path: string; message: string }[] }
    return new Problem(said.code, answer.status, said.title, said.fields ?? [])
  } catch {
    return new Problem('OFFLINE', answer.status, word('shared.notReached'))
  }
}
