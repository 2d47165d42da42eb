/** One process owns a data folder at a time. The mark names it by its process id and start, so that a reused id is not mistaken for it. */
import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const Owner = z.object({ pid: z.number().int(), started: z.string() })

const fileOf = (dataDir: string) => join(dataDir, 'owner.json')

/** The process that owns the folder now, undefined when nobody does or the owner is gone. */
export async function ownerOf(dataDir: string): Promise<number | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '')
  const owner = Owner.safeParse(parsed(text)).data
  if (owner === undefined || !isAlive(owner.pid) || startOf(owner.pid) !== owner.started) return undefined
  return owner.pid
}

/** Takes the folder for this process. @throws Error naming the process that has it and what to do */
export async function takeOwnership(dataDir: string): Promise<void> {
  const mark = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(fileOf(dataDir), mark, { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = await ownerOf(dataDir)
      if (owner !== undefined) throw occupied(dataDir, owner)
      await rm(fileOf(dataDir), { force: true })
    }
  }
  throw occupied(dataDir, (await ownerOf(dataDir)) ?? 0)
}

/** Gives the folder back. */
export async function releaseOwnership(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true })
}

/** Is there a process with this id? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The error for a folder in use. */
export function occupied(dataDir: string, pid: number): Error {
  return new Error(
    `数据目录 ${dataDir} 正被另一个进程（${pid}）使用。请先停止它，或用 DATA_DIR 另选目录、PORT 另选端口。\n` +
      `The data folder is in use by process ${pid}. Stop that one first, or choose another DATA_DIR (and PORT).`,
  )
}

/** When the process started, in ticks since boot with the boot's id where the system tells it, otherwise empty. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return ''
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
