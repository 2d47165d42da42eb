import type { z } from 'zod'
import type { MemberInput } from '#contract/members'
import type { Member } from './member.ts'

export type Input = z.output<typeof MemberInput>

/** The full numbers of a member, as revealed for a purpose. */
export interface Numbers {
  identityNumber: string
  phone: string | null
}

/** Somebody who is not registered yet; most who join are full members in contact at home. */
export const blank: Input = {
  name: '',
  gender: '1',
  identityNumber: '',
  ethnicity: '01',
  bornOn: '',
  education: '61',
  stage: 'FULL',
  joinedOn: null,
  fullMemberOn: null,
  work: '',
  phone: null,
  landline: '',
  address: '',
  membership: 'NORMAL',
  contact: 'IN_CONTACT',
  lostContactSince: null,
  mobility: 'RESIDENT',
  flowDestination: '',
  groupId: null,
}

/** What is on record, as a form takes it. */
export function filled(member: Member, numbers: Numbers): Input {
  const { name, gender, ethnicity, bornOn, education, stage, joinedOn, fullMemberOn, work, landline, address } = member
  const { membership, contact, lostContactSince, mobility, flowDestination, groupId, version } = member
  return {
    name,
    gender,
    ethnicity,
    bornOn,
    education,
    stage,
    joinedOn,
    fullMemberOn,
    work,
    landline,
    address,
    membership,
    contact,
    lostContactSince,
    mobility,
    flowDestination,
    groupId,
    version,
    ...numbers,
  }
}

/** Fields that a newer version holds otherwise than what was typed. Numbers are masked on record and cannot be compared. */
export function differing(typed: Input, latest: Member): (keyof Input & keyof Member)[] {
  const known = filled(latest, { identityNumber: typed.identityNumber, phone: typed.phone })
  return (Object.keys(known) as (keyof Input)[]).filter(
    (name): name is keyof Input & keyof Member => name !== 'version' && name in latest && known[name] !== typed[name],
  )
}

/** The date of birth that an identity number carries, when it carries one. */
export function bornOnOf(identityNumber: string): string | undefined {
  const found = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(identityNumber)
  if (found === null) return undefined
  const day = `${found[1]}-${found[2]}-${found[3]}`
  return Number.isNaN(Date.parse(day)) ? undefined : day
}
