import { describe, expect, it } from 'vitest'
import { isOfThePhone } from './addresses.ts'

describe('the service worker answers with the phone', () => {
  it.each(['/', '/meetings', '/meetings/a/b/sign-in', '/me/attendance', '/consoles', '/apiary', '/verifying', '/pass'])('at %s', (path) => {
    expect(isOfThePhone(path)).toBe(true)
  })
  it.each([
    '/console',
    '/console/members',
    '/screen',
    '/verify',
    '/api',
    '/api/me',
    '/assets/x.js',
    '/metrics',
    '/yigongli.webmanifest',
    '/feeds/a.ics',
  ])('but not at %s', (path) => {
    expect(isOfThePhone(path)).toBe(false)
  })
})
