/** Where a floating member is welcome: places published by hosts, and gatherings open to guests. */
import type { z } from 'zod'
import type * as contract from '#contract/floating'
import { areaNames } from '#areas'
import { hallOf, standingOf } from '#meetings'
import { findNode, namesOf } from '#organisations'
import { type Context, DomainError, type Node, sql } from '#platform'

type Place = z.output<typeof contract.HostPlace>

interface Row extends Omit<Place, 'organisationName' | 'areaName' | 'activities' | 'kind'> {
  county: string
}

const columns = sql`h.organisation_id as "organisationId", h.county, h.county as "areaCode", h.address, h.hours, h.languages, h.route, h.phone,
  h.takes_in as "takesIn"`

async function present(ctx: Context, rows: readonly Row[]): Promise<Place[]> {
  const ids = rows.map(({ organisationId }) => organisationId)
  const [names, areas, open, nodes] = await Promise.all([
    namesOf(ctx, ids),
    areaNames(ctx, [...new Set(rows.map(({ areaCode }) => areaCode))]),
    openNear(ctx, [...new Set(rows.map(({ county }) => county))]),
    Promise.all(ids.map((id) => findNode(ctx, id))),
  ])
  return rows.map(({ county, ...row }, n) => {
    const node = nodes[n]
    return {
      ...row,
      organisationName: names.get(row.organisationId) ?? '',
      kind: node?.kind ?? '',
      areaName: areas.get(row.areaCode) ?? '',
      activities: open
        .filter((each) => each.county === county && node !== undefined && each.path.startsWith(node.path))
        .map(({ county: _county, path: _path, ...activity }) => activity),
    }
  })
}

/** Gatherings open to guests within a month, of these counties. */
function openNear(ctx: Context, counties: readonly string[]) {
  return ctx.query(sql<Place['activities'][number] & { county: string; path: string }>`
    select o.county, g.path, o.organisation_id as "organisationId", g.id as "gatheringId", g.title, g.planned_start as "plannedStart", g.place
    from floating.open_gathering o join meetings.gathering g on g.county = o.county and g.id = o.gathering_id
    where o.county = any(${counties}::text[]) and g.planned_start between ${ctx.now}::timestamptz and ${ctx.now}::timestamptz + interval '1 month'
      and g.state in ('PLANNED', 'NOTIFIED', 'POSTPONED') order by g.planned_start limit 200`)
}

/** Hosts of an area, the nearest level first: those that take reports before those that only welcome. */
export async function listHosts(ctx: Context, { areaCode, q }: { areaCode: string; q: string }): Promise<{ items: Place[] }> {
  const prefix = areaCode.slice(0, 6).replace(/(00)+$/, '')
  const rows = await ctx.query(sql<Row>`
    select ${columns} from floating.host_place h where starts_with(h.county, ${prefix}) order by not h.takes_in, h.county, h.address limit 200`)
  const items = await present(ctx, rows)
  const typed = q.trim().toLowerCase()
  const holds = ({ organisationName, address, areaName, route }: Place) =>
    [organisationName, address, areaName, route].some((text) => text.toLowerCase().includes(typed))
  return { items: typed === '' ? items : items.filter(holds) }
}

/** Publishes or changes the place. */
export async function putPlace(ctx: Context, node: Node, input: z.output<typeof contract.HostPlaceInput>): Promise<Place> {
  const { address, hours, languages, route, phone, takesIn } = input
  await ctx.query(sql`
    insert into floating.host_place (county, organisation_id, address, hours, languages, route, phone, takes_in)
    values (${node.county}, ${node.id}, ${address}, ${hours}, ${languages}::text[], ${route}, ${phone}, ${takesIn})
    on conflict (county, organisation_id) do update set address = excluded.address, hours = excluded.hours, languages = excluded.languages,
      route = excluded.route, phone = excluded.phone, takes_in = excluded.takes_in`)
  ctx.emit({ type: 'floating.hostPlace.put', county: node.county, nodeId: node.id, path: node.path, subjectId: node.id })
  ctx.audit({ operation: 'floating.putHostPlace', county: node.county, subjectId: null, rows: 1 })
  const rows = await ctx.query(
    sql<Row>`select ${columns} from floating.host_place h where h.county = ${node.county} and h.organisation_id = ${node.id}`,
  )
  const [place] = await present(ctx, rows)
  if (place === undefined) throw new DomainError('NOT_FOUND')
  return place
}

/** Is this gathering open to guests who are not assigned? @throws DomainError NOT_FOUND when it is none of this organisation */
export async function isOpen(ctx: Context, node: Node, gatheringId: string): Promise<{ open: boolean }> {
  const { county } = await heldHere(ctx, node, gatheringId)
  return ctx.get(sql<{ open: boolean }>`
    select exists (select from floating.open_gathering where county = ${county} and gathering_id = ${gatheringId}) as open`)
}

async function heldHere(ctx: Context, node: Node, gatheringId: string): Promise<Node> {
  const hall = await hallOf(ctx, node)
  await standingOf(ctx, hall, gatheringId)
  return hall
}

/** Opens a gathering to guests who are not assigned, or closes it to them. @throws DomainError NOT_FOUND when it is none of this organisation */
export async function openToGuests(ctx: Context, node: Node, gatheringId: string, open: boolean): Promise<{ open: boolean }> {
  const { id, path } = node
  const { county } = await heldHere(ctx, node, gatheringId)
  await ctx.query(
    open
      ? sql`insert into floating.open_gathering (county, gathering_id, organisation_id) values (${county}, ${gatheringId}, ${id}) on conflict do nothing`
      : sql`delete from floating.open_gathering where county = ${county} and gathering_id = ${gatheringId}`,
  )
  ctx.emit({ type: 'floating.gathering.opened', county, nodeId: id, path, subjectId: gatheringId, data: { open } })
  ctx.audit({ operation: 'floating.openToGuests', county, subjectId: gatheringId, rows: 1 })
  return { open }
}
