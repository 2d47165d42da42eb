/** What the clients of the kill test do: sign in, register members, hold gatherings from plan to confirmation. */
import { randomUUID } from 'node:crypto'
import { checkCharacter } from '#rules'
import { gatheringOf } from './callers.ts'
import type { Answer, Client, Person } from './client.ts'
import type { Journal } from './journal.ts'

export interface Branch {
  organisationId: string
  secretary: Person
  recorder: Person
}

export interface Caller extends Person {
  organisationId: string
  branch: string
  memberId: string
}

export interface World {
  branches: Branch[]
  callers: Caller[]
  /** Open gatherings of each branch. */
  rounds: number
}

let signIns = 0
let members = 0

const some = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

/** One deed after the other until the signal. */
export async function keepBusy(client: Client, world: World, journal: Journal, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const dice = Math.random()
    if (dice < 0.8) await signIn(client, world, journal)
    else if (dice < 0.92) await register(client, some(world.branches), journal)
    else await hold(client, some(world.branches), journal)
  }
}

function refused(journal: Journal, what: string, { status, code, body }: Answer): void {
  journal.wrong.push(`${what}: ${status} ${code ?? ''} ${JSON.stringify(body['fields'] ?? body['detail'] ?? '')}`)
}

async function signIn(client: Client, { branches, callers, rounds }: World, journal: Journal): Promise<void> {
  const n = signIns++
  const caller = callers[n % callers.length]
  const round = Math.floor(n / callers.length)
  if (caller === undefined || round >= rounds) return register(client, some(branches), journal)
  const gathering = gatheringOf(caller.branch, round)
  const answer = await client.ask(
    caller,
    'PUT',
    `/organisations/${caller.organisationId}/gatherings/${gathering}/sign-ins/${caller.memberId}`,
    {
      how: 'ONLINE',
      deviceAt: minutesAgo(1),
    },
  )
  if (answer === undefined) return
  if (answer.status === 200) journal.signIns.add(`${caller.memberId} ${gathering}`)
  else refused(journal, 'sign-in', answer)
}

/** A number nobody has, with the right check character: born in 1900. */
function impossibleNumber(): string {
  const n = members++
  const day = new Date(Date.UTC(1900, 0, 1 + (n % 300))).toISOString().slice(0, 10).replaceAll('-', '')
  const digits = `530000${day}${String(Math.floor(n / 300)).padStart(3, '0')}`
  return `${digits}${checkCharacter(digits)}`
}

async function register(client: Client, { organisationId, secretary }: Branch, journal: Journal): Promise<void> {
  const id = randomUUID()
  const name = some(['张建国', '李秀英', '王阿文', '杨小梅'])
  const answer = await client.ask(secretary, 'PUT', `/organisations/${organisationId}/members/${id}`, {
    name,
    gender: '1',
    identityNumber: impossibleNumber(),
    ethnicity: '01',
    bornOn: '1980-01-01',
    education: '61',
    stage: 'FULL',
    joinedOn: '2005-07-01',
    fullMemberOn: '2006-07-01',
    work: '',
    phone: null,
    address: '',
    membership: 'NORMAL',
    contact: 'IN_CONTACT',
    mobility: 'RESIDENT',
  })
  if (answer === undefined) return
  if (answer.status === 200) journal.members.set(id, name)
  else refused(journal, 'member', answer)
}

/** Plan, start, roll-call, record by one person, confirmation by another. */
async function hold(client: Client, { organisationId, secretary, recorder }: Branch, journal: Journal): Promise<void> {
  const id = randomUUID()
  const path = `/organisations/${organisationId}/gatherings/${id}`
  const put = async (person: Person, what: string, body: unknown): Promise<Answer['body'] | undefined> => {
    const answer = await client.ask(person, 'PUT', `${path}${what}`, body)
    if (answer === undefined || answer.status === 200) return answer?.body
    // The answer to a record may have been lost; it is then there already, under the next version.
    const now = answer.code === 'STALE_VERSION' ? await client.ask(person, 'GET', path) : undefined
    if (now?.body['state'] === 'DRAFT_MINUTES') return now.body
    refused(journal, `gathering${what}`, answer)
    return undefined
  }
  const planned = await put(secretary, '', {
    title: '主题党日',
    segments: [{ id: randomUUID(), kind: 'THEME_DAY' }],
    mode: 'ONSITE',
    plannedStart: minutesAgo(120),
  })
  if (planned === undefined) return
  journal.gatherings.set(id, 'PLANNED')
  const started = await put(secretary, '/start', { at: minutesAgo(110) })
  if (started === undefined) return
  journal.gatherings.set(id, 'IN_PROGRESS')
  const roster = started['roster'] as { memberId: string }[]
  const host = roster[0]
  if (host === undefined) return
  const rows = roster.slice(0, 400).map(({ memberId }) => ({ memberId, state: 'PRESENT_ONSITE', deviceAt: minutesAgo(100) }))
  const called = await put(recorder, '/attendance', { rows })
  if (called === undefined) return
  const recorded = await put(recorder, '/record', {
    actualStart: minutesAgo(110),
    actualEnd: minutesAgo(10),
    hostId: host.memberId,
    agenda: [],
    minutes: '学习文件。',
    version: called['version'],
  })
  if (recorded === undefined) return
  journal.gatherings.set(id, 'DRAFT_MINUTES')
  const confirmed = await put(secretary, '/confirmation', { version: recorded['version'] })
  if (confirmed !== undefined) journal.gatherings.set(id, 'CONFIRMED')
}
