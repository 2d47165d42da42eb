/** Draws nothing: once a day, the lists that passes are checked by come onto the phones of those who may stand at a door without a network. */
import { useEffect } from 'react'
import { SealedStore } from '../../shared/offline/sealed.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { renewTrust } from '../../shared/pass/trust.ts'
import { useSession } from '../../shared/session.tsx'
import { may } from '../meeting/gathering.ts'
import { today } from '../parts/days.ts'

const name = 'trust'

async function onceToday(accountId: string): Promise<void> {
  await SealedStore.with(accountId, async (store) => {
    if ((await store.word(name)) === today()) return
    await renewTrust()
    await store.keepWord(name, today())
  })
}

export function TrustAhead() {
  const { me } = useSession()
  const { reached } = useSync()
  const atDoors = me.posts.some((post) => may(post, 'write:gathering'))
  useEffect(() => {
    if (atDoors && reached) void onceToday(me.accountId).catch(() => {})
  }, [atDoors, reached, me.accountId])
  return null
}
