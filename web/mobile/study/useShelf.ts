/** The packs on this phone and what is happening to them, for the pages. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useSession } from '../../shared/session.tsx'
import { type Download, downloadOf, fetchPack, forget, lookAt, subscribe } from './downloads.ts'
import { isFree, onNetwork } from './network.ts'
import { dropPack, type KeptPack, listKept } from './store.ts'

/** What is happening to one pack; undefined when nothing of it is here. */
export const useDownload = (packId: string): Download | undefined => useSyncExternalStore(subscribe, () => downloadOf(packId))

/** Fetches what waits for Wi-Fi, and what was cut unless going on would cost money. */
async function goOn(accountId: string): Promise<void> {
  for (const { pack, waits } of await listKept(accountId)) {
    const cut = downloadOf(pack.id)?.state === 'CUT' && isFree() !== false
    if ((waits && isFree() === true) || cut) await fetchPack(accountId, pack.id)
  }
}

/** Kept packs of this account; read again when a download begins or ends. */
export function useShelf(): { packs: KeptPack[] | undefined; again: () => void; drop: (packId: string) => Promise<void> } {
  const { me } = useSession()
  const { accountId } = me
  const [packs, setPacks] = useState<KeptPack[]>()
  const again = useCallback(() => {
    const read = async () => {
      const found = await listKept(accountId)
      await Promise.all(found.filter(({ waits }) => !waits).map(({ pack }) => lookAt(accountId, pack)))
      setPacks(found)
    }
    void read()
  }, [accountId])
  useEffect(again, [again])
  useEffect(
    () =>
      onNetwork(() => {
        void goOn(accountId).then(again)
      }),
    [accountId, again],
  )
  const drop = async (packId: string) => {
    forget(packId)
    await dropPack(accountId, packId)
    again()
  }
  return { packs, again, drop }
}
