/** Files the platform writes, handed over: kept on this device under their own name, or given to another app where the device can do that. */
import { useMutation } from '@tanstack/react-query'
import type { Problem } from './client.ts'

/**
 * Fetching a file and handing it over. `take` begins, `taking` says which one is on its way, `problem` why the last one was not there.
 * @param fetch which file there is for what was pressed @param hand where it goes; may take as long as the person
 */
export function useFile<Which>(fetch: (which: Which) => Promise<File>, hand: (file: File) => unknown = keepFile) {
  const { mutate, isPending, variables, error } = useMutation<unknown, Problem, Which>({
    mutationFn: async (which) => await hand(await fetch(which)),
  })
  return { take: mutate, taking: isPending ? variables : undefined, problem: error }
}

/** Keeps a file among the device's downloads. */
export function keepFile(file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  document.body.append(link)
  link.click()
  link.remove()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Can this device hand files to other apps? */
export function canShare(): boolean {
  try {
    return 'canShare' in navigator && navigator.canShare({ files: [new File(['%PDF-'], 'a.pdf', { type: 'application/pdf' })] })
  } catch {
    return false
  }
}

/** Hands a file to another app; one who turns back has not failed. Where that is not allowed it is kept instead. */
export async function shareFile(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file], title: file.name })
  } catch (error) {
    if ((error as Error).name !== 'AbortError') keepFile(file)
  }
}
