/** Small trees of organisations for tests, planted through the module's own function. */
import { randomUUID } from 'node:crypto'
import { addOrganisations, type Kind, pathUnder, recountAll } from '#organisations'
import type { Context, Node } from '#platform'

/** One organisation of a tree; names are unique in it, superiors come first. */
export interface Planted {
  name: string
  kind: Kind
  above: string | null
  county: string
}

/** A province, two counties in two prefectures, and branches in three townships. */
export const smallTree: readonly Planted[] = [
  { name: '省委', kind: 'LOCAL_COMMITTEE', above: null, county: '530000' },
  { name: '甲县委', kind: 'LOCAL_COMMITTEE', above: '省委', county: '532530' },
  { name: '乙县委', kind: 'LOCAL_COMMITTEE', above: '省委', county: '530602' },
  { name: '甲镇党委', kind: 'GRASSROOTS_COMMITTEE', above: '甲县委', county: '532530' },
  { name: '乙镇党委', kind: 'GRASSROOTS_COMMITTEE', above: '乙县委', county: '530602' },
  { name: '甲村党支部', kind: 'BRANCH', above: '甲镇党委', county: '532530' },
  { name: '乙村党支部', kind: 'BRANCH', above: '甲镇党委', county: '532530' },
  { name: '丙村党支部', kind: 'BRANCH', above: '乙镇党委', county: '530602' },
]

/** Plants a tree. @returns the organisations by name */
export async function plantTree(ctx: Context, tree: readonly Planted[]): Promise<Map<string, Node>> {
  const nodes = new Map<string, Node>()
  for (const { name, kind, above, county } of tree) {
    const id = randomUUID()
    const superior = above === null ? undefined : nodes.get(above)
    if (above !== null && superior === undefined) throw new Error(`${name} comes before its superior ${above}`)
    nodes.set(name, { id, name, kind, county, parentId: superior?.id ?? null, path: pathUnder(superior?.path ?? '', id) })
  }
  await addOrganisations(
    ctx,
    [...nodes.values()].map((node) => ({
      ...node,
      kind: node.kind as Kind,
      nameFull: `中共${node.name}`,
      shortName: node.name,
      sector: 'RURAL',
      unitSituation: 'LEGAL_UNIT',
      units: [],
      areaCode: `${node.county}000000`,
      contactName: '',
      contactPhone: '',
      establishedOn: '2010-07-01',
    })),
  )
  await recountAll(ctx)
  return nodes
}
