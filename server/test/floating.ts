/** For tests: people and shortcuts of the story, from a registration to a pass in a phone. */
import { randomUUID } from 'node:crypto'
import type { BodyIn } from '#contract/operation'
import { getGathering, notifyGathering, putGathering, startGathering } from '#contract/meetings'
import { putRegistration, takeIn, takeStep } from '#contract/floating'
import { bindPass, getPassTrust, issuePass, rotateIssuerKey } from '#contract/passes'
import { confirmGathering, putRecord } from '#contract/record'
import type { OpenTestHouse, Person } from '#house'
import { fromBase45, openTrust, present, type Trust } from '#pass'
import { addDays, dayOf } from '#rules'

export const today = dayOf(new Date())
export const ago = (days: number): string => addDays(today, -days)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A phone: the key that never leaves it, and what it has been given. */
export interface Phone {
  key: CryptoKey
  text: string
  bytes: Uint8Array
  copyId: string
}

export interface Story {
  secretary: Person
  committee: Person
  department: Person
  hostCommittee: Person
  hostBranch: Person
  hostRecorder: Person
  /** The member, acting at home. */
  member: Person
  memberId: string
  home: string
  host: string
  branch: string
  hostMemberId: string
}

export async function openStory(place: OpenTestHouse): Promise<Story> {
  const [memberId = ''] = await place.addMembers('甲村党支部', 1)
  const [hostMemberId = ''] = await place.addMembers('丙村党支部', 2)
  const story = {
    secretary: await place.signIn('BRANCH_SECRETARY', '甲村党支部'),
    committee: await place.signIn('COMMITTEE_ADMIN', '甲镇党委'),
    department: await place.signIn('ORG_DEPARTMENT', '甲县委'),
    hostCommittee: await place.signIn('COMMITTEE_ADMIN', '乙镇党委'),
    hostBranch: await place.signIn('BRANCH_SECRETARY', '丙村党支部'),
    hostRecorder: await place.signIn('RECORDER', '丙村党支部'),
    member: await place.signIn('MEMBER', '甲村党支部', { memberId }),
    memberId,
    hostMemberId,
    home: place.node('甲村党支部').id,
    host: place.node('乙镇党委').id,
    branch: place.node('丙村党支部').id,
  }
  await story.department.call(rotateIssuerKey, { params: { organisationId: place.node('甲镇党委').id, keyId: randomUUID() } })
  return story
}

type Registered = BodyIn<typeof putRegistration>
export const departure = (memberId: string, more: Partial<Registered> = {}): Registered => ({
  memberId,
  reason: 'WORK',
  destination: { areaCode: '530112', place: '某某工地', unit: '某某公司', fixed: false },
  outOn: ago(40),
  ...more,
})

/** Registered by the branch. @returns the id */
export async function registered({ secretary, home }: Story, memberId: string, more: Partial<Registered> = {}): Promise<string> {
  const registrationId = randomUUID()
  await secretary.call(putRegistration, { params: { organisationId: home, registrationId }, body: departure(memberId, more) })
  return registrationId
}

export async function issued(place: OpenTestHouse, { committee }: Story, registrationId: string): Promise<string> {
  const passId = randomUUID()
  const organisationId = place.node('甲镇党委').id
  await committee.call(issuePass, { params: { organisationId, registrationId, passId }, body: { issuedOn: ago(30) } })
  return passId
}

/** The member puts the pass on a phone. */
export async function bound(member: Person): Promise<Phone> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const copyId = randomUUID()
  const { text } = await member.call(bindPass, { params: { copyId }, body: { kty: 'EC', crv: 'P-256', x, y } })
  return { key: pair.privateKey, text, bytes: fromBase45(text.slice('YGL1:'.length)), copyId }
}

export const shown = (phone: Phone, at = new Date()): Promise<string> => present(phone.bytes, phone.key, at)

export async function takenIn({ hostCommittee, host }: Story, phone: Phone): Promise<void> {
  await hostCommittee.call(takeIn, {
    params: { organisationId: host, stepId: randomUUID() },
    body: { presented: await shown(phone), on: ago(20) },
  })
}

export async function assigned({ hostCommittee, host, branch }: Story, registrationId: string): Promise<void> {
  await hostCommittee.call(takeStep, {
    params: { organisationId: host, registrationId, stepId: randomUUID() },
    body: { action: 'ASSIGN', on: ago(19), branchId: branch },
  })
}

/** A theme day of the host's branch, begun. @returns its id */
export async function begun({ hostBranch, branch }: Story, start = new Date(Date.now() - 3_600_000)): Promise<string> {
  const params = { organisationId: branch, gatheringId: randomUUID() }
  const body = {
    title: '主题党日',
    segments: [{ id: randomUUID(), kind: 'THEME_DAY' as const }],
    mode: 'ONSITE' as const,
    plannedStart: start.toISOString(),
  }
  await hostBranch.call(putGathering, { params, body })
  await hostBranch.call(notifyGathering, { params })
  await hostBranch.call(startGathering, { params, body: { at: start.toISOString() } })
  return params.gatheringId
}

/** Its record written by one and confirmed by another. */
export async function confirmed({ hostBranch, hostRecorder, branch, hostMemberId }: Story, gatheringId: string): Promise<void> {
  const params = { organisationId: branch, gatheringId }
  const { version, actualStart } = await hostRecorder.call(getGathering, { params })
  const draft = await hostRecorder.call(putRecord, {
    params,
    body: {
      actualStart: actualStart ?? new Date().toISOString(),
      actualEnd: new Date().toISOString(),
      hostId: hostMemberId,
      agenda: [],
      minutes: '学习。',
      version,
    },
  })
  await hostBranch.call(confirmGathering, { params, body: { version: draft.version } })
}

/** The bundle as a verifier gets it. */
export async function trustOf(place: OpenTestHouse): Promise<Trust> {
  const answer = await place.stranger.ask(getPassTrust, {})
  return openTrust(answer.body as Uint8Array)
}
