/** The readable documentation says everything the OpenAPI document says, by itself and without a script. */
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { operations } from '#contract'
import { readOpenapi } from '#contract/openapi'
import { addDocs } from '#platform'

const app = fastify()
addDocs(app, readOpenapi())

test('the document is served as it is committed', async () => {
  const answer = await app.inject('/api/openapi.json')
  expect(answer.json()).toEqual(readOpenapi())
})

test('the page names every operation with its address, and every link on it leads somewhere', async () => {
  const { body, headers } = await app.inject('/api/docs')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  for (const { id, summary, path, root } of operations) {
    expect(body).toContain(`id="${id}"`)
    expect(body).toContain(summary.zh)
    expect(body).toContain(`${root === true ? '' : '/api'}${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`)
  }
  const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]))
  const dangling = [...body.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]).filter((id) => !ids.has(id))
  expect(dangling).toEqual([])
})

test('the page runs no script and fetches nothing from elsewhere', async () => {
  const { body, headers } = await app.inject('/api/docs')
  expect(body).not.toMatch(/<script|\son\w+=|style="|(?:src|href)="(?:https?:)?\/\//i)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect((await app.inject('/api/docs.css')).statusCode).toBe(200)
})

test('text of the document cannot become markup', async () => {
  const other = fastify()
  const nasty = '<img src=x onerror=alert(1)>'
  addDocs(other, { ...readOpenapi(), info: { title: nasty, version: nasty, description: nasty } })
  expect((await other.inject('/api/docs')).body).not.toContain('<img')
})
