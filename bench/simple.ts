/** Simple writes and reads through the whole house, against the same statement behind node:http and pg. */
import { row } from './callers.ts'
import { type Generator, request } from './load.ts'
import { measurePair, type Pair, type Turns } from './pair.ts'
import type { Running } from './server.ts'

const asMember = { cookie: `yigongli=${row.token}`, 'x-device-id': row.member }
const asSecretary = { cookie: `yigongli=${row.secretaryToken}`, 'x-device-id': row.secretaryDevice }
const planned = { title: '主题党日', mode: 'ONSITE', plannedStart: '2026-03-02T01:00:00.000Z' }
const gathering = `00000000-0000-7000-9{r}-${row.own}`
const segment = `00000000-0000-7000-a{r}-${row.own}`
const choices = { muted: ['meetings.leave'], digest: true }

const plan = request('PUT', `/api/organisations/${row.organisation}/gatherings/${gathering}`, asSecretary, {
  ...planned,
  segments: [{ id: segment, kind: 'THEME_DAY' }],
})
const barePlan = `${row.county}/${gathering}/${row.organisation}/${row.path}/${row.secretaryDevice}`

/** Each with the request to us and to the bare loop. */
const simple: [name: string, ours: string, bare: string][] = [
  [
    'write: mark a notification as read',
    request('PUT', `/api/me/notifications/${row.notification}/read`, asMember),
    request('PUT', `/read/${row.member}/${row.notification}`),
  ],
  [
    'write: choose what to be told',
    request('PUT', '/api/me/notification-choices', asMember, choices),
    request('PUT', `/choices/${row.member}`, {}, choices),
  ],
  [
    'write: plan a gathering, against the same statements one by one',
    plan,
    request('PUT', `/gathering-alike/${barePlan}`, {}, { ...planned, segment, kind: 'THEME_DAY' }),
  ],
  [
    'write: plan a gathering, against its inserts alone in one statement',
    plan,
    request('PUT', `/gathering/${barePlan}`, {}, { ...planned, segment, kind: 'THEME_DAY' }),
  ],
  [
    'read: one organisation',
    request('GET', `/api/organisations/${row.organisation}`, asSecretary),
    request('GET', `/organisation/${row.organisation}`),
  ],
  ['read: my notifications', request('GET', '/api/me/notifications', asMember), request('GET', `/notifications/${row.member}`)],
]

export async function measureSimple(
  generator: Generator,
  servers: { ours: Running; bare: Running },
  turns: Turns,
): Promise<[name: string, Pair][]> {
  const measured: [string, Pair][] = []
  for (const [name, ours, bare] of simple) {
    // Ids of what is planned follow from the round; no two runs on a kept database shall plan the same.
    const round = Math.floor(Math.random() * 2000)
    measured.push([
      name,
      await measurePair(
        generator,
        { server: servers.ours, template: ours, round },
        { server: servers.bare, template: bare, round: round + 2000 },
        turns,
      ),
    ])
  }
  return measured
}
