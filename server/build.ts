/** Builds the pages once: again only when something they are made of has changed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const home = fileURLToPath(new URL('..', import.meta.url))
const dist = join(home, 'web', 'dist')
const stamp = join(dist, '.stamp')
const sources = ['web', 'contract', 'pass', 'rules', 'package-lock.json']
const compressed = /\.(js|css|svg|json|webmanifest)$/

/** The folder of the built pages, up to date. @throws Error with what the build said */
export async function buildFaces(): Promise<string> {
  const wanted = await fingerprint()
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return dist
  await runVite()
  await compress(dist)
  await writeFile(stamp, wanted)
  return dist
}

/** One hash over everything the pages are made of. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of (await filesUnder(join(home, source))).sort()) hash.update(file).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function filesUnder(path: string): Promise<string[]> {
  if (/\.(json|lock)$/.test(path)) return [path]
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(dist) && !file.includes('e2e') && !/\.test\.tsx?$/.test(file))
}

/** In a process of its own, so that the server does not keep the builder's memory. */
function runVite(): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(home, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'], {
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    }
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`网页没有构建成功 / the pages were not built:\n${said}`))))
  })
}

/** A Brotli twin beside each text file: what is sent to those who accept it. */
async function compress(folder: string): Promise<void> {
  const files = (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && compressed.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file)
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
    }),
  )
}
