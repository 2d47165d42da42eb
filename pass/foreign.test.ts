/**
 * Strangers' software accepts what is good and refuses what is not: COSE and CWT by @ldclabs/cose-ts, the status list by @sd-jwt/jwt-status-list,
 * the twin by @sd-jwt/sd-jwt-vc, its request and response by @openid4vc/openid4vp and dcql, its key binding and signatures by jose.
 */
import { readFileSync } from 'node:fs'
import { Claims, Validator } from '@ldclabs/cose-ts/cwt'
import { ECDSAKey } from '@ldclabs/cose-ts/ecdsa'
import { Sign1Message } from '@ldclabs/cose-ts/sign1'
import { Openid4vpClient, Openid4vpVerifier } from '@openid4vc/openid4vp'
import { getListFromStatusListJWT, StatusList } from '@sd-jwt/jwt-status-list'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { DcqlPresentationResult, DcqlQuery } from 'dcql'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { fromBase45, kidOf, present, presentTwin, signIssuers, signPass, signStatuses, signStatusesTwin, signTwin, vct } from '#pass'
import { content, issuerEntry, type KeyName, later, now, places, privateOf, publicOf, signerOf } from './example.ts'

const pass = await signPass(content, await signerOf('issuer'))
const bytesOf = (text: string | undefined): Uint8Array => Uint8Array.from(Buffer.from(text ?? '', 'base64url'))
/** A key as the stranger's library takes it: a compressed point. */
function foreignKey(name: KeyName): ECDSAKey {
  const { x, y } = publicOf(name)
  return ECDSAKey.fromPublic(Uint8Array.from([((bytesOf(y).at(-1) ?? 0) & 1) === 1 ? 3 : 2, ...bytesOf(x)]))
}
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe('a COSE and CWT library', () => {
  test('accepts a pass and reads what it says', () => {
    const { payload, protected: head } = Sign1Message.fromBytes(foreignKey('issuer'), pass)
    const claims = Claims.fromBytes(payload)
    new Validator({ fixedNow: now, expectIssuedInThePast: true }).validate(claims)
    expect(head?.toRaw()).toEqual(
      new Map<number, unknown>([
        [1, -7],
        [4, expect.anything()],
      ]),
    )
    expect(claims.iat).toBe(content.issuedAt.getTime() / 1000)
    expect(claims.exp).toBe(content.expiresAt.getTime() / 1000)
    expect(Buffer.from(claims.cti).toString('hex')).toBe(content.copyId.replaceAll('-', ''))
    expect(claims.toRaw().get(-65_537)).toBe('王*明')
    expect(claims.toRaw().get(-65_538)).toBe('隔界村党支部')
    const key = new ECDSAKey(new Map(claims.cnf.get(1) as typeof claims.cnf).set(3, -7))
    expect(Buffer.from(key.getPublicKey()).equals(foreignKey('holder').getPublicKey())).toBe(true)
  })

  test('refuses an expired one, an altered one and another key', () => {
    expect(() =>
      new Validator({ fixedNow: later(71 * 86_400) }).validate(
        Claims.fromBytes(Sign1Message.fromBytes(foreignKey('issuer'), pass).payload),
      ),
    ).toThrow('expired')
    for (const at of [60, 100, 200, pass.length - 1])
      expect(() => Sign1Message.fromBytes(foreignKey('issuer'), flipped(pass, at))).toThrow(/cose-ts|CBOR/)
    expect(() => Sign1Message.fromBytes(foreignKey('thief'), pass)).toThrow('signature mismatch')
  })

  test('checks the holder’s proof with the pass as external data', async () => {
    const presentation = fromBase45((await present(pass, await privateOf('holder'), now)).slice(5))
    const proof = presentation.slice(-81)
    const context = Buffer.concat([Buffer.from('YGL2:'), pass])
    const { payload } = Sign1Message.fromBytes(foreignKey('holder'), proof, context)
    expect(Claims.fromBytes(payload).iat).toBe(now.getTime() / 1000)
    expect(() => Sign1Message.fromBytes(foreignKey('holder'), proof, Buffer.concat([context, Buffer.from([0])]))).toThrow('mismatch')
    expect(() => Sign1Message.fromBytes(foreignKey('thief'), proof, context)).toThrow('mismatch')
  })

  test('accepts the list of issuers', async () => {
    const list = await signIssuers(
      { uri: 'ygl:53:issuers', issuedAt: now, expiresAt: later(60), issuers: [await issuerEntry('issuer')] },
      await signerOf('root'),
    )
    expect(Claims.fromBytes(Sign1Message.fromBytes(foreignKey('root'), list).payload).sub).toBe('ygl:53:issuers')
  })
})

describe('a status list library', () => {
  const statuses = new Uint8Array(5000)
  statuses[places.revoked] = 1
  statuses[places.suspended] = 2
  const list = { uri: 'ygl:53:0', issuedAt: now, expiresAt: later(3 * 86_400), statuses }

  test('reads ours, and a COSE library its signature', async () => {
    const signed = await signStatuses(list, await signerOf('root'))
    const { payload, protected: head } = Sign1Message.fromBytes(foreignKey('root'), signed)
    const claims = Claims.fromBytes(payload)
    expect(head?.toRaw().get(16)).toBe('application/statuslist+cwt')
    expect([claims.sub, claims.toRaw().get(65_534)]).toEqual(['ygl:53:0', 4 * 3600])
    const { bits, lst } = Object.fromEntries(claims.toRaw().get(65_533) as Map<string, unknown>)
    expect(bits).toBe(2)
    const read = StatusList.decompressStatusList(Buffer.from(lst as Uint8Array).toString('base64url'), 2)
    expect([places.good, places.revoked, places.suspended].map((index) => read.getStatus(index))).toEqual([0, 1, 2])
    expect(read.statusList.filter((value) => value !== 0).length).toBe(2)
  })

  test('reads the twin of the list', async () => {
    const read = getListFromStatusListJWT(await signStatusesTwin(list, await signerOf('root')))
    expect([places.good, places.revoked, places.suspended].map((index) => read.getStatus(index))).toEqual([0, 1, 2])
  })
})

const issuerUrl = 'https://yigongli.example'
const twin = await signTwin(
  { ...content, issuerUrl, status: { uri: `${issuerUrl}/statuses/0`, index: places.good } },
  await signerOf('issuer'),
)
const request = { nonce: 'n-0S6_WzA2Mj', audience: 'redirect_uri:https://verifier.example/answer', at: now }

/** A verifier that knows SD-JWT VC and nothing of us. */
async function stranger(issuer: KeyName, statusOf = 0) {
  const statuses = new Uint8Array(5000)
  statuses[places.good] = statusOf
  const list = await signStatusesTwin(
    { uri: `${issuerUrl}/statuses/0`, issuedAt: now, expiresAt: later(86_400), statuses },
    await signerOf('root'),
  )
  const check = async (key: object, data: string, signature: string) => {
    try {
      await compactVerify(`${data}.${signature}`, await importJWK(key, 'ES256'))
      return true
    } catch {
      return false
    }
  }
  return new SDJwtVcInstance({
    hasher: async (data, alg) =>
      new Uint8Array(await crypto.subtle.digest(alg.toUpperCase(), typeof data === 'string' ? new TextEncoder().encode(data) : data)),
    hashAlg: 'sha-256',
    verifier: (data, signature) => check(publicOf(issuer), data, signature),
    kbVerifier: (data, signature, { cnf }) => check(cnf?.jwk ?? {}, data, signature),
    statusListFetcher: async (uri) => (uri === `${issuerUrl}/statuses/0` ? list : ''),
    statusVerifier: (data, signature) => check(publicOf('root'), data, signature),
  })
}
const moment = now.getTime() / 1000

describe('an SD-JWT VC library', () => {
  test('accepts the twin and what its holder chose to disclose', async () => {
    const shown = await presentTwin(twin, await privateOf('holder'), { ...request, disclose: ['name'] })
    const { payload, header, kb } = await (await stranger('issuer')).verify(shown, { currentDate: moment, keyBindingNonce: request.nonce })
    expect(header).toMatchObject({ alg: 'ES256', typ: 'dc+sd-jwt', kid: await kidOf(publicOf('issuer')) })
    expect(payload).toMatchObject({ vct, iss: issuerUrl, name: '王*明', jti: content.copyId })
    expect(payload).not.toHaveProperty('branch')
    expect(kb?.payload).toMatchObject({ aud: request.audience, nonce: request.nonce, iat: moment })
    const whole = await (await stranger('issuer')).verify(twin, { currentDate: moment })
    expect(whole.payload).toMatchObject({ name: '王*明', branch: '隔界村党支部' })
  })

  test('refuses another key, an altered twin, one taken back, an old one, and another’s proof', async () => {
    const shown = await presentTwin(twin, await privateOf('holder'), { ...request, disclose: ['name', 'branch'] })
    const options = { currentDate: moment, keyBindingNonce: request.nonce }
    await expect((await stranger('issuer')).verify(shown, options)).resolves.toBeDefined()
    await expect((await stranger('thief')).verify(shown, options)).rejects.toThrow(/[Vv]erif/)
    await expect(
      (await stranger('issuer')).verify(`${shown.slice(0, 100)}${shown[100] === 'A' ? 'B' : 'A'}${shown.slice(101)}`, options),
    ).rejects.toThrow(/./)
    await expect((await stranger('issuer', 1)).verify(shown, options)).rejects.toThrow('Status is not valid')
    await expect((await stranger('issuer')).verify(shown, { ...options, currentDate: moment + 71 * 86_400 })).rejects.toThrow(/expired/)
    await expect((await stranger('issuer')).verify(shown, { ...options, keyBindingNonce: 'another' })).rejects.toThrow(/[Nn]once/)
    const stolen = await presentTwin(twin, await privateOf('thief'), { ...request, disclose: [] })
    await expect((await stranger('issuer')).verify(stolen, options)).rejects.toThrow(/[Vv]erif|[Ss]ignature/)
    const [before = '', ...rest] = shown.split('~')
    const fewer = [before, ...rest.slice(1)].join('~')
    await expect((await stranger('issuer')).verify(fewer, options)).rejects.toThrow(/sd_hash/)
  })

  test('finds nothing in it that must stay secret', () => {
    const open = twin
      .split('~')
      .map((piece) =>
        piece
          .split('.')
          .map((text) => Buffer.from(text, 'base64url').toString())
          .join(),
      )
      .join()
    expect(open).toContain('王*明')
    expect(open).not.toContain('小')
    expect(open).not.toContain('530000199001010015')
  })
})

describe('OpenID4VP', () => {
  const unused = () => {
    throw new Error('not asked for here')
  }
  const callbacks = {
    signJwt: unused,
    verifyJwt: unused,
    decryptJwe: unused,
    encryptJwe: unused,
    fetch: unused,
    hash: (data: Uint8Array) => crypto.subtle.digest('SHA-256', Uint8Array.from(data)).then((digest) => new Uint8Array(digest)),
  }
  const query = JSON.parse(readFileSync(new URL('../docs/pass/dcql.json', import.meta.url), 'utf8')) as DcqlQuery.Input

  test('a request for the pass is made, understood, answered and checked', async () => {
    const verifier = new Openid4vpVerifier({ callbacks })
    const { authorizationRequestPayload } = await verifier.createOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: {
        response_type: 'vp_token',
        client_id: request.audience,
        response_uri: 'https://verifier.example/answer',
        response_mode: 'direct_post',
        nonce: request.nonce,
        dcql_query: query,
      },
    })
    const wallet = new Openid4vpClient({ callbacks })
    const resolved = await wallet.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload })
    expect(resolved.dcql?.query).toEqual(query)

    const shown = await presentTwin(twin, await privateOf('holder'), { ...request, disclose: ['name', 'branch'] })
    const { authorizationResponsePayload } = await wallet.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload,
      authorizationResponsePayload: { vp_token: { activity_pass: [shown] } },
    })
    const answer = await verifier.parseOpenid4vpAuthorizationResponse({
      callbacks,
      authorizationRequestPayload,
      authorizationResponse: authorizationResponsePayload,
    })
    expect(answer).toMatchObject({ type: 'dcql', expectedNonce: request.nonce, dcql: { presentations: { activity_pass: [shown] } } })

    const { payload } = await (await stranger('issuer')).verify(shown, { currentDate: moment, keyBindingNonce: answer.expectedNonce })
    const parsed = DcqlQuery.parse(query)
    DcqlQuery.validate(parsed)
    const matched = (claims: object) =>
      DcqlPresentationResult.fromDcqlPresentation(
        {
          activity_pass: [
            { credential_format: 'dc+sd-jwt', vct, claims: claims as Record<string, never>, cryptographic_holder_binding: true },
          ],
        },
        { dcqlQuery: parsed },
      ).can_be_satisfied
    expect(matched(payload)).toBe(true)
    expect(matched({ name: '王*明' })).toBe(false)
  })
})

test('a kid is the beginning of the JWK thumbprint', async () => {
  const thumbprint = await calculateJwkThumbprint(publicOf('issuer'), 'sha256')
  expect(await kidOf(publicOf('issuer'))).toBe(Buffer.from(thumbprint, 'base64url').subarray(0, 8).toString('base64url'))
})
