/** The demo: 隔界村 has closed the review of last year and prepares this one, with promises, talks and a list of what is put right. */
import { heldSegments } from '#meetings'
import { type RosterMember, rosterOf } from '#members'
import { demoId, findNode, seatsOf } from '#organisations'
import { type Context, type Node, type Services, sql } from '#platform'
import { addDays, dayOf, versionOf } from '#rules'
import { assessments, closed, onProbation, opinions, promises, underWay } from './demo.words.ts'
import { type Grade, noVotes, type Votes } from './read.ts'

interface Village {
  branch: Node
  members: RosterMember[]
  secretary: RosterMember
  recorder: RosterMember
  committee: ReadonlySet<string>
  today: string
  year: string
  lastYear: string
}

export async function seed(ctx: Context, { secrets }: Services): Promise<void> {
  const branch = await findNode(ctx, demoId('branch', '隔界村'))
  if (branch === undefined) return
  const [members, seats] = await Promise.all([rosterOf(ctx, branch), seatsOf(ctx, [branch.id])])
  const holder = (role: string) => members.find(({ memberId }) => seats.some((seat) => seat.role === role && seat.memberId === memberId))
  const [secretary, recorder] = [holder('书记') ?? members[0], holder('组织委员') ?? members[1]]
  if (secretary === undefined || recorder === undefined) throw new Error('the members of the demo come before their reviews')
  const today = dayOf(ctx.now)
  const year = today.slice(0, 4)
  const committee = new Set(seats.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))
  const village = { branch, members, secretary, recorder, committee, today, year, lastYear: String(Number(year) - 1) }
  await closedReview(ctx, village, (text) => secrets.seal(text))
  await reviewInPreparation(ctx, village)
  await talks(ctx, village)
  await rectifications(ctx, village)
  await writePromises(ctx, village)
}

/** A third of the full members at most are 优秀, one who is away is 基本合格. */
function gradeOf(member: RosterMember, n: number, members: readonly RosterMember[]): Grade | null {
  if (member.probationary) return null
  if (n < Math.floor(members.length / 3)) return 'EXCELLENT'
  return n === members.length - 1 ? 'BASICALLY_QUALIFIED' : 'QUALIFIED'
}

/** So many votes that most agree with the grade. */
function votes(grade: Grade | null, cast: number): Votes {
  if (grade === null) return noVotes()
  const other = grade === 'EXCELLENT' ? 'QUALIFIED' : 'EXCELLENT'
  const some = Math.floor(cast / 4)
  return { ...noVotes(), [grade]: cast - some, [other]: some }
}

async function closedReview(
  ctx: Context,
  { branch, members, secretary, lastYear }: Village,
  seal: (text: string) => Buffer,
): Promise<void> {
  const held = await heldSegments(ctx, branch.county, [branch.id], `${lastYear}-01-01`, `${lastYear}-12-31`)
  const meeting = held.find(({ kind }) => kind === 'ORG_LIFE_MEETING')
  const on = meeting?.heldOn ?? `${lastYear}-12-10`
  const prepared = Object.fromEntries(
    ['STUDY', 'TALKS', 'OPINIONS', 'SELF_CHECK'].map((step, n) => [step, { doneOn: addDays(on, -20 + n * 5), note: '' }]),
  )
  await ctx.query(sql`
    insert into reviews.review (county, organisation_id, year, path, state, gathering_id, preparation, people, mass_voters, rule_version, closed_on, closed_by_name)
    values (${branch.county}, ${branch.id}, ${lastYear}, ${branch.path}, 'CLOSED', ${meeting?.gatheringId ?? null}, ${JSON.stringify(prepared)}::jsonb,
      ${members.length}, 12, ${versionOf('LIFE-REVIEW')}, ${addDays(on, 7)}, ${secretary.name})`)
  const people = members.map((member, n) => {
    const grade = gradeOf(member, n, members)
    return {
      ...member,
      grade,
      assessment: seal(JSON.stringify({ text: assessments[n % assessments.length] ?? '', ownGrade: grade === null ? null : 'QUALIFIED' })),
      opinion: seal(grade === null ? onProbation : opinions[grade]),
      phones: votes(grade, 5),
      paper: votes(grade, members.length - 6),
      masses: votes(grade, 12),
    }
  })
  await ctx.query(sql`
    insert into reviews.person (county, organisation_id, year, member_id, path, name, probationary, assessment_sealed, paper, phones, masses, grade, opinion_sealed)
    select ${branch.county}, ${branch.id}::uuid, ${lastYear}, p.id, ${branch.path}, p.name, p.probationary, p.assessment, p.paper, p.phones, p.masses, p.grade, p.opinion
    from unnest(${people.map((p) => p.memberId)}::uuid[], ${people.map((p) => p.name)}::text[], ${people.map((p) => p.probationary)}::bool[],
      ${people.map((p) => p.assessment)}::bytea[], ${people.map((p) => JSON.stringify(p.paper))}::jsonb[], ${people.map((p) => JSON.stringify(p.phones))}::jsonb[],
      ${people.map((p) => JSON.stringify(p.masses))}::jsonb[], ${people.map((p) => p.grade)}::text[], ${people.map((p) => p.opinion)}::bytea[])
      as p(id, name, probationary, assessment, paper, phones, masses, grade, opinion)`)
  await ctx.query(sql`
    insert into reviews.voter (county, organisation_id, year, member_id, path)
    select ${branch.county}, ${branch.id}::uuid, ${lastYear}, id, ${branch.path} from unnest(${members.slice(0, 6).map((m) => m.memberId)}::uuid[]) as id`)
}

async function reviewInPreparation(ctx: Context, { branch, members, today, year }: Village): Promise<void> {
  const prepared = { STUDY: { doneOn: addDays(today, -6), note: '集中学习党章和支部工作条例，外出党员用手机学。' } }
  await ctx.query(sql`
    insert into reviews.review (county, organisation_id, year, path, state, preparation, people)
    values (${branch.county}, ${branch.id}, ${year}, ${branch.path}, 'PREPARING', ${JSON.stringify(prepared)}::jsonb, ${members.length})`)
  await ctx.query(sql`
    insert into reviews.person (county, organisation_id, year, member_id, path, name, probationary)
    select ${branch.county}, ${branch.id}::uuid, ${year}, p.id, ${branch.path}, p.name, p.probationary
    from unnest(${members.map((p) => p.memberId)}::uuid[], ${members.map((p) => p.name)}::text[], ${members.map((p) => p.probationary)}::bool[]) as p(id, name, probationary)`)
}

/** The committee has talked with each other, and with most of the members; some members with each other. */
async function talks(ctx: Context, { branch, members, committee, today, year }: Village): Promise<void> {
  const leaders = members.filter(({ memberId }) => committee.has(memberId))
  const others = members.filter(({ memberId }) => !committee.has(memberId))
  const pairs = [
    ...leaders.flatMap((one, n) => leaders.slice(n + 1).map((other) => [one, other] as const)),
    ...others.slice(0, -2).flatMap((other, n) => {
      const leader = leaders[n % Math.max(1, leaders.length)]
      return leader === undefined ? [] : [[leader, other] as const]
    }),
    ...others.slice(0, 4).flatMap((one, n) => {
      const other = others[n + 1]
      return n % 2 === 0 && other !== undefined ? [[one, other] as const] : []
    }),
  ]
  const held = pairs.map(([a, b], n) => {
    const [one, other] = a.memberId < b.memberId ? [a, b] : [b, a]
    const day = addDays(today, -4 - n * 3)
    return { id: demoId('talk', one.memberId, other.memberId), day: day < `${year}-01-01` ? `${year}-01-01` : day, one, other }
  })
  await ctx.query(sql`
    insert into reviews.talk (county, id, organisation_id, path, day, member_id, name, other_member_id, other_name)
    select ${branch.county}, t.id, ${branch.id}::uuid, ${branch.path}, t.day, t.one, t.name, t.other, t.other_name
    from unnest(${held.map((t) => t.id)}::uuid[], ${held.map((t) => t.day)}::date[], ${held.map((t) => t.one.memberId)}::uuid[],
      ${held.map((t) => t.one.name)}::text[], ${held.map((t) => t.other.memberId)}::uuid[], ${held.map((t) => t.other.name)}::text[])
      as t(id, day, one, name, other, other_name)`)
}

/** Of last year's list two items are verified, one is under way, one waits to be verified. */
async function rectifications(ctx: Context, { branch, members, secretary, recorder, today, lastYear }: Village): Promise<void> {
  const owner = (n: number) => members[(n * 3 + 2) % members.length] ?? recorder
  const rows = [
    ...closed.map((item, n) => ({
      ...item,
      owner: owner(n),
      dueOn: addDays(today, -120 + n * 30),
      state: 'VERIFIED',
      doneOn: addDays(today, -130 + n * 30),
    })),
    ...underWay.map((item, n) => ({
      ...item,
      owner: owner(n + 2),
      dueOn: addDays(today, item.inDays),
      state: n === 0 ? 'OPEN' : 'DONE',
      doneOn: n === 0 ? null : addDays(today, -1),
      done: n === 0 ? '' : '灯已换好，六盏都亮。',
      verified: '',
    })),
  ].map((row) => ({ ...row, id: demoId('rectification', row.problem) }))
  const verified = (row: (typeof rows)[number]) => row.state === 'VERIFIED'
  await ctx.query(sql`
    insert into reviews.rectification (county, id, organisation_id, path, year, problem, measure, member_id, name, due_on, state, done_on, done_name, done_note,
      verified_on, verified_name, verified_note)
    select ${branch.county}, r.id, ${branch.id}::uuid, ${branch.path}, ${lastYear}, r.problem, r.measure, r.owner, r.name, r.due_on, r.state, r.done_on, r.done_name,
      r.done_note, r.verified_on, r.verified_name, r.verified_note
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.problem)}::text[], ${rows.map((r) => r.measure)}::text[],
      ${rows.map((r) => r.owner.memberId)}::uuid[], ${rows.map((r) => r.owner.name)}::text[], ${rows.map((r) => r.dueOn)}::date[], ${rows.map((r) => r.state)}::text[],
      ${rows.map((r) => r.doneOn)}::date[], ${rows.map((r) => (r.doneOn === null ? '' : r.owner.name))}::text[], ${rows.map((r) => r.done)}::text[],
      ${rows.map((r) => (verified(r) ? addDays(r.dueOn, 2) : null))}::date[], ${rows.map((r) => (verified(r) ? secretary.name : ''))}::text[],
      ${rows.map((r) => r.verified)}::text[])
      as r(id, problem, measure, owner, name, due_on, state, done_on, done_name, done_note, verified_on, verified_name, verified_note)`)
  const [first] = underWay
  await ctx.query(sql`
    insert into reviews.follow_up (county, id, path, rectification_id, at, by_name, text)
    values (${branch.county}, ${demoId('follow-up', first.problem)}, ${branch.path}, ${demoId('rectification', first.problem)}, ${`${addDays(today, -3)}T10:00:00+08:00`},
      ${recorder.name}, ${first.note})`)
}

/** Promises of this year; the first is kept already. */
async function writePromises(ctx: Context, { branch, members, year, today }: Village): Promise<void> {
  const made = promises.flatMap((text, n) => {
    const member = members[n]
    return member === undefined ? [] : [{ id: demoId('promise', member.memberId, year), member, text, closed: n === 0 }]
  })
  await ctx.query(sql`
    insert into reviews.promise (county, id, organisation_id, path, year, member_id, name, text, due_on, state, closing, closed_on)
    select ${branch.county}, p.id, ${branch.id}::uuid, ${branch.path}, ${year}, p.member, p.name, p.text, ${`${year}-12-31`}::date,
      case when p.closed then 'CLOSED' else 'OPEN' end, case when p.closed then '采收时出工六天，两户的草果都按时收完。' else '' end,
      case when p.closed then ${addDays(today, -10)}::date end
    from unnest(${made.map((p) => p.id)}::uuid[], ${made.map((p) => p.member.memberId)}::uuid[], ${made.map((p) => p.member.name)}::text[],
      ${made.map((p) => p.text)}::text[], ${made.map((p) => p.closed)}::bool[]) as p(id, member, name, text, closed)`)
}
