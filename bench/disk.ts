/**
 * When the disk under a folder stood still: requests were under way and none of them ended. Nothing can be on disk in that time, so a slow
 * second of a server that waits for the disk can be told from one of the disk's own. Reads /proc/diskstats; elsewhere nothing is seen.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'

const everyMilliseconds = 20
const file = '/proc/diskstats'

export class DiskWatch {
  readonly #device: string
  readonly #still: { from: number; to: number }[] = []
  readonly #timer: NodeJS.Timeout | undefined
  #before: { at: number; done: number; underWay: number } | undefined

  /** @param folder whose disk is watched until `stop` */
  constructor(folder: string) {
    const { dev } = statSync(folder)
    // As the kernel packs them for a process: twelve bits of the major number above eight of the minor.
    this.#device = `${Math.floor(dev / 256) % 4096}:${dev % 256}`
    if (existsSync(file)) this.#timer = setInterval(() => this.#look(), everyMilliseconds)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Milliseconds between two moments (ms since 1970) in which it stood still. */
  stillIn(from: number, to: number): number {
    return this.#still.reduce((sum, still) => sum + Math.max(0, Math.min(to, still.to) - Math.max(from, still.from)), 0)
  }

  #look(): void {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .map((text) => text.trim().split(/\s+/))
      .find(([major, minor]) => `${major}:${minor}` === this.#device)
    if (line === undefined) return
    const [reads, writes, underWay, flushes] = [3, 7, 11, 18].map((place) => Number(line[place] ?? 0))
    const now = { at: Date.now(), done: (reads ?? 0) + (writes ?? 0) + (flushes ?? 0), underWay: underWay ?? 0 }
    const { at, done, underWay: waiting } = this.#before ?? now
    if (now.done === done && now.underWay > 0 && waiting > 0) this.#still.push({ from: at, to: now.at })
    this.#before = now
  }
}
