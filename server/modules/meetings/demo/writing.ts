/** Writes many gatherings of the demo with one statement, whole: segments with their verdicts, and attendance where names are kept. */
import { demoId } from '#organisations'
import { type Context, sql } from '#platform'
import { type Heads, headsOf } from '#rules'
import { verdictOn } from '../verdicts.ts'
import type { DemoBranch, DemoGathering, DemoPerson } from './gathering.ts'

type Verdict = Omit<ReturnType<typeof verdictOn>, 'segmentId'>

/** Verdicts by what they depend on: few different ones are pronounced many thousand times. */
const pronounced = new Map<string, Verdict>()

function verdictFor(kind: Verdict['kind'], counted: Heads): Verdict {
  const key = [kind, ...Object.values(counted)].join(' ')
  const known = pronounced.get(key)
  if (known !== undefined) return known
  const verdict = verdictOn({ id: '', kind }, counted)
  pronounced.set(key, verdict)
  return verdict
}

const isSettled = ({ state }: DemoGathering) => state === 'CONFIRMED' || state === 'ARCHIVED'
const accountOf = (person: DemoPerson) => demoId('account', person.memberId)

/** @param named whether the names of this gathering are kept */
export function writeGatherings(
  ctx: Context,
  branches: readonly DemoBranch[],
  gatherings: readonly DemoGathering[],
  named: (gathering: DemoGathering) => boolean,
): Promise<unknown> {
  const numbers = new Map(branches.map((branch, n) => [branch, n + 1]))
  const people = branches.flatMap((branch) => branch.people)
  const peopleNumbers = new Map(people.map((person, n) => [person, n + 1]))
  const counts = gatherings.map(({ roll }) => headsOf(roll.map(({ state, person: { hasVote } }) => ({ state, hasVote, expected: true }))))
  const segments = gatherings.flatMap((gathering, g) =>
    gathering.kinds.map((kind, place) => ({
      gathering: g + 1,
      kind,
      place: place + 1,
      verdict: isSettled(gathering) ? verdictFor(kind, counts[g] ?? headsOf([])) : null,
    })),
  )
  const verdicts = [...new Set(segments.flatMap(({ verdict }) => verdict ?? []))]
  const verdictNumbers = new Map(verdicts.map((verdict, n) => [verdict, n + 1]))
  const roll = gatherings.flatMap((gathering, g) =>
    named(gathering) ? gathering.roll.map((answer) => ({ ...answer, gathering: g + 1 })) : [],
  )
  const each = <T>(read: (gathering: DemoGathering) => T) => gatherings.map(read)
  const of = <T>(read: (branch: DemoBranch) => T) => branches.map(read)
  return ctx.query(sql`
    with branch as (
      select * from unnest(${of((b) => b.id)}::uuid[], ${of((b) => b.county)}::text[], ${of((b) => b.path)}::text[], ${of((b) => b.secretary.memberId)}::uuid[],
        ${of((b) => b.secretary.name)}::text[], ${of((b) => accountOf(b.secretary))}::uuid[], ${of((b) => b.recorder.name)}::text[], ${of((b) => accountOf(b.recorder))}::uuid[])
        with ordinality as b(organisation_id, county, path, host_id, host_name, host_account, recorder_name, recorder_account, branch)),
    asked as (
      select *, state in ('CONFIRMED', 'ARCHIVED') as settled, state in ('DRAFT_MINUTES', 'CONFIRMED', 'ARCHIVED') as recorded,
        state in ('IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED', 'ARCHIVED') as begun
      from unnest(${each((g) => demoId('gathering', g.branch.id, g.start, g.kinds.join()))}::uuid[], ${each((g) => numbers.get(g.branch) ?? 0)}::int[], ${each((g) => g.title)}::text[],
        ${each((g) => g.state)}::text[], ${each((g) => g.mode)}::text[], ${each((g) => g.place)}::text[], ${each((g) => g.start)}::timestamptz[],
        ${each((g) => g.lasts)}::int[], ${each((g) => g.minutes)}::text[], ${each((g) => JSON.stringify(g.agenda))}::jsonb[],
        ${each((g) => JSON.stringify(g.speeches))}::jsonb[], ${each((g) => JSON.stringify(g.resolutions))}::jsonb[], ${each((g) => g.lateReason)}::text[],
        ${each((g) => g.cancelReason)}::text[], ${counts.map((c) => c.expected)}::int[], ${counts.map((c) => c.present)}::int[])
        with ordinality as g(id, branch, title, state, mode, place, start, lasts, minutes, agenda, speeches, resolutions, late_reason, cancel_reason,
          expected, present, gathering)),
    written as (
      insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, place, planned_start, planned_end, actual_start, actual_end,
        held_on, host_id, host_name, recorder_account_id, recorder_name, confirmed_account_id, confirmed_name, confirmed_at, agenda, speeches, minutes,
        resolutions, late_entry, late_reason, cancel_reason, digest, expected, present, told, content_hash)
      select county, id, organisation_id, path, title, state, mode, place, start, start + lasts * interval '1 minute', case when begun then start end,
        case when recorded then start + lasts * interval '1 minute' end, case when begun then (start at time zone 'Asia/Shanghai')::date end, host_id,
        host_name, case when recorded then recorder_account end, case when recorded then recorder_name else '' end,
        case when settled then host_account end, case when settled then host_name else '' end,
        case when settled then least(start + case when late_reason = '' then interval '20 hours' else interval '15 days' end, now()) end, agenda, speeches,
        case when recorded then minutes else '' end, resolutions, late_reason <> '', late_reason, cancel_reason,
        case when settled then sha256(convert_to(concat_ws('|', id, title, start, minutes, agenda, speeches, resolutions, expected, present), 'UTF8')) end,
        case when settled then expected else 0 end, case when settled then present else 0 end,
        case when state = 'NOTIFIED' then jsonb_build_object('start', start, 'end', start + lasts * interval '1 minute', 'place', place, 'mode', mode, 'times', 1) end, ''
      from asked join branch using (branch)),
    divided as (
      insert into meetings.segment (county, id, gathering_id, kind, place, planned_start, valid, eligible, present, need, sentence, rule_id, rule_version)
      select b.county, gen_random_uuid(), g.id, s.kind, s.place, g.start, v.valid, v.eligible, v.present, v.need, v.sentence, v.rule_id, v.rule_version
      from unnest(${segments.map((s) => s.gathering)}::int[], ${segments.map((s) => s.kind)}::text[], ${segments.map((s) => s.place)}::int[],
        ${segments.map((s) => (s.verdict === null ? null : verdictNumbers.get(s.verdict)))}::int[]) as s(gathering, kind, place, verdict)
      join asked g using (gathering) join branch b using (branch)
      left join unnest(${verdicts.map((v) => v.valid)}::bool[], ${verdicts.map((v) => v.eligible)}::int[], ${verdicts.map((v) => v.present)}::int[],
        ${verdicts.map((v) => v.need)}::int[], ${verdicts.map((v) => JSON.stringify(v.sentence))}::jsonb[], ${verdicts.map((v) => v.ruleId)}::text[],
        ${verdicts.map((v) => v.ruleVersion)}::text[]) with ordinality as v(valid, eligible, present, need, sentence, rule_id, rule_version, verdict) using (verdict))
    insert into meetings.attendance (county, gathering_id, member_id, name, capacity, has_vote, expected, state, leave_reason, confirmed_by, device_at, confirmed_at)
    select b.county, g.id, p.id, p.name, p.capacity, p.has_vote, true, r.state, r.reason,
      case r.state when 'EXPECTED' then null when 'PRESENT_ONLINE' then 'SELF' else 'RECORDER' end,
      case when r.state <> 'EXPECTED' and g.begun then g.start end, case when r.state <> 'EXPECTED' then least(g.start + interval '5 minutes', now()) end
    from unnest(${roll.map((r) => r.gathering)}::int[], ${roll.map((r) => peopleNumbers.get(r.person))}::int[], ${roll.map((r) => r.state)}::text[],
      ${roll.map((r) => r.reason)}::text[]) as r(gathering, person, state, reason)
    join asked g using (gathering) join branch b using (branch)
    join unnest(${people.map((p) => p.memberId)}::uuid[], ${people.map((p) => p.name)}::text[], ${people.map((p) => (p.probationary ? 'PROBATIONARY' : 'MEMBER'))}::text[],
      ${people.map((p) => p.hasVote)}::bool[]) with ordinality as p(id, name, capacity, has_vote, person) using (person)`)
}
