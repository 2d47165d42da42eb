/** The border of the system is not the border of the service: provinces sign for each other, other software reads the pass, and fraud has words of its own. */
import { randomUUID } from 'node:crypto'
import { StatusList } from '@sd-jwt/jwt-status-list'
import { calculateJwkThumbprint, CompactSign, compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { takeIn, takeStep } from '#contract/floating'
import { listParticipations } from '#contract/participations'
import {
  bindPass,
  getExchangeFile,
  getPassIssuer,
  getPassStatuses,
  importExchange,
  issuePass,
  listIssuerKeys,
  putDoorCheck,
  putPartner,
  rotateIssuerKey,
  setPassState,
  withdrawIssuerKey,
} from '#contract/passes'
import { type OpenTestHouse, openTestHouse } from '#house'
import { verify } from '#pass'
import { begun, bound, issued, openStory, registered, shown, type Story, takenIn, today, trustOf } from '../../test/floating.ts'

let place: OpenTestHouse
let story: Story
let province: { kid: string; privateKey: CryptoKey }

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

beforeAll(async () => {
  place = await openTestHouse()
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const key = { kty: 'EC', crv: 'P-256', x, y } as const
  province = { kid: await calculateJwkThumbprint(key), privateKey: pair.privateKey }
  const department = await place.signIn('ORG_DEPARTMENT', '省委')
  const params = { organisationId: place.node('省委').id, kid: province.kid }
  await department.call(putPartner, { params, body: { name: '广东省', areaCode: '44', key, since: today } })
})
afterAll(() => place.close())
beforeEach(async () => {
  story = await openStory(place)
})

const signed = (content: object, { kid, privateKey } = province, typ = 'yigongli-participations+jws') =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(content))).setProtectedHeader({ alg: 'ES256', kid, typ }).sign(privateKey)

const fileOf = (copyId: string) => ({
  fileId: randomUUID(),
  madeOn: today,
  host: '东莞市长安镇党群服务中心',
  items: [{ id: randomUUID(), copyId, on: today, title: '主题党日', kinds: ['THEME_DAY'], attendance: 'PRESENT', recordedBy: '何某' }],
})

const importAt = (file: string) => story.secretary.ask(importExchange, { params: { organisationId: story.home }, body: { file } })
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code

test('what a host outside the province recorded counts once, however often its file comes; altered or by a stranger nothing of it is taken', async () => {
  const registrationId = await registered(story, story.memberId, { destination: { areaCode: '441900', place: '东莞', fixed: true } })
  await issued(place, story, registrationId)
  const { copyId } = await bound(story.member)
  const introduction = await story.secretary.ask(getExchangeFile, { params: { organisationId: story.home, registrationId } })
  const { certifiers } = place.house.services.secrets
  const { payload } = await compactVerify(String(introduction.body), await importJWK(certifiers[0]?.publicKey as JWK, 'ES256'))
  expect(new TextDecoder().decode(payload)).toContain('甲村党支部')

  const file = await signed(fileOf(copyId))
  expect((await importAt(file)).body).toMatchObject({ from: '广东省 东莞市长安镇党群服务中心', added: 1, repeated: 0, left: [] })
  expect((await importAt(file)).body).toMatchObject({ added: 0, repeated: 1 })
  const [head = '', body = '', signature = ''] = file.split('.')
  const altered = `${head}.${body.slice(0, 20)}${body[20] === 'A' ? 'B' : 'A'}${body.slice(21)}.${signature}`
  expect(codeOf(await importAt(altered))).toBe('EXCHANGE_DAMAGED')
  const stranger = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  expect(codeOf(await importAt(await signed(fileOf(copyId), { kid: 'x', privateKey: stranger.privateKey })))).toBe('EXCHANGE_UNKNOWN')
  expect(codeOf(await importAt(await signed(fileOf(copyId), { kid: province.kid, privateKey: stranger.privateKey })))).toBe(
    'EXCHANGE_DAMAGED',
  )
  expect(codeOf(await importAt(await signed({ nothing: true })))).toBe('EXCHANGE_CONTENT')
  expect(codeOf(await importAt('今天'))).toBe('EXCHANGE_DAMAGED')
  expect((await importAt(await signed(fileOf(randomUUID())))).body).toMatchObject({ added: 0, left: [{ n: 1 }] })

  const { items } = await story.secretary.call(listParticipations, {
    params: { organisationId: story.home },
    query: { memberId: story.memberId },
  })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ hostId: null, hostName: '广东省 东莞市长安镇党群服务中心', attendance: 'PRESENT' })
})

test('other software finds keys and revocations of the twin where it says they are', async () => {
  const registrationId = await registered(story, story.memberId)
  const passId = await issued(place, story, registrationId)
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const { twin } = await story.member.call(bindPass, { params: { copyId: randomUUID() }, body: { kty: 'EC', crv: 'P-256', x, y } })
  const [jwt = ''] = twin.split('~')
  const { issuer, jwks } = await place.stranger.call(getPassIssuer)
  const { iss, status } = decodeJwt<{ status: { status_list: { idx: number; uri: string } } }>(jwt)
  expect(iss).toBe(issuer)
  const key = jwks.keys.find(({ kid }) => kid === decodeProtectedHeader(jwt).kid)
  await compactVerify(jwt, await importJWK(key as JWK, 'ES256'))
  const { idx, uri } = status.status_list
  const [county = '', list = ''] = uri.split('/').slice(-2)
  const now = async () => {
    const { body } = await place.stranger.ask(getPassStatuses, { params: { county, list: Number(list) } })
    const text = String(body)
    const certifier = place.house.services.secrets.certifiers[0]?.publicKey as JWK
    await compactVerify(text, await importJWK(certifier, 'ES256'))
    const held = decodeJwt<{ status_list: { bits: 2; lst: string } }>(text).status_list
    return StatusList.decompressStatusList(held.lst, held.bits).getStatus(idx)
  }
  expect(await now()).toBe(0)
  const params = { organisationId: place.node('甲镇党委').id, registrationId, passId }
  await story.committee.call(setPassState, { params, body: { state: 'REVOKED', reason: '遗失' } })
  expect(await now()).toBe(1)
})

test('one pass shown at two places at once is let in at both by people, and both are told', async () => {
  const registrationId = await registered(story, story.memberId)
  await issued(place, story, registrationId)
  const phone = await bound(story.member)
  const presented = await shown(phone)
  const checks = []
  for (const gatheringId of [await begun(story), await begun(story)]) {
    const params = { organisationId: story.branch, gatheringId, checkId: randomUUID() }
    const body = { presented, deviceAt: new Date().toISOString(), admitted: true }
    checks.push(await story.hostBranch.call(putDoorCheck, { params, body }))
  }
  expect(checks.map(({ elsewhere, admitted }) => [elsewhere, admitted])).toEqual([
    [false, true],
    [true, true],
  ])
})

test('a member who was transferred is received as one, not by the pass', async () => {
  const registrationId = await registered(story, story.memberId)
  await issued(place, story, registrationId)
  const phone = await bound(story.member)
  await takenIn(story, phone)
  await story.secretary.call(takeStep, {
    params: { organisationId: story.home, registrationId, stepId: randomUUID() },
    body: { action: 'TRANSFER', on: today, note: '甲党组〔2026〕1号' },
  })
  const refusal = await story.hostCommittee.refusal(takeIn, {
    params: { organisationId: story.host, stepId: randomUUID() },
    body: { presented: await shown(phone), on: today },
  })
  expect(refusal).toMatchObject({ code: 'PASS_REFUSED' })
  expect(refusal.detail).toContain('组织关系介绍信')
})

test('a key that got out is withdrawn without another committee having to issue anything anew', async () => {
  const registrationId = await registered(story, story.memberId)
  await issued(place, story, registrationId)
  const phone = await bound(story.member)
  const organisationId = place.node('甲镇党委').id
  // Another committee of the same county, with a pass of its own key.
  const [otherId = ''] = await place.addMembers('丙村党支部', 1)
  const other = {
    ...story,
    secretary: story.hostBranch,
    home: story.branch,
    committee: await place.signIn('COMMITTEE_ADMIN', '乙镇党委'),
    member: await place.signIn('MEMBER', '丙村党支部', { memberId: otherId }),
  }
  const otherTown = place.node('乙镇党委').id
  const department = await place.signIn('ORG_DEPARTMENT', '乙县委')
  await department.call(rotateIssuerKey, { params: { organisationId: otherTown, keyId: randomUUID() } })
  const elsewhere = await registered(other, otherId)
  const passId = randomUUID()
  await other.committee.call(issuePass, {
    params: { organisationId: otherTown, registrationId: elsewhere, passId },
    body: { issuedOn: today },
  })
  const otherPhone = await bound(other.member)
  const outcomes = async () => {
    const trust = await trustOf(place)
    return [
      (await verify(await shown(phone), trust, new Date())).outcome,
      (await verify(await shown(otherPhone), trust, new Date())).outcome,
    ]
  }
  expect(await outcomes()).toEqual(['VALID', 'VALID'])
  const { items } = await story.department.call(listIssuerKeys, { params: { organisationId } })
  for (const { kid } of items.filter(({ withdrawnAt }) => withdrawnAt === null)) {
    const body = { kid, since: '2020-01-01T00:00:00+08:00', reason: '私钥外泄' }
    await story.department.call(withdrawIssuerKey, { params: { organisationId }, body })
  }
  expect(await outcomes()).toEqual(['ISSUER_WITHDRAWN', 'VALID'])
})
