/** The demo: a few packs with real content, and what 金水河镇 studied together since the beginning of last year. */
import type { z } from 'zod'
import type { Part, StudyItem } from '#contract/study'
import { type HeldSegment, heldSegments } from '#meetings'
import { demoId, findNode, type Kind as OrganisationKind, listNodes } from '#organisations'
import { type Context, type Services, sql } from '#platform'
import { addDays, addYears, dayOf } from '#rules'
import { booklet } from './demo/booklet.ts'
import { bells } from './demo/sound.ts'
import { borderText, fraudText, lawText } from './demo/texts.ts'
import { recountAll } from './learned.ts'

type Parts = z.output<typeof Part>[]
type Items = z.output<typeof StudyItem>[]

const borderTown = demoId('committee', '532530102000')
/** The town's administrator, whose files they are. */
const publisher = demoId('account', '19900000031')
const packId = (name: string) => demoId('pack', name)
const branches: readonly OrganisationKind[] = ['BRANCH']

export async function seed(ctx: Context, services: Services): Promise<void> {
  await addPacks(ctx, services)
  await addCollective(ctx)
  await recountAll(ctx)
}

const article = (name: string, title: string, text: string): Parts[number] => ({
  id: demoId('part', name),
  kind: 'ARTICLE',
  title,
  text,
  fileId: null,
  mediaType: 'text/plain',
  bytes: Buffer.byteLength(text),
  sha256: '',
})

async function addPacks(ctx: Context, { files }: Services): Promise<void> {
  const filed = async (name: string, kind: Parts[number]['kind'], title: string, file: string, content: Buffer): Promise<Parts[number]> => {
    const { id: fileId, mediaType, bytes, sha256 } = await files.put(ctx, demoId('file', name), file, content, publisher)
    return { id: demoId('part', name), kind, title, text: '', fileId, mediaType, bytes, sha256 }
  }
  const packs = [
    {
      name: 'border',
      organisationId: borderTown,
      title: '守边护林，每天走一遍',
      summary: '巡边前后做什么、看什么、怎么记。可以听，可以念，路上没有信号也能用。（演示内容）',
      minutes: 60,
      before: 12,
      parts: [
        article('border', '守边护林，每天走一遍', borderText),
        await filed('bells', 'AUDIO', '休息时听：五声钟（演示音频）', '五声钟.wav', bells()),
        await filed('booklet', 'BOOKLET', '带在身上的一页纸', '守边护林.pdf', await booklet('守边护林，每天走一遍', borderText)),
      ],
    },
    {
      name: 'meeting',
      organisationId: demoId('committee', '532530000000'),
      title: '开好支部的会',
      summary: '人数怎么算、怎么议事、怎么写记录。（演示内容）',
      minutes: 45,
      before: 40,
      parts: [article('meeting', '开好支部的会', lawText)],
    },
    {
      name: 'fraud',
      organisationId: demoId('committee', '530000000000'),
      title: '给乡亲讲防诈骗',
      summary: '赶集天、入户时可以念的三段话。（演示内容）',
      minutes: 30,
      before: 75,
      parts: [article('fraud', '给乡亲讲防诈骗', fraudText)],
    },
  ]
  for (const { name, organisationId, title, summary, minutes, before, parts } of packs) {
    const node = await findNode(ctx, organisationId)
    if (node === undefined) throw new Error('the organisations of the demo come before its study')
    await ctx.query(sql`
      insert into study.pack (county, id, organisation_id, path, title, summary, parts, bytes, minutes, expires_on, published_at, content_hash)
      values (${node.county}, ${packId(name)}, ${node.id}, ${node.path}, ${title}, ${summary}, ${JSON.stringify(parts)}::jsonb,
        ${parts.reduce((sum, { bytes }) => sum + bytes, 0)}, ${minutes}, ${addYears(dayOf(ctx.now), 1)}, ${`${addDays(dayOf(ctx.now), -before)}T09:00:00+08:00`}, '')`)
  }
}

/** What is studied at which kind of gathering, in turn. */
const studied: Partial<Record<HeldSegment['kind'], readonly { title: string; pack?: string; minutes: number }[]>> = {
  THEME_DAY: [
    { title: '守边护林，每天走一遍', pack: 'border', minutes: 60 },
    { title: '集体朗读并讨论：身边的边境管理规定', minutes: 90 },
    { title: '给乡亲讲防诈骗', pack: 'fraud', minutes: 60 },
  ],
  PARTY_LECTURE: [{ title: '党课：守边就是守家', minutes: 90 }],
  GENERAL_MEETING: [{ title: '开好支部的会', pack: 'meeting', minutes: 45 }],
}

async function addCollective(ctx: Context): Promise<void> {
  const town = await findNode(ctx, borderTown)
  if (town === undefined) return
  const nodes = await listNodes(ctx, town.path, branches)
  const today = dayOf(ctx.now)
  const from = `${addYears(today, -1).slice(0, 4)}-01-01`
  const held = await heldSegments(
    ctx,
    town.county,
    nodes.map(({ id }) => id),
    from,
    today,
  )
  const plans = [...Map.groupBy(held, ({ gatheringId }) => gatheringId)].flatMap(([gatheringId, segments], place) => {
    const items = segments.flatMap((segment) => itemOf(segment, place) ?? [])
    const organisationId = segments[0]?.organisationId
    return items.length === 0 || organisationId === undefined ? [] : [{ gatheringId, organisationId, items }]
  })
  await ctx.query(sql`
    insert into study.collective (county, gathering_id, organisation_id, items)
    select ${town.county}, * from unnest(${plans.map((p) => p.gatheringId)}::uuid[], ${plans.map((p) => p.organisationId)}::uuid[],
      ${plans.map((p) => JSON.stringify(p.items))}::jsonb[])`)
}

function itemOf(segment: HeldSegment, place: number): Items[number] | undefined {
  const choices = studied[segment.kind] ?? []
  const choice = choices[place % Math.max(1, choices.length)]
  if (choice === undefined) return undefined
  const { title, pack, minutes } = choice
  return { id: demoId('item', segment.id), packId: pack === undefined ? null : packId(pack), title, minutes, form: 'COLLECTIVE' }
}
