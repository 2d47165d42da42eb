/**
 * The member far from home. He registers on his phone and is issued a pass by his town; Kunming takes him in by reading it and assigns him to a
 * branch. At that branch's theme day there is no signal: his phone shows the pass, a phone at the door checks it and lets him in. Back in
 * range the record is written and confirmed, and his year, his home branch's page and the host's say the same of it; nobody typed it twice.
 *
 * Six people on six devices: the member's phone, home (the village's secretary, the town's committee) and host (Kunming's committee, the
 * branch's secretary at the door, its recorder). The code is read from pictures of the screen by jsqr and by zxing-wasm.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsqr from 'jsqr'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { demoId } from '#organisations'
import { contentOf, fromBase45, openTrust, proofSeconds, verify } from '#pass'
import { sql, transact } from '#platform'
import { dayOf } from '#rules'
import { barriers, type Faces, keepPicture, openFaces, settled } from './faces.ts'
import { ask, inStore } from './phone.ts'

const who = { member: '张绍明', secretary: '陈国安', town: '刘德芳', kunming: '马晓东', atTheDoor: '邓丽娟', recorder: '赵文' }
const home = demoId('branch', '530602104206', '1')
const town = demoId('committee', '530602104000')
const kunming = demoId('floating', 'committee')
const branch = demoId('branch', '昭通驻昆流动党员')
const gatheringId = crypto.randomUUID()
const year = dayOf(new Date()).slice(0, 4)

let faces: Faces
let folder: string
beforeAll(async () => {
  faces = await openFaces()
  folder = await mkdtemp(join(tmpdir(), 'yigongli-pass-'))
  // From the package, never from elsewhere.
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  await prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer }, fireImmediately: true })
})
afterAll(async () => {
  await faces.close()
  await rm(folder, { recursive: true, force: true })
})

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${faces.url}${path}`)
  await page.locator('main').first().waitFor()
  await settled(page)
}
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** A page is read by everybody and fits: nothing in the way, nothing wider than the screen, and a picture of it kept. */
async function looked(page: Page, name: string): Promise<void> {
  await settled(page)
  expect(await barriers(page), name).toEqual([])
  expect(await tooWide(page), name).toBeLessThanOrEqual(0)
  await keepPicture(page, name)
}

/** What stands in the picture of a screen, read by two readers that know nothing of each other. */
async function readBoth(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const pixels = new Uint8ClampedArray(data)
  const one = jsqr(pixels, info.width, info.height)?.data
  const [other] = await readBarcodes({ data: pixels, width: info.width, height: info.height, colorSpace: 'srgb' }, { formats: ['QRCode'] })
  expect(one, 'jsqr').toMatch(/^YGL2:/)
  expect(other?.text, 'zxing-wasm').toBe(one)
  return one ?? ''
}

const shownCode = async (page: Page): Promise<Buffer> => {
  const code = page.locator('[data-pass-code]:not([data-pass-code=""])')
  await code.waitFor()
  return code.screenshot()
}

/** Given that the day's travel was too long this month: he asked for leave at home. */
const leaveAtHome = () =>
  transact(faces.house.jobsPool, (ctx) =>
    ctx.query(sql`
      update meetings.attendance a set state = 'LEAVE', leave_reason = 'WORK_DUTY' from meetings.gathering g, platform.account p
      where g.county = a.county and g.id = a.gathering_id and p.name = ${who.member} and a.member_id = p.subject_id and g.organisation_id = ${home}
        and g.held_on >= ${`${dayOf(new Date()).slice(0, 7)}-01`}`),
  )

test('from the registration to the year, with the host out of range', { timeout: 360_000 }, async () => {
  const [member, secretary, committee] = [
    await faces.openAs(who.member, '/'),
    await faces.openAs(who.secretary, '/console', { size: 'console' }),
    await faces.openAs(who.town, '/console', { size: 'console' }),
  ]
  const [host, door, recorder] = [
    await faces.openAs(who.kunming, '/console', { size: 'console' }),
    await faces.openAs(who.atTheDoor, '/'),
    await faces.openAs(who.recorder, '/'),
  ]

  await leaveAtHome()

  // He registers on his phone; what is advised is said before anything is sent.
  await go(member, '/floating')
  await member.getByLabel('县、乡镇或社区').fill('西山')
  await member
    .getByRole('list', { name: '找到的地方' })
    .getByRole('button', { name: /^西山区/ })
    .click()
  await member.getByLabel('单位或学校（可以不写）').fill('滇池建筑公司')
  await member.getByText('发给流动党员活动证', { exact: true }).waitFor()
  await looked(member, 'floating-register')
  await member.getByRole('button', { name: '登记外出' }).click()
  await member.getByText('已登记外出').first().waitFor()
  await looked(member, 'floating-registered')

  // The village sees it, the town issues the pass.
  await go(secretary, `/console/o/${home}/floating`)
  await secretary.getByText(who.member).first().click()
  await secretary.getByText('滇池建筑公司').first().waitFor()
  await looked(secretary, 'console-floating-registration')
  await go(committee, `/console/o/${town}/floating?q=${encodeURIComponent(who.member)}`)
  await committee.getByText(who.member).first().click()
  await committee.getByRole('button', { name: '发证', exact: true }).click()
  await committee.getByRole('button', { name: /^确认发证/ }).click()
  await committee.getByText('证号').waitFor()
  await looked(committee, 'console-floating-issued')

  // It goes into his phone. What the code holds is a masked name and the branch, and nothing else about him.
  await go(member, '/pass')
  await member.getByRole('button', { name: '装进这部手机' }).click()
  const early = await shownCode(member)
  const madeAt = Date.now()
  await looked(member, 'pass')
  const text = await readBoth(early)
  await writeFile(join(folder, 'early.png'), early)
  const { name } = contentOf(passIn(text))
  expect(name).toBe('张*明')
  const bytes = Buffer.from(fromBase45(text.slice('YGL2:'.length))).toString('utf8')
  for (const canary of [who.member, '19900000021', '滇池建筑公司', '530112']) expect(bytes).not.toContain(canary)

  // Kunming reads it at the counter, and assigns him to a branch.
  await go(host, `/console/o/${kunming}/floating/arrive`)
  await host.getByLabel('活动证的二维码或证号').fill(await readBoth(await shownCode(member)))
  await host.getByRole('button', { name: '办理报到' }).click()
  await host.getByRole('button', { name: '编入支部' }).click()
  await host.getByRole('combobox', { name: /编入哪个支部/ }).fill('昭通驻昆')
  await host.locator('.ant-select-item-option-active', { hasText: '昭通驻昆流动党员党支部' }).waitFor()
  await host.keyboard.press('Enter')
  await host.getByRole('button', { name: /^确认编入支部/ }).click()
  await host
    .getByRole('status')
    .getByText(/编入支部已办理/)
    .waitFor()
  await host.locator('.ant-btn-loading').waitFor({ state: 'detached' })
  await looked(host, 'console-floating-assigned')

  // The branch plans a theme day; it stands in his month beside what his village plans.
  const start = new Date(Date.now() - 20 * 60_000).toISOString()
  const at = `/organisations/${branch}/gatherings/${gatheringId}`
  await ask(door, 'PUT', at, {
    title: '工地主题党日',
    segments: [{ id: crypto.randomUUID(), kind: 'THEME_DAY' }],
    mode: 'ONSITE',
    place: '马街工地活动室',
    plannedStart: start,
  })
  await ask(door, 'PUT', `${at}/notice`)
  await go(member, '/floating/month')
  await member.getByText('工地主题党日').first().waitFor()
  await looked(member, 'floating-month')
  await ask(door, 'PUT', `${at}/start`, { at: start })

  // Both phones have what they need, and leave the range.
  await go(door, `/meetings/${branch}/${gatheringId}`)
  await expect.poll(async () => (await inStore(door, 'shelf')).some(({ key }) => key.includes(gatheringId)), { timeout: 60_000 }).toBe(true)
  await go(door, `/meetings/${branch}/${gatheringId}/door`)
  await door.getByRole('button', { name: '扫码', exact: true }).waitFor()
  for (const page of [door, member]) {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.context().setOffline(true)
  }
  await go(member, '/pass')
  await go(door, `/meetings/${branch}/${gatheringId}/door`)

  // A picture taken before is refused with its own words; what his phone shows now is not.
  const picture = door.locator('input[type=file]')
  // Proofs count whole seconds.
  await expect.poll(() => Date.now() - madeAt > (proofSeconds + 2) * 1000, { timeout: 60_000 }).toBe(true)
  await picture.setInputFiles(join(folder, 'early.png'))
  await door
    .getByText(/截图|过时|旧/)
    .first()
    .waitFor()
  await looked(door, 'door-screenshot')
  await door.getByRole('button', { name: '不放行' }).click()
  await writeFile(join(folder, 'now.png'), await shownCode(member))
  await picture.setInputFiles(join(folder, 'now.png'))
  await door.getByText('张*明').first().waitFor()
  await looked(door, 'door-valid')
  await door.getByRole('button', { name: '放行并记为参加' }).click()
  await door.getByText('已存在本机，待发送').first().waitFor()
  await looked(door, 'door-waiting')
  // What the phone at the door has kept of it, as it lies in its stores: nothing but sealed bytes.
  const kept = await inStore(door, 'outbox')
  expect(kept).toHaveLength(2)
  const lying = [
    ...kept.map(({ text: value }) => value),
    await door.evaluate(() => [localStorage, sessionStorage].flatMap((store) => Object.values(store as object)).join(' ')),
  ].join(' ')
  for (const canary of [who.member, '张*明', '19900000021', '滇池建筑公司', 'YGL2:']) expect(lying).not.toContain(canary)

  // Back in range: it arrives by itself, the record is written by one and confirmed by another.
  for (const page of [door, member]) {
    await page.context().setOffline(false)
    await page.evaluate(() => void window.dispatchEvent(new Event('online')))
  }
  interface Whole {
    version: number
    roster: { name: string; state: string; capacity: string; hasVote: boolean; memberId: string }[]
  }
  const whole = () => ask<Whole>(recorder, 'GET', at)
  const row = async () => (await whole()).roster.find((each) => each.name === who.member)
  await expect.poll(async () => (await row())?.state).toBe('PRESENT_ONSITE')
  expect(await row()).toMatchObject({ capacity: 'FLOW_IN', hasVote: false })
  const { version, roster } = await whole()
  const chair = roster.find(({ capacity }) => capacity === 'MEMBER')?.memberId
  const record = await ask<Whole>(recorder, 'PUT', `${at}/record`, {
    actualStart: start,
    actualEnd: new Date().toISOString(),
    hostId: chair,
    agenda: [],
    minutes: '学习安全生产，看望工友。',
    version,
  })
  await ask(door, 'PUT', `${at}/confirmation`, { version: record.version })

  // One record for three readers.
  interface Ledger {
    participations: { id: string; title: string; attendance: string; gatheringId: string }[]
    credits: { kind: string; period: string; credit: string }[]
  }
  const mine = () => ask<Ledger>(member, 'GET', `/me/floating-years/${year}`)
  await expect.poll(async () => (await mine()).participations.length).toBe(1)
  const ledger = await mine()
  expect(ledger.participations[0]).toMatchObject({ title: '工地主题党日', attendance: 'PRESENT', gatheringId })
  const month = dayOf(new Date()).slice(0, 7)
  expect(ledger.credits.find(({ kind, period }) => kind === 'THEME_DAY' && period === month)).toMatchObject({ credit: 'MET_AT_HOST' })
  const { registration } = await ask<{ registration: { id: string; state: string } }>(member, 'GET', '/me/floating')
  expect(registration.state).toBe('PARTICIPATING')
  const yearAt = (organisationId: string) => `/organisations/${organisationId}/floating/${registration.id}/years/${year}`
  expect(await ask<Ledger>(secretary, 'GET', yearAt(home))).toEqual(ledger)
  expect(await ask<Ledger>(host, 'GET', yearAt(kunming))).toEqual(ledger)
  await go(member, `/floating/year/${year}`)
  await member.getByText('工地主题党日').first().waitFor()
  await member.getByText('已在流入地完成').first().waitFor()
  await looked(member, 'floating-year')
  await go(secretary, `/console/o/${home}/floating/ledger/${registration.id}`)
  await secretary.getByText('工地主题党日').first().waitFor()
  await looked(secretary, 'console-floating-ledger-home')
  await go(host, `/console/o/${kunming}/floating/ledger/${registration.id}`)
  await host.getByText('工地主题党日').first().waitFor()
  await looked(host, 'console-floating-ledger-host')

  // The two committees: who is where, and what ran at the door.
  await go(host, `/console/o/${kunming}/floating/flows?side=IN`)
  await looked(host, 'console-floating-flows')
  await go(host, `/console/o/${kunming}/floating/door`)
  await host.getByText('张*明').first().waitFor()
  await looked(host, 'console-floating-door')

  // And a stranger, with nothing but the bundle the platform gives to everybody.
  const trust = await openTrust(new Uint8Array(await (await fetch(`${faces.url}/pass/trust`)).arrayBuffer()))
  await go(member, '/pass')
  const verdict = await verify(await readBoth(await shownCode(member)), trust, new Date())
  expect(verdict.outcome).toBe('VALID')
})

/** The pass inside a presentation: the first of two byte strings of a CBOR array. */
function passIn(text: string): Uint8Array {
  const bytes = fromBase45(text.slice('YGL2:'.length))
  const [, head = 0, high = 0, low = 0] = bytes
  // RFC 8949 §3.1: 0x58 is a length of one byte, 0x59 of two.
  return head === 0x59 ? bytes.slice(4, 4 + high * 256 + low) : bytes.slice(3, 3 + high)
}
