/** A real Chromium for the end-to-end stories, and a Chinese font for it, on a machine that has neither. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const require = createRequire(import.meta.url)
const cache = fileURLToPath(new URL('../../node_modules/.cache/yigongli', import.meta.url))

/** For a closed network: nothing is fetched that a story did not ask for. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/**
 * Starts a browser. @param flags further command-line flags, for example for a fake camera
 * @throws Error when no Chromium can be found or started
 */
export async function launch(flags: readonly string[] = []): Promise<Browser> {
  const { executablePath, libraries } = await findChromium()
  const found = libraries === undefined ? {} : { LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], libraries].filter(Boolean).join(':') }
  return chromium.launch({
    executablePath,
    args: [...quiet, ...flags],
    env: { ...namedEnvironment(), ...found, FONTCONFIG_FILE: await writeFontConfig() },
  })
}

interface Found {
  executablePath: string
  /** Folder of the libraries it needs and this machine lacks. */
  libraries?: string
}

/** Unpacks the browser if it has to be; called once before the stories, so that they do not do it side by side. */
export async function findChromium(): Promise<Found> {
  const named = process.env['CHROME_PATH']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME_PATH 指向的 ${named} 不存在 / CHROME_PATH names a file that does not exist`)
    return { executablePath: named }
  }
  const installed = systemChromium()
  if (installed !== undefined) return { executablePath: installed }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('请安装 Chromium 或用 CHROME_PATH 指明它的位置 / install Chromium, or name it with CHROME_PATH')
  }
  const folder = await unpackChromium()
  const executablePath = join(folder, 'chromium')
  return canRun(executablePath) ? { executablePath } : { executablePath, libraries: join(folder, 'al2023', 'lib') }
}

function systemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':')
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe']
  const paths = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ]
  return paths.find((path) => existsSync(path))
}

/** The folder with the browser out of the package, complete or not there at all. */
async function unpackChromium(): Promise<string> {
  const entry = require.resolve('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', '..', 'package.json'), 'utf8')) as { version: string }
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  const half = `${folder}.${process.pid}`
  await mkdir(half, { recursive: true })
  // The package unpacks into the system's folder for temporary files; naming it the runtime of a cloud adds the libraries.
  const script = `(await import('@sparticuz/chromium')).default.executablePath()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  try {
    await rename(half, folder)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A font configuration with two weights of Noto Sans SC and nothing else, so that pictures are the same everywhere. */
async function writeFontConfig(): Promise<string> {
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const folders = ['400Regular', '700Bold'].map((weight) => `<dir>${escapeXml(join(fonts, weight))}</dir>`)
  const file = join(cache, 'fonts.conf')
  await mkdir(cache, { recursive: true })
  const content = `<?xml version="1.0"?>\n<fontconfig>${folders.join('')}<cachedir>${escapeXml(join(cache, 'fontconfig'))}</cachedir></fontconfig>\n`
  const half = `${file}.${process.pid}`
  await writeFile(half, content)
  await rename(half, file)
  return file
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function namedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
