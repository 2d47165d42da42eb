/** What this device keeps for itself: its id, whose it was last, the chosen post, language, looks. Small words only, nothing about people. */

type Kept = 'device' | 'account' | 'post' | 'language' | 'theme' | 'elder' | 'study.text'

const nameOf = (what: Kept) => `yigongli.${what}`

/** What was kept, or null; a browser that keeps nothing (private mode) answers null. */
export function kept(what: Kept): string | null {
  try {
    return localStorage.getItem(nameOf(what))
  } catch {
    return null
  }
}

export function keep(what: Kept, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(nameOf(what))
    else localStorage.setItem(nameOf(what), value)
  } catch {
    // A browser that keeps nothing still works until the page is closed.
  }
}

let id: string | undefined

/** The id of this device, made once; a session works on this device only. */
export function deviceId(): string {
  id ??= kept('device') ?? crypto.randomUUID()
  keep('device', id)
  return id
}

/** A new id for something this device makes (UUIDv7: sorted by time), so that sending twice is the same record once. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let time = Date.now()
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
