/** What waits for one answer: loading, not reached, there. */
import type { ReactNode } from 'react'
import type { Problem } from '../../shared/client.ts'
import { Failed, Loading } from '../../shared/states.tsx'

interface AskedProps<Data> {
  asked: { data: Data | undefined; error: Problem | null; refetch(): unknown }
  children: (data: Data) => ReactNode
}

export function Asked<Data>({ asked, children }: AskedProps<Data>) {
  if (asked.data !== undefined) return children(asked.data)
  return asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />
}
