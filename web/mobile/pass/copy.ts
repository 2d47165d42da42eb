/**
 * The activity pass on this phone: a key on P-256 that cannot be taken out, and the copy of the pass bound to it. Kept with what the phone
 * keeps sealed for its owner, and gone when they sign out.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { bindPass, type PassCopy as PassCopyShape } from '#contract/passes'
import { call, Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { syncNow } from '../../shared/offline/known.ts'
import { passes } from '../../shared/offline/reach.ts'
import { SealedStore } from '../../shared/offline/sealed.ts'
import { useSession } from '../../shared/session.tsx'

type PassCopy = z.output<typeof PassCopyShape>

interface Kept {
  /** The public half of the key. */
  x: string
  y: string
  /** A copy that was asked for and whose answer may have been lost; asked for again under the same id. */
  asked: string | null
  copy: (PassCopy & { issuerName: string }) | null
}

export interface Holder {
  privateKey: CryptoKey
  kept: Kept
}

const queryKey = (accountId: string) => ['pass', accountId]

/** The copy on this phone, null when there is none. */
export function useCopy() {
  const { accountId } = useSession().me
  return useQuery({
    queryKey: queryKey(accountId),
    queryFn: () => SealedStore.with(accountId, async (store) => (await holderIn(store)) ?? null),
    networkMode: 'always',
    staleTime: 0,
    retry: false,
  })
}

const holderIn = async (store: SealedStore) => (await store.pass()) as Holder | undefined

async function newHolder(): Promise<Holder> {
  // Not extractable: nobody, this page included, ever sees the private part.
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { privateKey, kept: { x, y, asked: null, copy: null } }
}

/** Puts the pass on this phone; the copy on the phone before ends. @throws Problem */
async function bind(store: SealedStore, issuerName: string): Promise<void> {
  const { privateKey, kept } = (await holderIn(store)) ?? (await newHolder())
  const copyId = kept.asked ?? newId()
  await store.keepPass(privateKey, { ...kept, asked: copyId })
  try {
    const copy = await call(bindPass, { params: { copyId }, body: { kty: 'EC', crv: 'P-256', x: kept.x, y: kept.y } })
    await store.keepPass(privateKey, { ...kept, asked: null, copy: { ...copy, issuerName } })
  } catch (error) {
    // Refused: the next attempt is another one. Not reached: it may have arrived, so it is asked for again.
    if (error instanceof Problem && !passes(error)) await store.keepPass(privateKey, { ...kept, asked: null })
    throw error
  }
}

/** Binds the pass to this phone, and reads it again. */
export function useBinding(): (issuerName: string) => Promise<void> {
  const { accountId } = useSession().me
  const queries = useQueryClient()
  return async (issuerName) => {
    await SealedStore.with(accountId, (store) => bind(store, issuerName))
    await queries.invalidateQueries({ queryKey: queryKey(accountId) })
  }
}

/** Now by the platform's clock, as far as this phone knows it: a proof of half a minute bears no clock that is off. */
export const platformNow = (): Date => new Date(Date.now() + (syncNow().offsetMs ?? 0))
