/** 政治生日 and 重温入党誓词 of a month: a list for whoever looks after the branch, a card for oneself. */
import { aboutGatherings, heldSegments } from '#meetings'
import { joinedIn } from '#members'
import { type Context, DomainError, type Node, sql } from '#platform'
import { addMonths, addYears, dayOf, politicalBirthday } from '#rules'
import { happened } from './steps.ts'

export async function partyDays(ctx: Context, branch: Node, month: string) {
  const [members, oaths] = await Promise.all([joinedIn(ctx, branch), oathsOf(ctx, branch)])
  const birthdays = members.flatMap((member) => {
    const birthday = politicalBirthday(member.joinedOn, month)
    return birthday === undefined ? [] : [{ ...member, ...birthday }]
  })
  ctx.audit({ operation: 'reviews.getPartyDays', county: branch.county, subjectId: branch.id, rows: birthdays.length })
  return {
    birthdays: birthdays.sort((a, b) => a.day.localeCompare(b.day)),
    oaths: oaths.filter(({ heldOn }) => heldOn !== null && heldOn.startsWith(month)),
  }
}

async function oathsOf(ctx: Context, branch: Node) {
  const rows = await ctx.query(sql<{ gatheringId: string; note: string }>`
    select gathering_id as "gatheringId", note from reviews.oath where county = ${branch.county} and organisation_id = ${branch.id}`)
  const about = await aboutGatherings(
    ctx,
    rows.map(({ gatheringId }) => ({ county: branch.county, gatheringId })),
  )
  return rows.map((row) => {
    const gathering = about.get(row.gatheringId)
    return { ...row, title: gathering?.title ?? '', heldOn: gathering?.heldOn ?? null }
  })
}

/** Notes that the oath was renewed at a gathering on record. @throws DomainError NOT_FOUND */
export async function putOath(ctx: Context, branch: Node, gatheringId: string, note: string) {
  const today = dayOf(ctx.now)
  const held = await heldSegments(ctx, branch.county, [branch.id], addYears(today, -3), today)
  if (!held.some((one) => one.gatheringId === gatheringId)) throw new DomainError('NOT_FOUND')
  const rows = await ctx.query(sql`
    insert into reviews.oath (county, gathering_id, organisation_id, path, note) values (${branch.county}, ${gatheringId}, ${branch.id}, ${branch.path}, ${note})
    on conflict (county, gathering_id) do update set note = excluded.note where reviews.oath.note <> excluded.note returning gathering_id`)
  if (rows.length > 0) happened(ctx, branch, gatheringId, 'oath.renewed')
  const about = (await aboutGatherings(ctx, [{ county: branch.county, gatheringId }])).get(gatheringId)
  return { gatheringId, title: about?.title ?? '', heldOn: about?.heldOn ?? null, note }
}

/** My next political birthday: this month, or within the eleven that follow. */
export async function myBirthday(ctx: Context, branch: Node, memberId: string) {
  const joinedOn = (await joinedIn(ctx, branch)).find((member) => member.memberId === memberId)?.joinedOn
  if (joinedOn === undefined) return null
  const first = `${dayOf(ctx.now).slice(0, 7)}-01`
  for (let n = 0; n < 12; n += 1) {
    const birthday = politicalBirthday(joinedOn, addMonths(first, n).slice(0, 7))
    if (birthday !== undefined) return { joinedOn, ...birthday }
  }
  return null
}
