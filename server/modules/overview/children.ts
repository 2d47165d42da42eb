/** Organisations directly below others, with what a list shows. */
import { directlyBelow, type Kind, stoodBelow } from '#organisations'
import { type Context, type RawBuilder, sql } from '#platform'

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

const shown = sql`id, county, parent_id as "parentId", name, short_name as "shortName", kind, area_code as "areaCode", children`
const inOrder = <Row extends Child>(below: RawBuilder<unknown>, more = sql``) =>
  sql<Row>`select ${shown}${more} from (${below}) o order by area_code, path`

/** Living ones directly below these organisations now, in the order of their places. */
export const listBelow = (ctx: Context, superiorIds: readonly string[]): Promise<Child[]> => ctx.query(inOrder(directlyBelow(superiorIds)))

/** Those that stood directly below in a month, also if they ended in it; `stays`: they stand there still. */
export const listInMonth = (ctx: Context, superiorId: string, month: string): Promise<(Child & { stays: boolean })[]> =>
  ctx.query(inOrder(stoodBelow(superiorId, month), sql`, stays`))
