/** The configuration is judged at start: each variable that is wrong is named, with what it must be. */
import { expect, test } from 'vitest'
import { readConfig } from '#platform'

test('nothing set is a demo on this machine only', () => {
  expect(readConfig({})).toMatchObject({ port: 8080, host: '127.0.0.1', dataDir: '.data', role: 'all', demo: true, production: false })
})

test('a variable set to nothing is not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', PUBLIC_URL: '' })).toMatchObject({
    port: 8080,
    databaseUrl: undefined,
    publicUrl: undefined,
  })
})

test('every wrong variable is named at once', () => {
  const wrong = { PORT: '80a', ROLE: 'cook', DEMO: 'yes', DATABASE_URL: 'mysql://x', PUBLIC_URL: 'ftp://x', LOG_LEVEL: 'loud' }
  const message = (() => {
    try {
      readConfig(wrong)
      return ''
    } catch (error) {
      return (error as Error).message
    }
  })()
  for (const name of Object.keys(wrong)) expect(message).toContain(`  ${name}: `)
  expect(message).toContain('请改正以下环境变量')
})

test.each(['65536', '-1', '8080.5', ' ', 'NaN'])('a port of “%s” is refused', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow('PORT')
})

test('an address people use is scheme and host, whatever stands behind it is refused', () => {
  expect(readConfig({ PUBLIC_URL: 'https://yigongli.example/' }).publicUrl).toBe('https://yigongli.example')
  expect(() => readConfig({ PUBLIC_URL: 'https://yigongli.example/app' })).toThrow('PUBLIC_URL')
})

test('production needs its own key and shows no demo', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('KEY_FILE')
  expect(readConfig({ NODE_ENV: 'production', KEY_FILE: '/run/keys.json' })).toMatchObject({ demo: false, production: true })
})
