/** From table rows to what the contract promises. */
import type { z } from 'zod'
import type { Organisation, OrganisationRow as RowSchema } from '#contract/organisations'
import { sql } from '#platform'

export type OrganisationRow = z.output<typeof RowSchema>

/** An organisation as it is stored, without what is computed for the answer. */
export type Stored = Omit<z.output<typeof Organisation>, 'term' | 'trail' | 'findings'> & { path: string }

export const rowColumns = sql`o.id, o.name, o.short_name as "shortName", o.kind, o.parent_id as "parentId", o.area_code as "areaCode", o.county, o.children, o.below`

export const allColumns = sql`${rowColumns}, o.path, o.name_full as "nameFull", o.org_code as "orgCode", o.sector, o.unit_situation as "unitSituation", o.units,
  o.contact_name as "contactName", o.contact_phone as "contactPhone", o.established_on as "establishedOn", o.dissolved_on as "dissolvedOn", o.version`
