/** An act on its way through the platform, and what becomes of it. */
import type { z } from 'zod'
import type { Operation } from '#contract/operation'
import type { Act, outcomes } from '#contract/sync'
import type { Caller, Sentence } from '#platform'

export type ActInput = z.output<typeof Act>

/** One act on its way: who, what, in the platform's time. */
export interface Arriving {
  id: string
  operation: Operation
  caller: Caller
  act: ActInput
}

export interface Done {
  outcome: (typeof outcomes)[number]
  said: Sentence | null
  problem: { code: string; status: number; title: Sentence; fields: { path: string; message: string }[] } | null
  answer: unknown
}
