/** Files the platform writes, handed over: kept on this device under their own name, or given to another app where the device can do that. */

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
