/**
 * The only file that runs on any Node ≥ 20: installs the packages if they are missing or older than the lock file,
 * then hands over to the Node 24 among them. `node start.mjs [script …]`, by default the server, which tidies its memory early instead of
 * growing to several times what it needs (package.json, `config`).
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(fileURLToPath(import.meta.url))
const major = Number(process.versions.node.split('.')[0])

if (major < 20) {
  console.error(`需要 Node 20 或更高版本，当前是 ${process.version} / Node 20 or newer is needed, this is ${process.version}`)
  process.exit(1)
}
if (!isInstalled()) install()
handOver(process.argv.length > 2 ? process.argv.slice(2) : [...serverFlags(), 'server/main.ts'])

/** Does node_modules hold what the lock file says? Packages for other machines may be missing. */
function isInstalled() {
  const wanted = packagesIn(join(home, 'package-lock.json'))
  const present = packagesIn(join(home, 'node_modules', '.package-lock.json'))
  if (wanted === undefined) throw new Error('package-lock.json 缺失或损坏，请重新克隆 / is missing or damaged, clone again')
  if (present === undefined) return false
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || (present[path] === undefined ? optional === true : present[path].version === version),
  )
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** `npm ci` in this folder; what goes wrong is said in a sentence a person can act on. */
function install() {
  console.log('正在安装所需的包，首次约需一分钟… / Installing packages, about a minute the first time…')
  // Under `npm start` npm tells where it is; a plain `node start.mjs` finds it on the PATH.
  const own = process.env.npm_execpath
  const [command, before] = own !== undefined && own.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  // npm's own retries may wait for ever on a dead connection; what one attempt fetched is kept for the next.
  const flags = ['ci', '--fetch-retries=0', '--no-audit', '--no-fund', '--loglevel=error']
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const { status, signal } = spawnSync(command, [...before, ...flags], {
      cwd: home,
      stdio: 'inherit',
      timeout: 600_000,
      shell: process.platform === 'win32' && before.length === 0,
    })
    if (status === 0) return
    if (signal === 'SIGINT') process.exit(130)
  }
  console.error(
    '\n安装没有完成。请检查网络（或用 npm config set registry 指定镜像）和磁盘空间，然后重新运行。\n' +
      'The packages were not installed. Check the network (or name a mirror with npm config set registry) and free disk space, then run this again.',
  )
  process.exit(1)
}

function serverFlags() {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).config.server.split(' ')
}

/** The Node 24 among the packages, otherwise this one if it is new enough. */
function findNode() {
  const names = [
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]
  const programs = names.map((name) => join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
  const found = programs.find((program) => existsSync(program) && spawnSync(program, ['--version']).status === 0)
  if (found !== undefined) return found
  if (major >= 24) return process.execPath
  console.error(
    `没有适合本机（${process.platform}-${process.arch}）的 Node 24，请自行安装 Node 24 后重试。\n` +
      'There is no Node 24 among the packages for this machine; install Node 24 and run this again.',
  )
  return process.exit(1)
}

/** Runs the script with signals passed on, and ends as it ends. */
function handOver(script) {
  const node = findNode()
  const bin = [join(home, 'node_modules', '.bin'), dirname(node)].join(process.platform === 'win32' ? ';' : ':')
  const child = spawn(node, script, {
    cwd: home,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` },
  })
  // Ctrl-C reaches the child through the terminal by itself; it must not end us before the child has ended.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1))
  })
}
