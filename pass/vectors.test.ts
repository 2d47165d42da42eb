/**
 * docs/pass/vectors.json is what this code makes and judges today, for implementers elsewhere. Signatures are another each time (ECDSA), so everything
 * but them is compared. After a change: `VECTORS=write npx vitest run --project pure pass/vectors`, and say in the commit why strangers must follow.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { decode, Tagged } from 'cborg'
import { expect, test } from 'vitest'
import { fromBase45, openTrust, verify } from '#pass'
import { publicOf, scenes, testKeys, trustBytes } from './example.ts'

const file = new URL('../docs/pass/vectors.json', import.meta.url)

interface Vector {
  about: string
  text: string
  at: string
  /** Which of `bundles`. */
  trust: string
  outcome: string
  accepted: boolean
  pass: object | null
  listAge: number | null
  zh: string[]
  en: string[]
}
interface Vectors {
  warning: string
  keys: object
  bundles: Record<string, string>
  vectors: Vector[]
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function make(): Promise<Vectors> {
  const all = await scenes()
  const bundles: Record<string, string> = {}
  const nameOf = (bytes: Uint8Array) => {
    const known = Object.entries(bundles).find(([, value]) => value === hex(bytes))
    const name = known?.[0] ?? `bundle ${Object.keys(bundles).length + 1}`
    bundles[name] = hex(bytes)
    return name
  }
  const vectors: Vector[] = []
  for (const { about, text, at, trust } of all) {
    const { outcome, accepted, pass, listAge, title, sentence, next } = await verify(text, await openTrust(trust), at)
    const said = (language: 'zh' | 'en') => [title[language], sentence[language], next[language]]
    vectors.push({
      about,
      text,
      at: at.toISOString(),
      trust: nameOf(trust),
      outcome,
      accepted,
      pass,
      listAge,
      zh: said('zh'),
      en: said('en'),
    })
  }
  return {
    warning: 'TEST KEYS, published with their private halves. Whatever they sign is worth nothing; no installation trusts them.',
    keys: Object.fromEntries(Object.entries(testKeys)),
    bundles,
    vectors,
  }
}

/** CBOR with what stands where signatures do taken out, and bytes inside bytes opened. */
function withoutSignatures(value: unknown): unknown {
  if (value instanceof Tagged) {
    const [head, , payload] = value.value as Uint8Array[]
    return { head: opened(head ?? new Uint8Array()), payload: opened(payload ?? new Uint8Array()) }
  }
  if (value instanceof Map) return Array.from(value, ([key, inner]) => [key, withoutSignatures(inner)])
  if (Array.isArray(value)) return value.map(withoutSignatures)
  if (value instanceof Uint8Array) {
    try {
      return value.length > 40 ? opened(value) : hex(value)
    } catch {
      return hex(value)
    }
  }
  return value
}
const opened = (bytes: Uint8Array): unknown => withoutSignatures(decode(bytes, { useMaps: true, tags: Tagged.preserve(18) }))

/** A text, readable and without what is different each time; one that cannot be read stands for itself. */
function readable({ text, about }: Vector): unknown {
  if (!/^YGL[12]:/.test(text)) return text
  return about === 'cut off' ? text.length : opened(fromBase45(text.slice(5)))
}

test('the vectors of the documentation are those of the code', async () => {
  const fresh = await make()
  if (process.env['VECTORS'] === 'write') writeFileSync(file, `${JSON.stringify(fresh, null, 1)}\n`)
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Vectors
  const comparable = ({ bundles, vectors, ...rest }: Vectors) =>
    JSON.parse(
      JSON.stringify({
        ...rest,
        bundles: Object.entries(bundles).map(([name, bytes]) => [name, opened(Buffer.from(bytes, 'hex'))]),
        vectors: vectors.map((vector) => ({ ...vector, text: readable(vector) })),
      }),
    ) as unknown
  expect(comparable(kept)).toEqual(comparable(fresh))
})

test('every vector gets the verdict it says', async () => {
  const { vectors, bundles } = JSON.parse(readFileSync(file, 'utf8')) as Vectors
  for (const { about, text, trust, at, ...expected } of vectors) {
    const opener = await openTrust(Buffer.from(bundles[trust] ?? '', 'hex'))
    const { title, sentence, next, ...got } = await verify(text, opener, new Date(at))
    const said = { zh: [title.zh, sentence.zh, next.zh], en: [title.en, sentence.en, next.en] }
    expect(JSON.parse(JSON.stringify({ ...got, ...said })), about).toEqual(expected)
  }
})

test('the root of the vectors is the test root, and the private half of no key is in a bundle', async () => {
  const bundle = await openTrust(await trustBytes())
  expect(bundle.roots.map(({ publicKey }) => publicKey)).toEqual([publicOf('root')])
  const bytes = hex(await trustBytes())
  for (const { d } of Object.values(testKeys)) expect(bytes).not.toContain(Buffer.from(d, 'base64url').toString('hex'))
})
