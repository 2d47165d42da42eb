/** Every verdict, and that nothing but what was signed is ever valid. Seen to fail: with the check of the issuer's signature left out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fromBase45,
  openTrust,
  outcomes,
  packTrust,
  type PassContent,
  passText,
  PassProblem,
  present,
  signIssuers,
  signPass,
  signStatuses,
  toBase45,
  verify,
} from '#pass'
import { content, issuerEntry, later, now, privateOf, publicOf, roots, scenes, secrets, signerOf, trustBytes } from './example.ts'

const all = await scenes()
const trust = await openTrust(await trustBytes())
const pass = await signPass(content, await signerOf('issuer'))
const holder = await privateOf('holder')

describe('each outcome', () => {
  test.each(all.map((scene) => [scene.outcome, scene.about, scene] as const))('%s: %s', async (outcome, _about, scene) => {
    const verdict = await verify(scene.text, await openTrust(scene.trust), scene.at)
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.accepted).toBe(['VALID', 'VALID_PAPER', 'LIST_OLD'].includes(outcome))
    for (const { zh, en } of [verdict.title, verdict.sentence, verdict.next]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      // Only the issuer's own name may be Chinese in an English sentence.
      expect(en.replaceAll('昭通市流动党员管理工委（测试）', 'The committee')).toMatch(/^[A-Z][^\p{Script=Han}]*$/u)
      expect(zh + en).not.toMatch(/undefined|NaN|Invalid/)
    }
    // A machine turns nobody away.
    if (!verdict.accepted) expect(verdict.next.zh + verdict.next.en).toMatch(/请进，并记一笔.*let them in and make a note/s)
  })

  test('is reached, each with a sentence of its own', async () => {
    expect([...new Set(all.map(({ outcome }) => outcome))].sort()).toEqual([...outcomes].sort())
    const said = await Promise.all(all.map(async ({ text, trust: bytes, at }) => verify(text, await openTrust(bytes), at)))
    const byTitle = new Map(said.map(({ outcome, title }) => [outcome, title.zh]))
    expect(new Set(byTitle.values()).size).toBe(outcomes.length)
  })
})

test('what a good pass says, and how old the list is that was asked', async () => {
  const verdict = await verify(await present(pass, holder, now), trust, now)
  expect(verdict).toMatchObject({
    outcome: 'VALID',
    listAge: 3 * 3600,
    pass: {
      copyId: content.copyId,
      name: '王*明',
      branch: '隔界村党支部',
      issuer: '昭通市流动党员管理工委（测试）',
      issuedAt: content.issuedAt,
      expiresAt: content.expiresAt,
      holderBound: true,
    },
  })
})

test('a stale list says its age, and the refusals their numbers', async () => {
  const said = await Promise.all(all.map(async ({ text, trust: bytes, at }) => verify(text, await openTrust(bytes), at)))
  const sentences = said.map(({ sentence }) => sentence.zh).join('\n')
  expect(sentences).toContain('按 5 天前的吊销名单核对')
  expect(sentences).toContain('2 分钟前生成')
  expect(sentences).toContain('相差 8 小时')
  expect(sentences).toContain('在 2026年11月25日到期')
})

test('a stale list of issuers alone is said too', async () => {
  const root = await signerOf('root')
  const day = 86_400
  const stale = { uri: 'ygl:53:issuers', issuedAt: later(-40 * day), expiresAt: later(-10 * day), issuers: [await issuerEntry('issuer')] }
  const fresh = { uri: 'ygl:53:0', issuedAt: now, expiresAt: later(day), statuses: new Uint8Array(10_000) }
  const bundle = packTrust({ roots, issuers: [await signIssuers(stale, root)], statuses: [await signStatuses(fresh, root)] })
  const verdict = await verify(await present(pass, holder, now), await openTrust(bundle), now)
  expect(verdict.outcome).toBe('LIST_OLD')
  expect(verdict.sentence.zh).toContain('按 40 天前的签发机关名单核对')
})

test('one bit changed anywhere is never valid', { timeout: 120_000 }, async () => {
  const text = await present(pass, holder, now)
  const presentation = fromBase45(text.slice(5))
  const paper = await signPass({ ...content, holder: null }, await signerOf('issuer'))
  const outcomesOfFlips = new Set<string>()
  for (const [mark, bytes] of [
    ['YGL2:', presentation],
    ['YGL1:', paper],
  ] as const)
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Uint8Array.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
      const { outcome, accepted } = await verify(mark + toBase45(altered), trust, now)
      expect(accepted, `byte ${at} of ${mark}: ${outcome}`).toBe(false)
      outcomesOfFlips.add(outcome)
    }
  expect([...outcomesOfFlips].sort()).toEqual(['ALTERED', 'ISSUER_UNKNOWN', 'PROOF_WRONG'])
})

test('any text whatever gets a verdict, and none is accepted', { timeout: 60_000 }, async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }).map((rest) => `YGL1:${rest}`),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => `YGL2:${toBase45(bytes)}`),
    fc.constantFrom('', 'YGL1:', 'YGL2:', `YGL1:${toBase45(new Uint8Array(400).fill(0x81))}`),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect((await verify(text, trust, now)).accepted).toBe(false)
    }),
    { numRuns: 300 },
  )
})

const characters = fc.string({ unit: fc.constantFrom(...Array.from('王李张普阿·买提罗白云芬欧阳𠮷')), minLength: 1, maxLength: 12 })

test('whatever was signed is valid where and when it should be, and only there', { timeout: 60_000 }, async () => {
  const issuer = await signerOf('issuer')
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        copyId: fc.uuid(),
        name: characters,
        branch: fc.string({
          unit: fc.constantFrom(...Array.from('村党支部第一二三组金平苗族瑶族傣族自治县')),
          minLength: 1,
          maxLength: 60,
        }),
        index: fc.integer({ min: 4800, max: 9999 }),
        bound: fc.boolean(),
        proofAge: fc.integer({ min: -30, max: 30 }),
      }),
      async ({ copyId, name, branch, index, bound, proofAge }) => {
        const it: PassContent = {
          ...content,
          copyId,
          name,
          branch,
          status: { uri: 'ygl:53:0', index },
          holder: bound ? publicOf('holder') : null,
        }
        const signed = await signPass(it, issuer)
        const verdict = await verify(bound ? await present(signed, holder, later(-proofAge)) : passText(signed), trust, now)
        expect(verdict.outcome).toBe(bound ? 'VALID' : 'VALID_PAPER')
        expect(verdict.pass?.copyId).toBe(copyId.toLowerCase())
        expect(branch.startsWith(verdict.pass?.branch.replace('…', '') ?? '?')).toBe(true)
        expect((await verify(passText(signed), trust, later(71 * 86_400))).outcome).toBe('EXPIRED')
      },
    ),
    { numRuns: 60 },
  )
})

test('checked again afterwards, with lists newer than the moment: they count, and no clock is blamed', async () => {
  const before = later(-86_400)
  const shown = await present(pass, holder, before)
  expect((await verify(shown, trust, before)).outcome).toBe('CLOCK')
  expect((await verify(shown, trust, before, { afterwards: true })).outcome).toBe('VALID')
})

test('a proof is of one pass only', async () => {
  const other = await signPass({ ...content, copyId: '019ac0de-5300-7000-8000-000000000002' }, await signerOf('issuer'))
  const [mine, theirs] = await Promise.all([present(pass, holder, now), present(other, holder, now)])
  const [whole, donor] = [fromBase45(mine.slice(5)), fromBase45(theirs.slice(5))]
  whole.set(donor.slice(-83), whole.length - 83)
  expect((await verify(`YGL2:${toBase45(whole)}`, trust, now)).outcome).toBe('PROOF_WRONG')
})

test('what a scanner or a clipboard does to the text does not matter', async () => {
  const text = await present(pass, holder, now)
  for (const written of [`${text}\r\n`, ` ${text}`, text.toLowerCase()]) expect((await verify(written, trust, now)).outcome).toBe('VALID')
})

describe('the trust bundle', () => {
  test('that was changed is refused as a whole, whatever byte of a list it was', async () => {
    const bytes = await trustBytes()
    const list = bytes.length - 40
    for (const at of [list, list - 100]) {
      const altered = Uint8Array.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      await expect(openTrust(altered)).rejects.toThrow(PassProblem)
    }
    await expect(openTrust(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'MALFORMED' })
    await expect(openTrust(new Uint8Array())).rejects.toMatchObject({ code: 'MALFORMED' })
  })

  test('counts for nothing with a verifier that trusts another root', async () => {
    const opened = await openTrust(await trustBytes(), { anchors: [{ publicKey: publicOf('otherRoot'), name: '贵州', areaCode: '52' }] })
    expect(opened.issuers).toEqual([])
    expect((await verify(await present(pass, holder, now), opened, now)).outcome).toBe('ISSUER_UNKNOWN')
  })

  test('of two provinces: the one’s status list says nothing about the other’s passes', async () => {
    const [root, other] = await Promise.all([signerOf('root'), signerOf('otherRoot')])
    const signed = { issuedAt: later(-60), expiresAt: later(86_400) }
    const bundle = packTrust({
      roots: [...roots, { publicKey: publicOf('otherRoot'), name: '贵州省（测试）', areaCode: '52' }],
      issuers: [
        await signIssuers({ uri: 'ygl:53:issuers', ...signed, issuers: [await issuerEntry('issuer')] }, root),
        await signIssuers(
          { uri: 'ygl:52:issuers', ...signed, issuers: [await issuerEntry('otherIssuer', { name: '毕节（测试）' })] },
          other,
        ),
      ],
      statuses: [await signStatuses({ uri: 'ygl:53:0', ...signed, statuses: new Uint8Array(10_000) }, other)],
    })
    const opened = await openTrust(bundle)
    expect(opened.issuers.map(({ name }) => name).sort()).toEqual(['昭通市流动党员管理工委（测试）', '毕节（测试）'].sort())
    expect((await verify(await present(pass, holder, now), opened, now)).outcome).toBe('LIST_MISSING')
    const theirs = await signPass(content, await signerOf('otherIssuer'))
    expect((await verify(await present(theirs, holder, now), opened, now)).outcome).toBe('VALID')
  })

  test('a root takes over from another of its area', async () => {
    const [root, next] = await Promise.all([signerOf('root'), signerOf('otherRoot')])
    const signed = { issuedAt: later(-60), expiresAt: later(86_400) }
    const bundle = packTrust({
      roots: [...roots, { publicKey: publicOf('otherRoot'), name: '云南省 2027（测试）', areaCode: '53' }],
      issuers: [await signIssuers({ uri: 'ygl:53:issuers', ...signed, issuers: [await issuerEntry('issuer')] }, root)],
      statuses: [await signStatuses({ uri: 'ygl:53:0', ...signed, statuses: new Uint8Array(10_000) }, next)],
    })
    expect((await verify(await present(pass, holder, now), await openTrust(bundle), now)).outcome).toBe('VALID')
  })

  test('of two lists of one name the newer counts, in whatever order they come', async () => {
    const root = await signerOf('root')
    const statuses = new Uint8Array(10_000)
    const older = await signStatuses({ uri: 'ygl:53:0', issuedAt: later(-900), expiresAt: later(86_400), statuses }, root)
    statuses[content.status.index] = 1
    const newer = await signStatuses({ uri: 'ygl:53:0', issuedAt: later(-60), expiresAt: later(86_400), statuses }, root)
    const issuers = [
      await signIssuers(
        { uri: 'ygl:53:issuers', issuedAt: later(-60), expiresAt: later(86_400), issuers: [await issuerEntry('issuer')] },
        root,
      ),
    ]
    for (const lists of [
      [older, newer],
      [newer, older],
    ]) {
      const opened = await openTrust(packTrust({ roots, issuers, statuses: lists }))
      expect((await verify(await present(pass, holder, now), opened, now)).outcome).toBe('REVOKED')
    }
  })

  test('a list of one kind in the place of the other is refused', async () => {
    const root = await signerOf('root')
    const list = await signStatuses({ uri: 'ygl:53:0', issuedAt: now, expiresAt: later(60), statuses: new Uint8Array(8) }, root)
    await expect(openTrust(packTrust({ roots, issuers: [list], statuses: [] }))).rejects.toMatchObject({ code: 'MALFORMED' })
  })
})

test('nothing that must stay secret is in the bytes', async () => {
  const inBytes = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
  const needle = (text: string) => inBytes(new TextEncoder().encode(text))
  const everything = [inBytes(pass), inBytes(fromBase45((await present(pass, holder, now)).slice(5)))]
  for (const bytes of everything) {
    // The search finds what is there.
    expect(bytes).toContain(needle('王*明'))
    expect(bytes).toContain(needle('隔界村党支部'))
    for (const secret of [secrets.name, '小', secrets.identityNumber, secrets.phone]) expect(bytes).not.toContain(needle(secret))
  }
})
