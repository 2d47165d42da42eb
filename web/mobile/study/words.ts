/** Hours as people read them. */

/** 187 → 18.7, 320 → 32. */
export const showHours = (tenths: number): string => (tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1))

/** 75 → 1:15. */
export const showClock = (seconds: number): string => `${Math.trunc(seconds / 60)}:${String(Math.trunc(seconds % 60)).padStart(2, '0')}`
