/** Members for tests, registered through the contract, with numbers no person can have (born in 1900). */
import { randomUUID } from 'node:crypto'
import { putMember } from '#contract/members'
import type { BodyIn } from '#contract/operation'
import type { Node } from '#platform'
import type { Person } from './person.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const surnames = ['张', '李', '王', '普', '马', '杨', '白', '罗']
const given = ['建国', '秀英', '阿文', '小梅', '永福', '春兰', '志强', '玉珍']

let made = 0

/** A number with the right check digit (GB 11643-1999, MOD 11-2), another one at each call. */
function identityNumber(): string {
  made += 1
  const day = new Date(Date.UTC(1900, 0, 1 + (made % 300))).toISOString().slice(0, 10).replaceAll('-', '')
  const digits = `530000${day}${String(Math.floor(made / 300)).padStart(3, '0')}`
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return `${digits}${'10X98765432'.charAt(sum % 11)}`
}

/** Registers full members in a branch, with what else is to be said of them. @returns their ids */
export async function registerMembers(
  secretary: Person,
  branch: Node,
  count: number,
  more: Partial<BodyIn<typeof putMember>> = {},
): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const memberId = randomUUID()
    await secretary.call(putMember, {
      params: { organisationId: branch.id, memberId },
      body: {
        name: `${surnames[n % 8] ?? ''}${given[Math.floor(n / 8) % 8] ?? ''}`,
        gender: '1',
        identityNumber: identityNumber(),
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
        ...more,
      },
    })
    ids.push(memberId)
  }
  return ids
}
