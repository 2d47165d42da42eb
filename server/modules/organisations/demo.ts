/** The organisations of the demo: a whole province down to the townships, and four counties down to the branches. */
import { createHash } from 'node:crypto'
import type { Kind } from './kinds.ts'
import type { NewOrganisation } from './add.ts'
import { pathUnder } from './paths.ts'

/**
 * The id of something in the demo, always the same for the same names (UUID version 8, from a hash):
 * `demoId('committee', areaCode)` for the committees of province, prefectures, counties and townships (twelve digits),
 * `demoId('village', areaCode)` for the organisation of a village or community, `demoId('branch', areaCode, '1')` for its first branch,
 * `demoId('branch', '隔界村')` for the branch of the first story.
 */
export function demoId(...names: string[]): string {
  const hash = createHash('sha256').update(names.join('\0')).digest('hex')
  const variant = '89ab'[Number.parseInt(hash.slice(16, 17), 16) % 4]
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

export interface Place {
  code: string
  name: string
  shortName: string
  parentCode: string | null
}

export interface Places {
  province: Place[]
  prefectures: Place[]
  counties: Place[]
  townships: Place[]
  villages: Place[]
}

/** 金平县、昭阳区、西山区、楚雄市: the counties shown down to the branches. */
const countiesInFull: readonly string[] = ['532530', '530602', '530112', '532301']
const kunming = '530100000000'
const yirenTown = '532301102006'
const jinshuihe = '532530102201'

const cn = ['一', '二', '三', '四', '五', '六']
/** A small number that is always the same for this code. */
const pick = (code: string, below: number) => createHash('sha256').update(code).digest().readUInt32BE(0) % below

class Forest {
  readonly rows: NewOrganisation[] = []
  readonly #paths = new Map<string, string>()

  add(row: Pick<NewOrganisation, 'id' | 'name' | 'shortName' | 'kind' | 'parentId' | 'areaCode'> & Partial<NewOrganisation>): string {
    const superior = row.parentId === null ? '' : this.#paths.get(row.parentId)
    if (superior === undefined) throw new Error(`${row.name} comes before its superior`)
    const path = pathUnder(superior, row.id)
    this.#paths.set(row.id, path)
    this.rows.push({
      nameFull: row.name,
      sector: 'GOV',
      unitSituation: 'SAME_AS_SUPERIOR',
      units: [],
      county: row.areaCode.slice(0, 6),
      contactName: '',
      contactPhone: '',
      establishedOn: established(row.kind, row.id),
      ...row,
      path,
    })
    return row.id
  }
}

/** A plausible day: committees are old, branches younger, superiors always older than those below. */
function established(kind: Kind, id: string): string {
  const eras: Partial<Record<Kind, number>> = {
    LOCAL_COMMITTEE: 1950,
    GRASSROOTS_COMMITTEE: 1958,
    WORK_COMMITTEE: 1958,
    GENERAL_BRANCH: 1984,
  }
  const era = eras[kind] ?? 1996
  const day = (salt: string, below: number) => String(1 + pick(id + salt, below)).padStart(2, '0')
  return `${era + pick(id, kind === 'LOCAL_COMMITTEE' ? 1 : 8)}-${day('month', 12)}-${day('day', 28)}`
}

/** The organisations of the demo, each superior before those below it. */
export function demoOrganisations(places: Places): NewOrganisation[] {
  const forest = new Forest()
  for (const province of places.province) addLocalCommittee(forest, province, null)
  for (const prefecture of places.prefectures) addLocalCommittee(forest, prefecture, prefecture.parentCode)
  for (const county of places.counties) addLocalCommittee(forest, county, county.parentCode)
  const townshipOf = new Map(places.townships.map((township) => [township.code, township]))
  const countyOf = new Map(places.counties.map((county) => [county.code, county]))
  for (const township of places.townships) addTownship(forest, township, countyOf.get(township.parentCode ?? ''))
  for (const village of places.villages) {
    const township = townshipOf.get(village.parentCode ?? '')
    if (township !== undefined && countiesInFull.includes(village.code.slice(0, 6)))
      addVillage(forest, village, township, countyOf.get(township.parentCode ?? ''))
  }
  addHighways(forest, places)
  addFloating(forest)
  return forest.rows
}

function addLocalCommittee(forest: Forest, place: Place, parentCode: string | null): void {
  forest.add({
    id: demoId('committee', place.code),
    parentId: parentCode === null ? null : demoId('committee', parentCode),
    kind: 'LOCAL_COMMITTEE',
    nameFull: `中国共产党${place.name}委员会`,
    name: `中共${place.shortName}委`,
    shortName: `${place.shortName}委`,
    areaCode: place.code,
  })
}

/** Towns and townships have a committee, streets and development zones a work committee. */
function addTownship(forest: Forest, township: Place, county: Place | undefined): void {
  const works = /(街道|区)$/.test(township.name)
  forest.add({
    id: demoId('committee', township.code),
    parentId: demoId('committee', township.parentCode ?? ''),
    kind: works ? 'WORK_COMMITTEE' : 'GRASSROOTS_COMMITTEE',
    areaCode: township.code,
    sector: works ? 'COMMUNITY' : 'GOV',
    nameFull: `中共${county?.name ?? ''}${township.name}${works ? '工作委员会' : '委员会'}`,
    name: `${county?.shortName ?? ''}${township.shortName}${works ? '党工委' : '党委'}`,
    shortName: `${township.shortName}${works ? '党工委' : '党委'}`,
  })
}

/** Most villages have a general branch with two to four branches, every fifth a single branch; one community has a committee. */
function addVillage(forest: Forest, village: Place, township: Place, county: Place | undefined): void {
  const full = `中共${county?.name ?? ''}${township.name}`
  const sector = village.shortName.endsWith('社区') ? 'COMMUNITY' : 'RURAL'
  const common = { areaCode: village.code, sector } as const
  const id = demoId('village', village.code)
  const parentId = demoId('committee', township.code)
  const stem = village.shortName
  if (village.code !== yirenTown && village.code !== jinshuihe && pick(village.code, 5) === 0) {
    const shortName = `${stem}党支部`
    forest.add({
      ...common,
      id,
      parentId,
      kind: 'BRANCH',
      nameFull: `${full}${stem}支部委员会`,
      name: `${township.shortName}${shortName}`,
      shortName,
    })
    return
  }
  const committee = village.code === yirenTown
  const shortName = committee ? `${stem}党委` : `${stem}党总支`
  forest.add({
    ...common,
    id,
    parentId,
    kind: committee ? 'GRASSROOTS_COMMITTEE' : 'GENERAL_BRANCH',
    nameFull: `${full}${stem}${committee ? '委员会' : '总支部委员会'}`,
    name: `${township.shortName}${shortName}`,
    shortName,
  })
  const names = branchNames(village, committee)
  names.forEach((name, i) => {
    const branch = name === '隔界村' ? demoId('branch', name) : demoId('branch', village.code, String(i + 1))
    forest.add({
      ...common,
      id: branch,
      parentId: id,
      kind: 'BRANCH',
      nameFull: `${full}${name}支部委员会`,
      name: `${township.shortName}${name}党支部`,
      shortName: `${name}党支部`,
    })
  })
}

function branchNames(village: Place, committee: boolean): string[] {
  const stem = village.shortName
  if (committee) return ['商户', '东区', '西区', '北区', '物业'].map((part) => `彝人古镇${part}`)
  const numbered = cn.slice(0, 2 + pick(village.code, 3)).map((number) => `${stem}第${number}`)
  return village.code === jinshuihe ? ['隔界村', ...numbered.slice(0, 2)] : numbered
}

/** 云南省公路局: a committee directly under the province, a general branch in each prefecture, branches in some of its counties. */
function addHighways(forest: Forest, { province, prefectures, counties }: Places): void {
  const [yunnan] = province
  if (yunnan === undefined) return
  const bureau = forest.add({
    id: demoId('highways'),
    parentId: demoId('committee', yunnan.code),
    kind: 'GRASSROOTS_COMMITTEE',
    areaCode: yunnan.code,
    sector: 'OTHER_INST',
    nameFull: '中共云南省公路局委员会',
    name: '云南省公路局党委',
    shortName: '省公路局党委',
    unitSituation: 'LEGAL_UNIT',
    units: [{ name: '云南省公路局', creditCode: null }],
  })
  for (const prefecture of prefectures) {
    const stem = prefecture.shortName.replace(/[州市]$/, '')
    const general = forest.add({
      id: demoId('highways', prefecture.code),
      parentId: bureau,
      kind: 'GENERAL_BRANCH',
      areaCode: prefecture.code,
      sector: 'OTHER_INST',
      nameFull: `中共${stem}公路局总支部委员会`,
      name: `省公路局${stem}公路局党总支`,
      shortName: `${stem}公路局党总支`,
    })
    const served = counties.filter((county) => county.parentCode === prefecture.code).slice(0, 2 + pick(prefecture.code, 3))
    for (const county of served) {
      const branch = `${county.shortName.replace(/[县市区]$/, '')}公路分局`
      forest.add({
        id: demoId('highways', county.code),
        parentId: general,
        kind: 'BRANCH',
        areaCode: county.code,
        sector: 'OTHER_INST',
        nameFull: `中共${stem}公路局${branch}支部委员会`,
        name: `${stem}公路局${branch}党支部`,
        shortName: `${branch}党支部`,
      })
    }
  }
}

/** 昆明流动党员管理工委 and an organisation of members who work away from home. */
function addFloating(forest: Forest): void {
  const committee = forest.add({
    id: demoId('floating', 'committee'),
    parentId: demoId('committee', kunming),
    kind: 'WORK_COMMITTEE',
    areaCode: kunming,
    sector: 'SOCIAL_ORG',
    nameFull: '中共昆明市流动党员管理工作委员会',
    name: '昆明市流动党员管理党工委',
    shortName: '昆明流动党员管理党工委',
    establishedOn: '2024-12-02',
  })
  forest.add({
    id: demoId('branch', '昆明流动党员'),
    parentId: committee,
    kind: 'FLOATING_ORG',
    areaCode: '530112000000',
    sector: 'SOCIAL_ORG',
    nameFull: '中共金平县驻昆明流动党员支部委员会',
    name: '金平县驻昆明流动党员党支部',
    shortName: '金平驻昆流动党员党支部',
    establishedOn: '2025-03-03',
  })
  forest.add({
    id: demoId('branch', '昭通驻昆流动党员'),
    parentId: committee,
    kind: 'FLOATING_ORG',
    areaCode: '530112000000',
    sector: 'SOCIAL_ORG',
    nameFull: '中共昭通市驻昆明流动党员支部委员会',
    name: '昭通市驻昆明流动党员党支部',
    shortName: '昭通驻昆流动党员党支部',
    establishedOn: '2025-01-06',
  })
}
