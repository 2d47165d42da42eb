/** What a server costs at the least: node:http and pg, one prepared statement a request that writes everything to be on record; no session, no scope, no check. */
import { createServer } from 'node:http'
import pg from 'pg'

const [url, port, connections] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url ?? '', max: Number(connections) })

type Answer = Promise<unknown>
const row = async (name: string, text: string, values: unknown[]): Answer => (await pool.query({ name, text, values })).rows[0]
const rows = async (name: string, text: string, values: unknown[]): Answer => (await pool.query({ name, text, values })).rows

/** SQL: the event and the audit row of what `t` wrote, like those of the house. $1 is the county. */
const recorded = (type: string, operation: string, [subject, node, path, account, data]: [string, string, string, string, string]) => `
  e as (insert into platform.event (county, id, type, node_id, path, subject_id, account_id, post_id, data)
    select $1, gen_random_uuid(), '${type}', ${node}::uuid, ${path}, ${subject}::uuid, ${account}::uuid, ${account}::uuid, ${data} from t),
  a as (insert into platform.audit (county, id, operation, account_id, actor_name, post_id, post_role, subject_id, row_count)
    select $1, gen_random_uuid(), '${operation}', ${account}::uuid, '负责人', ${account}::uuid, 'MEMBER', ${subject}::uuid, 1 from t)`

/** SQL: the sign-in by its key. */
const signedIn = `
  update meetings.attendance set state = 'PRESENT_ONLINE', confirmed_by = 'SELF', device_at = $4, confirmed_at = now()
  where county = $1 and gathering_id = $2 and member_id = $3 and state not in ('PRESENT_ONSITE', 'PRESENT_ONLINE') returning state, confirmed_at`

const answers: Record<string, (path: string[], body: Record<string, unknown>) => Answer> = {
  'sign-in': ([county, gathering, member, organisation, path], body) =>
    row(
      'sign-in',
      `with t as (${signedIn}),
       ${recorded('meetings.attendance.signedIn', 'meetings.signInToGathering', ['$3', '$5', '$6::text', '$3', `jsonb_build_object('gatheringId', $2::uuid, 'how', 'ONLINE', 'heldOn', $7::text)`])}
       select * from t`,
      [county, gathering, member, body.deviceAt, organisation, path?.replaceAll('~', '/'), '2026-03-02'],
    ),
  'update-only': ([county, gathering, member], body) => row('update-only', signedIn, [county, gathering, member, body.deviceAt]),
  read: ([account, notification]) =>
    row('read', 'update platform.notification set read_at = coalesce(read_at, now()) where account_id = $1 and id = $2 returning id', [
      account,
      notification,
    ]),
  choices: ([account], body) =>
    row(
      'choices',
      `insert into platform.notification_choice (account_id, muted, digest) values ($1, $2, $3)
       on conflict (account_id) do update set muted = excluded.muted, digest = excluded.digest returning muted, digest`,
      [account, body.muted, body.digest],
    ),
  notifications: ([account]) =>
    rows(
      'notifications',
      `select id, at, kind, title, body, because, href, read_at as "readAt",
         (select count(*)::int from platform.notification where account_id = $1 and read_at is null) as unread
       from platform.notification where account_id = $1 order by at desc, id desc limit 51`,
      [account],
    ),
  organisation: ([id]) =>
    row(
      'organisation',
      `select o.*, (select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.short_name, 'kind', s.kind) order by s.path) from organisations.organisation s
         where s.path = any (select array_to_string((string_to_array(o.path, '/'))[1:n], '/') || '/' from generate_series(1, 4) n) and s.id <> o.id) as trail,
         (select to_jsonb(t) from organisations.term t where t.organisation_id = o.id and t.start_on <= current_date order by seq desc limit 1) as term,
         (select to_jsonb(t) from members.tally t where t.county = o.county and t.organisation_id = o.id) as members
       from organisations.organisation o where o.id = $1`,
      [id],
    ),
  'gathering-alike': async ([county, id, organisation, path, account], body) => {
    const client = await pool.connect()
    const ask = async (name: string, text: string, values: unknown[]) => (await client.query({ name: `alike ${name}`, text, values })).rows
    try {
      await client.query('begin')
      await ask('before', 'select * from meetings.gathering where county = $1 and id = $2 for update', [county, id])
      await ask('taken', 'select exists (select from meetings.segment where county = $1 and id = $2 and gathering_id <> $3)', [
        county,
        body.segment,
        id,
      ])
      await ask(
        'gathering',
        `insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
         values ($1, $2, $3, $4, $5, 'PLANNED', $6, $7, '\\x00')`,
        [county, id, organisation, path?.replaceAll('~', '/'), body.title, body.mode, body.plannedStart],
      )
      await ask(
        'segment',
        'insert into meetings.segment (county, id, gathering_id, kind, place, planned_start) values ($1, $2, $3, $4, 1, $5)',
        [county, body.segment, id, body.kind, body.plannedStart],
      )
      const [gathering] = await ask(
        'whole',
        `select g.*, (select jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind) order by s.place) from meetings.segment s
           where s.county = g.county and s.gathering_id = g.id) as segments from meetings.gathering g where g.county = $1 and g.id = $2`,
        [county, id],
      )
      const parts: unknown[] = []
      for (const table of ['attendance', 'signature', 'contribution', 'amendment'])
        parts.push(await ask(table, `select * from meetings.${table} where county = $1 and gathering_id = $2`, [county, id]))
      await ask(
        'recorded',
        `with t as (select 1), ${recorded('meetings.gathering.planned', 'meetings.putGathering', ['$2', '$3', '$4::text', '$5', "'{}'"])} select 1`,
        [county, id, organisation, path?.replaceAll('~', '/'), account],
      )
      await client.query('commit')
      return { ...(gathering as object), parts }
    } finally {
      client.release()
    }
  },
  gathering: ([county, id, organisation, path, account], body) =>
    row(
      'gathering',
      `with g as (
         insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
         values ($1, $2, $3, $4, $5, 'PLANNED', $6, $7, '\\x00')
         on conflict (county, id) do update set title = excluded.title, version = meetings.gathering.version + 1 returning *),
       s as (insert into meetings.segment (county, id, gathering_id, kind, place, planned_start) values ($1, $8, $2, $9, 1, $7) returning *),
       t as (select 1),
       ${recorded('meetings.gathering.planned', 'meetings.putGathering', ['$2', '$3', '$4::text', '$10', "'{}'"])}
       select g.*, to_jsonb(s) as segment from g, s`,
      [county, id, organisation, path?.replaceAll('~', '/'), body.title, body.mode, body.plannedStart, body.segment, body.kind, account],
    ),
}

createServer((request, response) => {
  let text = ''
  request.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  request.on('end', () => {
    const [, name, ...path] = (request.url ?? '').split('/')
    const answer = answers[name ?? '']
    const respond = (status: number, body: unknown) => {
      const json = JSON.stringify(body ?? null)
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) }).end(json)
    }
    if (answer === undefined) return respond(name === 'health' ? 200 : 404, null)
    answer(path, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)).then(
      (body) => respond(200, body),
      (error: Error) => respond(500, error.message),
    )
  })
}).listen(Number(port), '127.0.0.1')
process.on('disconnect', () => process.exit(0))
