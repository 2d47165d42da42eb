/**
 * Keys that sign passes, one committee's at a time. The province certifies them by putting them into its signed list of issuers; a key that
 * got out is withdrawn there, and no other committee's passes are touched.
 */
import type { z } from 'zod'
import type * as contract from '#contract/passes'
import { livingWithin, namesOf } from '#organisations'
import { kidOf, type Signer } from '#pass'
import { type Context, DomainError, type Node, type Secrets, sql, wrong } from '#platform'
import { addMonths, count, dayOf } from '#rules'
import { trustChanged } from './trust.ts'

type Key = z.output<typeof contract.IssuerKey>

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Committees that may issue. Source: FLOW-PASS (基层党委), and work committees in their place. */
const issuingKinds = ['GRASSROOTS_COMMITTEE', 'WORK_COMMITTEE']

/** Makes a key for a committee; it signs from now on. @throws DomainError KIND_NOT_APPLICABLE, ID_TAKEN */
export async function addKey(ctx: Context, secrets: Secrets, committee: Node, keyId: string): Promise<void> {
  if (!issuingKinds.includes(committee.kind)) {
    throw new DomainError('KIND_NOT_APPLICABLE', {
      sentence: {
        zh: '活动证由基层党委发放，请选择一个基层党委或党工委。',
        en: 'Passes are issued by grassroots committees; choose one.',
      },
    })
  }
  const known = await ctx.find(sql<{ organisationId: string }>`
    select organisation_id as "organisationId" from floating.issuer_key where county = ${committee.county} and id = ${keyId}`)
  if (known !== undefined) {
    if (known.organisationId !== committee.id) throw new DomainError('ID_TAKEN')
    return
  }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.exportKey('jwk', pair.publicKey),
    crypto.subtle.exportKey('jwk', pair.privateKey),
  ])
  const kid = await kidOf(publicKey)
  // A minute back: a clock that is slow by a little must not find the first pass older than its key.
  const from = new Date(ctx.now.getTime() - 60_000)
  const until = `${addMonths(dayOf(ctx.now), count('FLOW-KEY-VALID', 'months'))}T00:00:00+08:00`
  await ctx.query(sql`
    insert into floating.issuer_key (county, kid, id, organisation_id, public_x, public_y, private_sealed, valid_from, valid_until)
    values (${committee.county}, ${kid}, ${keyId}, ${committee.id}, ${publicKey.x}, ${publicKey.y}, ${secrets.seal(JSON.stringify(privateKey))}, ${from}, ${until})`)
  told(ctx, committee, 'opened', kid)
}

/** The key that signs for a committee now. @throws DomainError ISSUER_KEY_NEEDED */
export async function signerOf(ctx: Context, secrets: Secrets, committee: Pick<Node, 'county' | 'id' | 'name'>): Promise<Signer> {
  const key = await ctx.find(sql<{ kid: string; sealed: Buffer }>`
    select kid, private_sealed as sealed from floating.issuer_key where county = ${committee.county} and organisation_id = ${committee.id}
      and valid_from <= ${ctx.now} and valid_until > ${ctx.now} and withdrawn_at is null order by valid_from desc limit 1`)
  if (key === undefined) {
    throw new DomainError('ISSUER_KEY_NEEDED', {
      status: 409,
      sentence: {
        zh: `${committee.name}还没有发证密钥，请县委组织部在“发证密钥”里启用。`,
        en: `${committee.name} has no key to sign with; ask the organisation department to open one.`,
      },
    })
  }
  const jwk = JSON.parse(secrets.open(key.sealed)) as JsonWebKey
  return { kid: key.kid, privateKey: await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']) }
}

/** What it signed from this moment on is refused. @throws DomainError NOT_FOUND, DATES_DISAGREE */
export async function withdrawKey(ctx: Context, node: Node, kid: string, since: string, reason: string): Promise<void> {
  const key = await ctx.find(sql<{ county: string; organisationId: string; from: string }>`
    select county, organisation_id as "organisationId", valid_from as from from floating.issuer_key where kid = ${kid}
      and organisation_id in (${livingWithin(node.path)})`)
  if (key === undefined) throw new DomainError('NOT_FOUND')
  if (Date.parse(since) > ctx.now.getTime() + 60_000) {
    throw wrong('DATES_DISAGREE', 'body.since', '时间不能在将来。', 'The moment lies in the future.')
  }
  await ctx.query(sql`
    update floating.issuer_key set withdrawn_at = greatest(${since}::timestamptz, valid_from), reason = ${reason}
    where county = ${key.county} and kid = ${kid}`)
  told(ctx, { ...node, county: key.county, id: key.organisationId }, 'withdrawn', kid)
}

function told(ctx: Context, { county, id, path }: Node, what: string, kid: string): void {
  ctx.emit({ type: `floating.issuerKey.${what}`, county, nodeId: id, path, subjectId: id, data: { kid } })
  ctx.audit({ operation: `floating.issuerKey.${what}`, county, subjectId: null, rows: 1 })
  ctx.after(trustChanged)
}

/** Keys of this organisation and those below it, the newest first. */
export async function listKeys(ctx: Context, node: Node): Promise<{ items: Key[] }> {
  const rows = await ctx.query(sql<Omit<Key, 'organisationName'>>`
    select k.kid, k.organisation_id as "organisationId", to_char(k.valid_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "validFrom",
      to_char(k.valid_until at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "validUntil", k.withdrawn_at as "withdrawnAt", k.reason,
      (select count(*)::int from floating.copy c where c.county = k.county and c.kid = k.kid and c.status = 0) as passes
    from floating.issuer_key k where k.organisation_id in (${livingWithin(node.path)}) order by k.county, k.organisation_id, k.valid_from desc limit 500`)
  const names = await namesOf(ctx, [...new Set(rows.map(({ organisationId }) => organisationId))])
  return { items: rows.map((row) => ({ ...row, organisationName: names.get(row.organisationId) ?? '' })) }
}
