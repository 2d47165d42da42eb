import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', '**/dist/**', '**/.data/**']
const postgres = './server/test/postgres.setup.ts'

/** `pure` needs nothing, `server` a PostgreSQL, `e2e` a PostgreSQL and a browser; each brings its own. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['rules/**/*.test.ts', 'contract/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          exclude: [...outside, 'web/e2e/**'],
        },
      },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: outside,
          globalSetup: [postgres],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['web/e2e/**/*.test.ts'],
          exclude: outside,
          globalSetup: [postgres, './web/e2e/chromium.setup.ts', './web/e2e/demo.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Two browsers and two servers on two cores only make each other slow.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
