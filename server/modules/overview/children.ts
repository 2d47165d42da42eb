/** Organisations directly below others, with what a list shows. */
import { directlyBelow, type Kind } from '#organisations'
import { type Context, sql } from '#platform'

export interface Child {
  id: string
  county: string
  parentId: string
  name: string
  shortName: string
  kind: Kind
  areaCode: string
  children: number
}

/** Those directly below these organisations, in the order of their places; ended ones only if they ended on or after `endedFrom`. */
export const listBelow = (ctx: Context, superiorIds: readonly string[], endedFrom = 'infinity'): Promise<Child[]> =>
  ctx.query(sql<Child>`
    select id, county, parent_id as "parentId", name, short_name as "shortName", kind, area_code as "areaCode", children
    from (${directlyBelow(superiorIds, endedFrom)}) o order by area_code, path`)
