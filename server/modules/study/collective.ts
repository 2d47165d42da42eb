/** Collective study: what is studied at a gathering and how long. What counts follows when the gathering is confirmed. */
import type { z } from 'zod'
import type { BodyOf } from '#contract/operation'
import { holds } from '#contract/roles'
import type { putStudyPlan, StudyItem, StudyPlan } from '#contract/study'
import { type Standing, standingOf } from '#meetings'
import { type Context, DomainError, type Node, sql } from '#platform'
import { minutesThatCount } from '#rules'
import { titlesOf } from './packs.ts'

type Items = z.output<typeof StudyItem>[]
type Plan = z.output<typeof StudyPlan>

interface Stored {
  items: Items
  addedLater: boolean
  version: number
}

const isConfirmed = (state: Standing['state']) => state === 'CONFIRMED' || state === 'ARCHIVED'

/** Secretary and recorder until the gathering is confirmed, then the secretary alone; never when it was called off. */
function mayChange(ctx: Context, state: Standing['state']): boolean {
  const role = ctx.caller.post?.role
  return role !== undefined && state !== 'CANCELLED' && holds(role, isConfirmed(state) ? 'confirm:gathering' : 'write:gathering')
}

const find = (ctx: Context, county: string, gatheringId: string) =>
  ctx.find(sql<Stored>`
    select items, added_later as "addedLater", version from study.collective where county = ${county} and gathering_id = ${gatheringId}`)

function shown(ctx: Context, gatheringId: string, { state, lasted }: Standing, stored: Stored | undefined): Plan {
  const items = stored?.items ?? []
  return {
    gatheringId,
    items,
    minutes: minutesThatCount(items, null),
    counted: isConfirmed(state) ? minutesThatCount(items, lasted) : null,
    addedLater: stored?.addedLater ?? false,
    mayChange: mayChange(ctx, state),
    version: stored?.version ?? 0,
  }
}

/** @throws DomainError NOT_FOUND */
export async function planOf(ctx: Context, node: Node, gatheringId: string): Promise<Plan> {
  return shown(ctx, gatheringId, await standingOf(ctx, node, gatheringId), await find(ctx, node.county, gatheringId))
}

/**
 * Says what is studied. Packs are called as they are called today. The same request twice is the same plan once.
 * @throws DomainError NOT_FOUND, WRONG_STATE, STALE_VERSION, TIMES_IMPOSSIBLE, INVALID
 */
export async function setPlan(ctx: Context, node: Node, gatheringId: string, input: BodyOf<typeof putStudyPlan>): Promise<Plan> {
  const { county } = node
  const standing = await standingOf(ctx, node, gatheringId, true)
  const before = await find(ctx, county, gatheringId)
  const titles = await titlesOf(
    ctx,
    node,
    input.items.flatMap(({ packId }) => packId ?? []),
  )
  const items = input.items.map((item, place) => ({ ...item, title: titleOf(item, place, titles) }))
  if (JSON.stringify(contentOf(before?.items ?? [])) === JSON.stringify(contentOf(items))) return shown(ctx, gatheringId, standing, before)
  if (!mayChange(ctx, standing.state)) throw notNow(standing.state)
  if (input.version !== (before?.version ?? 0)) throw new DomainError('STALE_VERSION')
  refuseTooLong(items, standing.lasted)
  const stored = { items, addedLater: isConfirmed(standing.state), version: (before?.version ?? 0) + 1 }
  await ctx.query(sql`
    insert into study.collective (county, gathering_id, organisation_id, items, added_later, version)
    values (${county}, ${gatheringId}, ${node.id}, ${JSON.stringify(items)}::jsonb, ${stored.addedLater}, ${stored.version})
    on conflict (county, gathering_id) do update set items = excluded.items, added_later = excluded.added_later, version = excluded.version`)
  ctx.emit({
    type: 'study.collective.planned',
    county,
    nodeId: node.id,
    path: node.path,
    subjectId: gatheringId,
    data: { items: items.length },
  })
  ctx.audit({ operation: 'study.putStudyPlan', county, subjectId: gatheringId, rows: items.length })
  return shown(ctx, gatheringId, standing, stored)
}

/** In a fixed order; jsonb does not keep the order of its keys. */
const contentOf = (items: Items) => items.map(({ id, packId, title, minutes, form }) => [id, packId, title, minutes, form])

function titleOf({ packId, title }: Items[number], place: number, titles: ReadonlyMap<string, string>): string {
  if (packId === null) return title
  const known = titles.get(packId)
  if (known !== undefined) return known
  throw new DomainError('INVALID', {
    fields: [
      {
        path: `body.items.${place}.packId`,
        message: '没有这个学习包，请从列表中选择，或只写内容名称 / no such pack; choose one from the list or write only what is studied',
      },
    ],
  })
}

function refuseTooLong(items: Items, lasted: number | null): void {
  const minutes = minutesThatCount(items, null)
  if (lasted === null || minutes <= lasted) return
  throw new DomainError('TIMES_IMPOSSIBLE', {
    status: 400,
    sentence: {
      zh: `这次活动开了${lasted}分钟，学习不能超过这个时间（现在合计${minutes}分钟）。`,
      en: `The gathering lasted ${lasted} minutes; study cannot take ${minutes}.`,
    },
    fields: [{ path: 'body.items', message: `最多 ${lasted} 分钟 / at most ${lasted} minutes` }],
  })
}

const notNow = (state: Standing['state']) =>
  new DomainError('WRONG_STATE', {
    sentence: isConfirmed(state)
      ? {
          zh: '会议记录已经确认，学习内容只能由支部书记补充。',
          en: 'The record is confirmed; only the secretary may add what was studied.',
        }
      : { zh: '这次活动已经取消，不能安排学习。', en: 'This gathering was called off; no study can be arranged.' },
  })
