/** Serves the built pages: phone at `/`, `/console`, `/screen`, and `/verify` for whoever checks a pass. Scripts and styles only from here; a page's nonce is new each time. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { House } from '#platform'

type App = House['app']

/** Each a folder of the build; the first is at `/`, the others at their name. */
export const faces = ['mobile', 'console', 'screen', 'verify'] as const

/** Paths that belong to machines; a wrong one is not found rather than a page. */
const notPages = /^\/(api|assets|health|ready|metrics)(\/|$)/

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Adds the pages to the server. @param dist folder of the build */
export async function serveFaces(app: App, dist: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dist,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    globIgnore: ['**/*.html', 'manifest.json', '**/*.br', '.*'],
    setHeaders(reply, path) {
      void reply.header('x-content-type-options', 'nosniff')
      // A file with a hash in its name never changes; the others are asked for again each time.
      void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = (face: string) => {
    const html = readFileSync(join(dist, face, 'index.html'), 'utf8')
    return (): { html: string; nonce: string } => {
      const nonce = randomBytes(16).toString('base64')
      return { html: html.replace('__NONCE__', nonce), nonce }
    }
  }
  const phone = page(faces[0])
  const others = new Map<string | undefined, typeof phone>(faces.slice(1).map((face) => [face, page(face)]))
  app.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (notPages.test(path) || /\.[a-z0-9]{1,12}$/i.test(path)) return reply.callNotFound()
    const { html, nonce } = (others.get(path.split('/')[1]) ?? phone)()
    return reply
      .header('content-security-policy', policy(nonce))
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('permissions-policy', 'geolocation=(), microphone=(self), camera=(self)')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html)
  })
}
