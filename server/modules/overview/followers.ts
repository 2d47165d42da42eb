/**
 * Who is listening, and the one reader in this process who tells all of them. Any node sees what any other wrote, because happenings are
 * read from the table by their number; a commit in this process only makes the reader look sooner.
 */
import { type Channel, type Context, onCommit, type Pool, transact } from '#platform'
import { type Happening, listAfter, listNews, newest, type Numbered } from './happenings.ts'

const idleMilliseconds = 150
/** After a commit here the projection moves within milliseconds; the reader looks often for this long. */
const eagerForMilliseconds = 1000
const eagerMilliseconds = 20
/** Happenings read at once. */
const most = 200
/** A stream ends after this long; the follower comes back where it was and is authorised afresh, so a revoked post does not listen on. */
const longestMilliseconds = 5 * 60_000

interface Follower {
  channel: Channel
  /** Number of the last happening it was sent. */
  seen: number
  /** It has been sent everything up to where the reader is. */
  level: boolean
}

const withoutNumber = ({ number: _number, ...happening }: Numbered): Happening => happening

export class Followers {
  readonly #pool: Pool
  /** By the organisation they follow. */
  readonly #following = new Map<string, Set<Follower>>()
  /** The last happening the reader has handed out; undefined while nobody listens. */
  #position: number | undefined
  #running = false
  #eagerUntil = 0
  #wake = () => {}

  constructor(pool: Pool) {
    this.#pool = pool
    onCommit(() => {
      this.#eagerUntil = Date.now() + eagerForMilliseconds
      this.#wake()
    })
  }

  /** Tells this follower what happens at or below the organisation, from its `lastId` or from now on, until it goes. */
  follow(organisationId: string, channel: Channel): void {
    const lastId = /^\d{1,15}$/.test(channel.lastId ?? '') ? Number(channel.lastId) : undefined
    const follower: Follower = { channel, seen: lastId ?? -1, level: false }
    const here = this.#following.get(organisationId) ?? new Set()
    this.#following.set(organisationId, here.add(follower))
    const enough = setTimeout(() => channel.close(), longestMilliseconds)
    channel.closed.addEventListener('abort', () => {
      clearTimeout(enough)
      here.delete(follower)
      if (here.size === 0 && this.#following.get(organisationId) === here) this.#following.delete(organisationId)
      if (this.#following.size === 0) this.#wake()
    })
    if (!this.#running) {
      this.#running = true
      void this.#run()
    }
    this.#catchUp(organisationId, follower).catch(() => channel.close())
  }

  #read<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
    return transact(this.#pool, work, { reads: true })
  }

  /** Sends what it missed, up to where the reader is; from then on the reader tells it. */
  async #catchUp(organisationId: string, follower: Follower): Promise<void> {
    const { channel } = follower
    const now = await this.#read(newest)
    follower.seen = follower.seen < 0 ? now : Math.min(follower.seen, now)
    while (!channel.closed.aborted) {
      const until = (this.#position ??= now)
      const missed = await this.#read((ctx) => listAfter(ctx, organisationId, follower.seen, until, most))
      for (const happening of missed) this.#send(follower, happening)
      if (missed.length < most && until === this.#position) {
        follower.seen = Math.max(follower.seen, until)
        follower.level = true
        return
      }
    }
  }

  #send(follower: Follower, happening: Numbered): void {
    follower.seen = happening.number
    follower.channel.send(String(happening.number), 'happening', withoutNumber(happening))
  }

  async #run(): Promise<void> {
    while (this.#following.size > 0) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      // The database may be away for a moment; followers keep waiting, and nothing is lost since the position stays.
      const moved = await this.#tell().catch(() => false)
      if (moved) continue
      // While eager it is not woken at every commit: under load that would be a query each.
      const eager = Date.now() < this.#eagerUntil
      let timer: NodeJS.Timeout | undefined
      const passed = new Promise<void>((resolve) => (timer = setTimeout(resolve, eager ? eagerMilliseconds : idleMilliseconds)))
      await (eager ? passed : Promise.race([woken, passed]))
      clearTimeout(timer)
    }
    this.#position = undefined
    this.#running = false
  }

  /** Reads what is new and hands it out. @returns whether there was anything */
  async #tell(): Promise<boolean> {
    if (this.#position === undefined) {
      const now = await this.#read(newest)
      this.#position ??= now
    }
    const position = this.#position
    const news = await this.#read((ctx) => listNews(ctx, position, most))
    for (const { happenedFor, ...happening } of news) {
      this.#position = happening.number
      for (const organisationId of happenedFor) {
        for (const follower of this.#following.get(organisationId) ?? []) {
          if (follower.level && happening.number > follower.seen) this.#send(follower, happening)
        }
      }
    }
    return news.length > 0
  }
}
