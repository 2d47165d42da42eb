/** Other provinces whose signature counts: their passes are good here, and what their hosts recorded is taken in. */
import type { z } from 'zod'
import type * as contract from '#contract/passes'
import type { BodyOf } from '#contract/operation'
import { calculateJwkThumbprint } from 'jose'
import { type Context, DomainError, type Node, sql, wrong } from '#platform'
import { trustChanged } from './trust.ts'

/** Registers a province by its root key; the same key again changes its name. @throws DomainError KIND_NOT_APPLICABLE below the province, INVALID */
export async function putPartner(
  ctx: Context,
  node: Node,
  kid: string,
  { name, areaCode, key, since }: BodyOf<typeof contract.putPartner>,
): Promise<{ items: z.output<typeof contract.Partner>[] }> {
  if (node.parentId !== null) {
    throw new DomainError('KIND_NOT_APPLICABLE', {
      sentence: { zh: '互认的省份由省级登记。', en: 'Partners are registered by the province.' },
    })
  }
  if ((await calculateJwkThumbprint(key)) !== kid) {
    throw wrong(
      'KEY_MALFORMED',
      'params.kid',
      '编号与公钥对不上（应为 RFC 7638 指纹）。',
      'The id is not the thumbprint of the key (RFC 7638).',
    )
  }
  await ctx.query(sql`
    insert into floating.partner (kid, name, area_code, public_x, public_y, since) values (${kid}, ${name}, ${areaCode}, ${key.x}, ${key.y}, ${since})
    on conflict (kid) do update set name = excluded.name, area_code = excluded.area_code, since = excluded.since`)
  ctx.emit({
    type: 'floating.partner.put',
    county: node.county,
    nodeId: node.id,
    path: node.path,
    subjectId: node.id,
    data: { kid, areaCode },
  })
  ctx.audit({ operation: 'floating.putPartner', county: node.county, subjectId: null, rows: 1 })
  ctx.after(trustChanged)
  return {
    items: await ctx.query(sql<z.output<typeof contract.Partner>>`
      select kid, name, area_code as "areaCode", since from floating.partner order by area_code, since, kid`),
  }
}
