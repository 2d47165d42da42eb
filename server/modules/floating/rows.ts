/** A registration as it is stored, and as the contract shows it. */
import type { z } from 'zod'
import type { Clock, FloatEntry, Pass, Registration, RegistrationRow } from '#contract/floating'
import { areaNames } from '#areas'
import { namesOf } from '#organisations'
import { type Context, DomainError, type RawBuilder, sql } from '#platform'
import { addDays, dayOf, departureAdvice, floatClocks, type FloatAction, groupDeparture, stillToTry } from '#rules'

export type Row = z.output<typeof RegistrationRow>
export type Whole = z.output<typeof Registration>
export type Entry = z.output<typeof FloatEntry>
export type PassView = z.output<typeof Pass>

export interface Stored {
  county: string
  id: string
  memberId: string
  name: string
  phoneMasked: string
  homeId: string
  path: string
  reason: Row['reason']
  areaCode: string
  place: string
  unit: string
  fixed: boolean
  outOn: string
  expectedBackOn: string | null
  contactId: string | null
  contactName: string
  note: string
  state: Row['state']
  hostCounty: string | null
  hostId: string | null
  hostPath: string | null
  branchId: string | null
  branchPath: string | null
  groupId: string | null
  guestPostId: string | null
  reportedOn: string | null
  issuedOn: string | null
  validUntil: string | null
  movedOn: string | null
  lostSince: string | null
  lastContactOn: string | null
  lastReportOn: string | null
  lastTookPartOn: string | null
  /** When each clock ends, by rule, as last kept. */
  clocks: Record<string, string>
  contentHash: Buffer
  version: number
  passState: Row['passState']
}

const columns = sql`r.county, r.id, r.member_id as "memberId", r.name, r.phone_masked as "phoneMasked", r.organisation_id as "homeId", r.path, r.reason,
  r.area_code as "areaCode", r.place, r.unit, r.fixed, r.out_on as "outOn", r.expected_back_on as "expectedBackOn", r.contact_id as "contactId",
  r.contact_name as "contactName", r.note, r.state, r.host_county as "hostCounty", r.host_id as "hostId", r.host_path as "hostPath",
  r.branch_id as "branchId", r.branch_path as "branchPath", r.group_id as "groupId", r.guest_post_id as "guestPostId", r.reported_on as "reportedOn",
  r.issued_on as "issuedOn", r.valid_until as "validUntil", r.moved_on as "movedOn", r.lost_since as "lostSince",
  r.last_contact_on as "lastContactOn", r.last_report_on as "lastReportOn", r.last_took_part_on as "lastTookPartOn",
  r.clocks, r.content_hash as "contentHash", r.version, (
    select case when p.state in ('ACTIVE', 'SUSPENDED') and p.valid_until < current_date then 'EXPIRED' else p.state end from floating.pass p
    where p.county = r.county and p.registration_id = r.id order by p.made_at desc limit 1) as "passState"`

/** SQL: has the absence ended? Over rows `r` of floating.registration. */
export const isOver = sql<boolean>`r.state in ('RETURNED', 'TRANSFERRED', 'CLOSED')`

/** Registrations that fit, optionally locked for a step. */
export const select = (ctx: Context, condition: RawBuilder<unknown>, tail: RawBuilder<unknown> = sql``): Promise<Stored[]> =>
  ctx.query(sql<Stored>`select ${columns} from floating.registration r where ${condition} ${tail}`)

/** The event and the audit row of something done to a registration; both stand at the home branch, whoever did it. */
export function happened(
  ctx: Context,
  { county, homeId, path, id, memberId }: Pick<Stored, 'county' | 'homeId' | 'path' | 'id' | 'memberId'>,
  what: string,
  data: Record<string, unknown> = {},
): void {
  ctx.emit({ type: `floating.registration.${what}`, county, nodeId: homeId, path, subjectId: id, data: { memberId, ...data } })
  ctx.audit({ operation: `floating.${what}`, county, subjectId: memberId, rows: 1 })
}

/** The clocks that run for it today. */
export const clocksOf = (stored: Stored, today: string): z.output<typeof Clock>[] =>
  floatClocks(stored, today).map(({ ruleId, dueOn, late, sentence }) => ({ ruleId, dueOn, late, sentence }))

/** Keeps when the clocks end, so that lists can ask for what has run out. @returns the registration as it stands now */
export async function keepClocks(ctx: Context, { county, id }: Pick<Stored, 'county' | 'id'>): Promise<Stored> {
  const [stored] = await select(ctx, sql`r.county = ${county} and r.id = ${id}`)
  if (stored === undefined) throw new DomainError('NOT_FOUND')
  const today = dayOf(ctx.now)
  const clocks = Object.fromEntries(clocksOf(stored, today).map(({ ruleId, dueOn }) => [ruleId, dueOn]))
  await ctx.query(sql`
    update floating.registration set clocks = ${JSON.stringify(clocks)}::jsonb, clocked_on = ${today} where county = ${county} and id = ${id}`)
  return { ...stored, clocks }
}

/** Rows of a list, with the names of organisations and areas. */
export async function presentRows(ctx: Context, rows: readonly Stored[]): Promise<Row[]> {
  const today = dayOf(ctx.now)
  const ids = rows.flatMap(({ homeId, hostId, branchId }) => [homeId, hostId, branchId]).filter((id) => id !== null)
  const [names, areas] = await Promise.all([
    namesOf(ctx, [...new Set(ids)]),
    areaNames(ctx, [...new Set(rows.map(({ areaCode }) => areaCode))]),
  ])
  const name = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))
  return rows.map((row) => ({
    id: row.id,
    county: row.county,
    memberId: row.memberId,
    name: row.name,
    homeId: row.homeId,
    homeName: name(row.homeId),
    reason: row.reason,
    destination: { areaCode: row.areaCode, place: row.place, unit: row.unit, fixed: row.fixed },
    destinationName: [areas.get(row.areaCode) ?? '', row.place].filter((part) => part !== '').join(' '),
    outOn: row.outOn,
    expectedBackOn: row.expectedBackOn,
    state: row.state,
    hostId: row.hostId,
    hostName: name(row.hostId),
    branchId: row.branchId,
    branchName: name(row.branchId),
    passState: row.passState,
    clock: clocksOf(row, today)[0] ?? null,
  }))
}

/** One registration with everything the three sides see of it. @param may steps the caller may take */
export async function present(ctx: Context, stored: Stored, may: readonly FloatAction[]): Promise<Whole> {
  const { county, id } = stored
  const today = dayOf(ctx.now)
  const [[row], entries, [pass], together] = await Promise.all([
    presentRows(ctx, [stored]),
    ctx.query(sql<Entry>`
      select e.id, e.action, e.on_day as on, e.at, e.side, e.by_name as "byName", e.how, e.note from floating.entry e
      where e.county = ${county} and e.registration_id = ${id} order by e.on_day desc, e.at desc, e.id`),
    ctx.query(sql<Omit<PassView, 'issuerName' | 'coSignedByName'> & { coSignedId: string | null }>`
      select p.id, p.number, case when p.state in ('ACTIVE', 'SUSPENDED') and p.valid_until < current_date then 'EXPIRED' else p.state end as state,
        p.issued_on as "issuedOn", p.valid_until as "validUntil", p.issuer_id as "issuerId", p.co_signed_id as "coSignedId",
        p.co_signed_on as "coSignedOn", p.reason from floating.pass p where p.county = ${county} and p.registration_id = ${id}
      order by p.made_at desc limit 1`),
    leftTogether(ctx, stored),
  ])
  if (row === undefined) throw new DomainError('NOT_FOUND')
  const names = await namesOf(
    ctx,
    [pass?.issuerId, pass?.coSignedId].filter((each): each is string => typeof each === 'string'),
  )
  const { coSignedId = null, ...view } = pass ?? {}
  const group = groupDeparture(together)
  const tried = entries.filter(({ action }) => action === 'CONTACT').map(({ how }) => how)
  const clocks = clocksOf(stored, today)
  return {
    ...row,
    contactId: stored.contactId,
    contactName: stored.contactName,
    note: stored.note,
    groupId: stored.groupId,
    reportedOn: stored.reportedOn,
    phoneMasked: stored.phoneMasked,
    pass:
      pass === undefined
        ? null
        : { ...(view as typeof pass), issuerName: names.get(pass.issuerId) ?? '', coSignedByName: names.get(coSignedId ?? '') ?? '' },
    clocks,
    entries,
    may: [...may],
    advice: [departureAdvice(stored), ...(group === undefined ? [] : [group])].map(({ ruleId, sentence }) => ({ ruleId, sentence })),
    toTry:
      stored.state === 'LOST_CONTACT' || clocks.some(({ ruleId, late }) => late && (ruleId === 'FLOW-RADAR' || ruleId === 'FLOW-CONTACT'))
        ? stillToTry(tried).map(({ kind, zh, en }) => ({ kind, sentence: { zh, en } }))
        : [],
    version: stored.version,
  }
}

/** Days around a departure within which others who went to the same place went along. */
const daysTogether = 31

/** How many of the home branch went to the same place at about the same time, this one included. */
async function leftTogether(ctx: Context, { county, homeId, areaCode, outOn }: Stored): Promise<number> {
  const { n } = await ctx.get(sql<{ n: number }>`
    select count(*)::int as n from floating.registration r where r.county = ${county} and r.organisation_id = ${homeId} and r.area_code = ${areaCode}
      and not ${isOver} and r.out_on between ${addDays(outOn, -daysTogether)} and ${addDays(outOn, daysTogether)}`)
  return n
}
