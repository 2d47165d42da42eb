/** Sizes and hours as people read them. */

/** 960 KB · 4.2 MB. */
export function showSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** 187 → 18.7, 320 → 32. */
export const showHours = (tenths: number): string => (tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1))

/** 75 → 1:15. */
export const showClock = (seconds: number): string => `${Math.trunc(seconds / 60)}:${String(Math.trunc(seconds % 60)).padStart(2, '0')}`
