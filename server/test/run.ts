/**
 * `npm test`: every gate, then every test, and one line with the sum. A gate counts as one test.
 * `--static`: only the gates. `--integration`: only the tests of the server (for a second PostgreSQL, TEST_DATABASE_URL).
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const home = fileURLToPath(new URL('../..', import.meta.url))

interface Tally {
  passed: number
  /** What failed, and the first lines of why. */
  failed: string[]
  skipped: number
}

/** What is checked without running anything: its name, the package with the program, the program's arguments. */
const gates: [name: string, program: string, ...flags: string[]][] = [
  ['类型 types', 'typescript/bin/tsc', '--noEmit', '-p', '.'],
  ['规范 lint', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['格式 format', 'oxfmt/bin/oxfmt', '--check', '.'],
  ['未用代码 unused code', 'knip/bin/knip.js', '--no-progress'],
]

/** The part of vitest's JSON report that is counted. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
})

const mode = process.argv[2]
const tally: Tally = { passed: 0, failed: [], skipped: 0 }
if (mode !== '--integration') for (const gate of gates) add(tally, await runGate(...gate))
if (mode !== '--static') add(tally, await runTests(mode === '--integration' ? ['--project', 'server'] : []))
const skipped = tally.skipped === 0 ? '' : `, ${tally.skipped} skipped`
// Once more at the end: whoever sees only the last lines of a run sees what is wrong.
if (tally.failed.length > 0) console.log(['\n未通过 Failed:', ...tally.failed].join('\n✗ '))
console.log(`\n${tally.passed} passed, ${tally.failed.length} failed${skipped}`)
process.exitCode = tally.failed.length === 0 && tally.passed > 0 ? 0 : 1

async function runGate(name: string, program: string, ...flags: string[]): Promise<Tally> {
  const began = performance.now()
  const { code, output } = await runProgram(program, flags, 'kept')
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (code === 0) return { passed: 1, failed: [], skipped: 0 }
  console.log(output)
  return { passed: 0, failed: [inShort(name, output)], skipped: 0 }
}

async function runTests(flags: string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'yigongli-report-'))
  const file = join(folder, 'report.json')
  try {
    const { code } = await runProgram(
      'vitest/vitest.mjs',
      ['run', ...flags, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      'shown',
    )
    const counted = countTests(await readFile(file, 'utf8').catch(() => ''))
    // An error outside any test (a setup that fails, a promise nobody awaited) fails the run though every test passed.
    return code !== 0 && counted.failed.length === 0 ? { ...counted, failed: ['an error outside any test, told above'] } : counted
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A file that could not be loaded has no tests and counts as one failure. */
function countTests(report: string): Tally {
  if (report === '') return { passed: 0, failed: ['the tests did not run'], skipped: 0 }
  const counted: Tally = { passed: 0, failed: [], skipped: 0 }
  for (const { name, status: whole, message = '', assertionResults } of Report.parse(JSON.parse(report)).testResults) {
    const path = relative(home, name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    counted.failed.push(...failed.map(({ fullName, failureMessages }) => inShort(`${path} ${fullName}`, failureMessages.join('\n'))))
    if (whole === 'failed' && failed.length === 0) counted.failed.push(inShort(path, message))
    const passed = assertionResults.filter(({ status }) => status === 'passed').length
    counted.passed += passed
    counted.skipped += assertionResults.length - passed - failed.length
  }
  return counted
}

/** @param why its first lines; the rest stands further above */
function inShort(what: string, why: string): string {
  return [what, ...why.trim().split('\n').slice(0, 6)].join('\n    ')
}

/** Runs a program of a package with this Node; its output is shown at once, or kept for when it fails. */
function runProgram(program: string, flags: string[], output: 'shown' | 'kept'): Promise<{ code: number; output: string }> {
  const shown = output === 'shown' ? 'inherit' : 'pipe'
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(home, 'node_modules', program), ...flags], { cwd: home, stdio: ['inherit', shown, shown] })
    const kept: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => kept.push(chunk))
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, output: Buffer.concat(kept).toString('utf8') }))
  })
}

function add(sum: Tally, part: Tally): void {
  sum.passed += part.passed
  sum.failed.push(...part.failed)
  sum.skipped += part.skipped
}
