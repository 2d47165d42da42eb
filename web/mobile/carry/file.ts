/** A package as a file: one line of text, so that every way of handing a file over takes it (Bluetooth, cable, chat, card). */
import { shortName } from '../../shared/package/frames.ts'

function fileOf(packageId: string, sealed: string): File {
  return new File([`${sealed}\n`], `yigongli-${shortName(packageId)}.txt`, { type: 'text/plain' })
}

/** Can this phone hand a file to another app or device? */
export function canShare(packageId: string, sealed: string): boolean {
  return 'canShare' in navigator && navigator.canShare({ files: [fileOf(packageId, sealed)] })
}

/** Lets the person choose where to: a closed sheet is no mistake. */
export async function share(packageId: string, sealed: string): Promise<void> {
  try {
    await navigator.share({ files: [fileOf(packageId, sealed)] })
  } catch (error) {
    if ((error as Error).name !== 'AbortError') save(packageId, sealed)
  }
}

export function save(packageId: string, sealed: string): void {
  const file = fileOf(packageId, sealed)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
