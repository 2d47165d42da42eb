/**
 * Delivers a package: what it holds is done in the name of its author, by whomever it was carried, and the platform signs a receipt to be
 * carried back. Everything in one transaction; delivered again it is found, and nothing is done.
 */
import { CompactSign } from 'jose'
import type { z } from 'zod'
import { type Delivered, type ReceiptContent, receiptType } from '#contract/packages'
import { type Account, type Context, DomainError, type Secrets, type Services, sql } from '#platform'
import { executeAct } from './acts.ts'
import { type Opened, openPackage } from './packageOpen.ts'

type Receipt = z.output<typeof ReceiptContent>

interface Stored extends Receipt {
  hash: Buffer
}

/** @throws DomainError those of `openPackage`, PACKAGE_SESSION_ENDED, ID_TAKEN, INVALID when the address names another package */
export async function deliver(ctx: Context, services: Services, packageId: string, sealed: string): Promise<z.output<typeof Delivered>> {
  const opened = await openPackage(ctx, services.secrets, sealed)
  if (opened.content.packageId !== packageId) {
    throw new DomainError('INVALID', { fields: [{ path: 'path.packageId', message: anotherId }] })
  }
  const before = await stored(ctx, opened)
  const receipt = before ?? (await take(ctx, services, opened))
  return {
    packageId,
    receivedAt: receipt.receivedAt,
    acts: receipt.actIds.length,
    repeated: before !== undefined,
    receipt: await sign(services.secrets, receipt),
  }
}

const anotherId = '网址里的编号和包裹上的不一致，请重新读取包裹 / the address names another package; read it again'

/** The receipt of a package that was delivered before. @throws DomainError ID_TAKEN when that one held something else */
async function stored(ctx: Context, { content: { packageId, accountId }, hash }: Opened): Promise<Receipt | undefined> {
  const found = await ctx.find(sql<Stored>`
    select id as "packageId", received_at as "receivedAt", act_ids as "actIds", content_hash as hash
    from sync.package where account_id = ${accountId} and id = ${packageId}`)
  if (found === undefined) return undefined
  const { hash: before, ...receipt } = found
  if (!before.equals(hash)) throw new DomainError('ID_TAKEN')
  return receipt
}

async function take(ctx: Context, services: Services, { content, hash, device }: Opened): Promise<Receipt> {
  if (device.ended) throw sessionEnded()
  const { packageId, accountId, acts } = content
  const posts = await services.identity.posts(ctx, accountId)
  const author: Account = { id: accountId, name: device.name, subjectId: device.subjectId, sessionId: device.sessionId, posts }
  const actIds: string[] = []
  // One after the other, in the order in which they were done.
  for (const { id, ...act } of [...acts].sort((a, b) => a.seq - b.seq)) {
    if (await isTaken(executeAct(services, ctx, author, id, act, ctx.caller.language))) actIds.push(id)
  }
  const receivedAt = ctx.now.toISOString()
  // Two carriers at once: the second collides here, is done again and finds what the first brought.
  await ctx.query(sql`
    insert into sync.package (account_id, id, content_hash, session_id, carried_by, made_at, received_at, act_ids)
    values (${accountId}, ${packageId}, ${hash}, ${device.sessionId}, ${ctx.account.id}, ${content.madeAt}, ${receivedAt}, ${actIds}::uuid[])`)
  const node = posts[0]?.node ?? ctx.caller.post?.node
  if (node !== undefined) {
    const { county, id: nodeId, path } = node
    ctx.emit({ type: 'sync.package.delivered', county, nodeId, path, subjectId: packageId, data: { accountId, acts: actIds.length } })
    ctx.audit({ operation: 'packages.putPackage', county, subjectId: device.subjectId, rows: actIds.length })
  }
  return { packageId, receivedAt, actIds }
}

/** An act whose id stands for something else has no receipt: its device is told when it sends the act itself. The others go on. */
async function isTaken(done: Promise<unknown>): Promise<boolean> {
  try {
    await done
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'ID_TAKEN') return false
    throw error
  }
}

function sign(secrets: Secrets, receipt: Receipt): Promise<string> {
  const [pair] = secrets.receipts
  if (pair === undefined) throw new Error('no pair for receipts')
  return new CompactSign(Buffer.from(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'ES256', kid: pair.publicKey.kid, typ: receiptType })
    .sign(pair.privateKey)
}

const sessionEnded = () =>
  new DomainError('PACKAGE_SESSION_ENDED', {
    sentence: {
      zh: '打包的手机已退出登录，或被本人撤销，包裹里的事一件也没有办。请本人重新登录：事都还在手机里，联网后会自己发出，也可以重新打包。',
      en: 'The phone that packed this was signed out or revoked; nothing in it was done. Its author should sign in again: everything is still on the phone, and will be sent or can be packed again.',
    },
  })
