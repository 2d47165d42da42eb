/** The server as it is started: it says where it is, serves the three faces under a strict policy, refuses a used port, and ends when told. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { house, type TestHouse } from '#house'
import { faces } from './faces.ts'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))

let place: TestHouse
let folder: string
let port: number
let server: Started

interface Started {
  process: ChildProcess
  said: () => string
  ended: Promise<number | null>
}

beforeAll(async () => {
  place = await house()
  // A path with spaces and Chinese, as people have them.
  folder = await mkdtemp(join(tmpdir(), 'yigongli 一公里 '))
  for (const face of faces) {
    await mkdir(join(folder, 'dist', face), { recursive: true })
    await writeFile(join(folder, 'dist', face, 'index.html'), `<meta name="csp-nonce" content="__NONCE__"><p>${face}</p>`)
  }
  await mkdir(join(folder, 'dist', 'assets'))
  await writeFile(join(folder, 'dist', 'assets', 'a-1234.js'), 'export {}')
  port = await freePort()
  server = start({ PORT: String(port) })
  await waitFor(server, 'Ctrl-C')
})

afterAll(async () => {
  server.process.kill('SIGKILL')
  await place.close()
  await rm(folder, { recursive: true, force: true })
})

/** Starts the program without the demo, on the test's database. */
function start(more: Record<string, string>): Started {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      DEMO: '0',
      SMS_URL: 'http://127.0.0.1:9/',
      DATABASE_URL: place.url,
      DATA_DIR: join(folder, 'data'),
      WEB_DIST: join(folder, 'dist'),
      LOG_LEVEL: 'error',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  return { process: child, said: () => text, ended: once(child, 'close').then(([code]) => code as number | null) }
}

async function waitFor(started: Started, words: string): Promise<void> {
  while (!started.said().includes(words)) {
    const ended = await Promise.race([started.ended, new Promise<'still'>((done) => setTimeout(() => done('still'), 50))])
    if (ended !== 'still') throw new Error(`it ended with ${String(ended)}: ${started.said()}`)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)

test('it says where the three faces are', () => {
  for (const path of ['/', '/console', '/screen']) expect(server.said()).toContain(`http://localhost:${port}${path}\n`)
})

test('each face answers on its addresses, with scripts from here only and a nonce that is new each time', async () => {
  for (const [path, face] of [
    ['/', 'mobile'],
    ['/meetings/some/where', 'mobile'],
    ['/console/o/x', 'console'],
    ['/screen', 'screen'],
    ['/verify', 'verify'],
  ] as const) {
    const page = await ask(path)
    const html = await page.text()
    expect(html).toContain(`<p>${face}</p>`)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain(`'nonce-${/content="([^"]+)"/.exec(html)?.[1] ?? 'none'}'`)
  }
  expect(await (await ask('/')).text()).not.toBe(await (await ask('/')).text())
})

test('a file with a hash in its name is kept for ever, and what is not there is not a page', async () => {
  const file = await ask('/assets/a-1234.js')
  expect(file.headers.get('cache-control')).toContain('immutable')
  expect((await ask('/assets/b-5678.js')).status).toBe(404)
  expect((await ask('/api/no-such-thing')).headers.get('content-type')).toContain('application/problem+json')
  expect((await ask('/../../package.json')).status).toBe(404)
  expect((await ask('/health')).status).toBe(200)
})

test('a second start on the same port ends at once and says what to do', { timeout: 60_000 }, async () => {
  const second = start({ PORT: String(port), DATA_DIR: join(folder, 'other') })
  expect(await second.ended).toBe(1)
  expect(second.said()).toContain(`端口 ${port} 已被占用`)
  expect(second.said()).toContain('PORT=8081 npm start')
  expect((await ask('/health')).status).toBe(200)
})

test.each<[Record<string, string>, string]>([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ NODE_ENV: 'production', KEY_FILE: '' }, 'KEY_FILE'],
  [{ SMS_URL: 'not an address' }, 'SMS_URL'],
])('a wrong setting %j is named', { timeout: 60_000 }, async (setting, name) => {
  const refused = start({ PORT: '0', ...setting })
  expect(await refused.ended).toBe(1)
  expect(refused.said()).toContain(name)
})

test('Ctrl-C ends it, and nothing listens any more', async () => {
  server.process.kill('SIGINT')
  expect(await server.ended).toBe(0)
  await expect(ask('/health')).rejects.toThrow('fetch failed')
})
