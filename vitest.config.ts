import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/dist/**', '**/.data/**']
const postgres = './server/test/postgres.setup.ts'
const properties = './server/test/properties.setup.ts'
/** Half of a test is PostgreSQL's, and half of a story the browser's: one at a time leaves a processor of two idle. */
const maxWorkers = 2
/** Files share what they import; to read the whole house anew for each took a quarter of the time. Each has its own database all the same. */
const isolate = false

/** How long is asked again whether something has happened: a machine that others use too stands still for seconds at times. */
const patient = { poll: { timeout: 30_000 } }

/** `pure` needs nothing, `server` a PostgreSQL, `e2e` a PostgreSQL and a browser; each brings its own. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['rules/**/*.test.ts', 'pass/**/*.test.ts', 'contract/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          exclude: [...outside, 'web/e2e/**'],
          setupFiles: [properties],
          // Its files name each other without their endings, which Node does not follow.
          server: { deps: { inline: ['@ldclabs/cose-ts'] } },
          maxWorkers,
        },
      },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: outside,
          globalSetup: [postgres],
          setupFiles: [properties],
          // Long enough for a machine that others use too; nothing here waits for a time.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: patient,
          isolate,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['web/e2e/**/*.test.ts'],
          exclude: outside,
          globalSetup: [postgres, './web/e2e/chromium.setup.ts', './web/e2e/demo.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: patient,
          // A story that failed is told once more on CI, where a machine may stand still for a moment; what is wrong fails twice.
          retry: process.env['CI'] === 'true' ? 1 : 0,
          isolate,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
