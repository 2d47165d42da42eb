/**
 * Province to province: a signed file introduces a member to a host outside, and a signed file brings back what was recorded there, so that
 * the border of the system is not the border of the service. JWS (ES256, RFC 7515), signed by a province's root key.
 */
import { randomUUID } from 'node:crypto'
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { segmentKinds } from '#contract/meetings'
import { participationStates } from '#contract/participations'
import { Day, Id, line } from '#contract/words'
import { namesOf } from '#organisations'
import { type Context, DomainError, type Node, type Secrets, type Sentence, sql } from '#platform'
import { shownBy } from './arrive.ts'
import { happened, keepClocks, select, type Stored } from './rows.ts'

const introductionType = 'yigongli-introduction+jws'
export const participationsType = 'yigongli-participations+jws'

/** What comes back. The copy of the pass names the member; nothing else about a person is in it. */
export const ParticipationFile = z.strictObject({
  fileId: Id,
  madeOn: Day,
  host: line(80),
  items: z
    .array(
      z.strictObject({
        id: Id,
        copyId: Id,
        on: Day,
        title: line(120),
        kinds: z.array(z.enum(segmentKinds)).min(1).max(7),
        attendance: z.enum(participationStates),
        recordedBy: line(40),
      }),
    )
    .min(1)
    .max(2000),
})

/** The file for a host outside: who comes, from where, and the copies of the pass they may show. @throws DomainError WRONG_STATE without a pass */
export async function introduction(ctx: Context, { certifiers: [root] }: Secrets, stored: Stored): Promise<string> {
  const copies = await ctx.query(sql<{ id: string; text: string }>`
    select c.id, c.text from floating.copy c join floating.pass p on p.county = c.county and p.id = c.pass_id
    where p.county = ${stored.county} and p.registration_id = ${stored.id} and p.state = 'ACTIVE' and c.status = 0 order by c.made_at desc`)
  if (copies.length === 0 || root === undefined) {
    throw new DomainError('WRONG_STATE', {
      sentence: { zh: '请先发证，并由本人装进手机或打印纸质证。', en: 'Issue the pass first, and have it put on a phone or printed.' },
    })
  }
  const names = await namesOf(ctx, [stored.homeId])
  const { name, reason, areaCode, place, unit, outOn, expectedBackOn } = stored
  const content = {
    madeAt: ctx.now.toISOString(),
    member: { name, home: names.get(stored.homeId) ?? '' },
    absence: { reason, areaCode, place, unit, outOn, expectedBackOn },
    passes: copies,
  }
  happened(ctx, stored, 'introduced')
  return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', kid: root.publicKey.kid, typ: introductionType })
    .sign(root.privateKey)
}

const refusal = (code: string, zh: string, en: string) =>
  new DomainError(code, { status: 400, sentence: { zh, en }, fields: [{ path: 'body.file', message: `${zh} / ${en}` }] })

/** @throws DomainError EXCHANGE_UNKNOWN, EXCHANGE_DAMAGED, EXCHANGE_CONTENT */
async function open(ctx: Context, file: string) {
  let header: { kid?: string | undefined; typ?: string | undefined }
  try {
    header = decodeProtectedHeader(file.trim())
  } catch {
    throw refusal(
      'EXCHANGE_DAMAGED',
      '这不是交换文件，或没有拷贝完整，请重新拷贝。',
      'Not an exchange file, or not all of it; copy it again.',
    )
  }
  const partner = await ctx.find(sql<{ kid: string; name: string; x: string; y: string }>`
    select kid, name, public_x as x, public_y as y from floating.partner where kid = ${header.kid ?? ''}`)
  if (partner === undefined || header.typ !== participationsType) {
    throw refusal(
      'EXCHANGE_UNKNOWN',
      '签名的省份不在互认名单里，或这是另一种文件，一条也没有导入；请向对方核对。',
      'The province that signed is not among the partners, or this is another kind of file; nothing was taken in.',
    )
  }
  let payload: Uint8Array
  try {
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x: partner.x, y: partner.y }, 'ES256')
    payload = (await compactVerify(file.trim(), key, { algorithms: ['ES256'] })).payload
  } catch {
    throw refusal(
      'EXCHANGE_DAMAGED',
      '签名对不上：文件在路上被改动了，一条也没有导入。',
      'The signature does not fit: the file was altered; nothing was taken in.',
    )
  }
  try {
    return { partner, content: ParticipationFile.parse(JSON.parse(new TextDecoder().decode(payload))) }
  } catch {
    throw refusal(
      'EXCHANGE_CONTENT',
      '文件里的写法这里不认识，一条也没有导入，请对方用约定的格式。',
      'The content is not what was agreed; nothing was taken in.',
    )
  }
}

interface Imported {
  from: string
  added: number
  repeated: number
  left: { why: Sentence; n: number }[]
}

const notHere: Sentence = { zh: '不是本组织的流动党员，或证已不存在', en: 'Not a floating member of this organisation' }

/** Takes in what a host outside recorded. The same file again, whole or in parts, adds nothing. */
export async function importFile(ctx: Context, node: Node, file: string): Promise<Imported> {
  const { partner, content } = await open(ctx, file)
  let [added, repeated, strange] = [0, 0, 0]
  for (const item of content.items) {
    const shown = await shownBy(ctx, item.copyId)
    const [stored] = shown === undefined ? [] : await select(ctx, sql`r.county = ${shown.county} and r.id = ${shown.registrationId}`)
    if (stored === undefined || !stored.path.startsWith(node.path)) {
      strange += 1
      continue
    }
    const rows = await ctx.query(sql`
      insert into floating.participation (county, id, registration_id, member_id, name, organisation_id, path, host_name, outside, title, kinds, on_day,
        attendance, recorded_by)
      values (${stored.county}, ${randomUUID()}, ${stored.id}, ${stored.memberId}, ${stored.name}, ${stored.homeId}, ${stored.path},
        ${`${partner.name} ${content.host}`}, ${`${partner.kid} ${item.id}`}, ${item.title}, ${item.kinds}::text[], ${item.on}, ${item.attendance},
        ${item.recordedBy})
      on conflict (county, member_id, outside) where outside is not null do nothing returning id`)
    if (rows.length === 0) {
      repeated += 1
      continue
    }
    added += 1
    if (item.attendance === 'PRESENT') {
      await ctx.query(sql`
        update floating.registration set last_took_part_on = greatest(last_took_part_on, ${item.on}::date)
        where county = ${stored.county} and id = ${stored.id}`)
    }
    await keepClocks(ctx, stored)
    happened(ctx, stored, 'imported', { fileId: content.fileId })
  }
  return { from: `${partner.name} ${content.host}`, added, repeated, left: strange === 0 ? [] : [{ why: notHere, n: strange }] }
}
