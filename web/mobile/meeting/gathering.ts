/** What a gathering means to the person looking at it: may they write it, is it theirs, has it been held. */
import type { z } from 'zod'
import type { Gathering as GatheringShape, GatheringRow as RowShape, MyGathering as MineShape } from '#contract/meetings'
import { holds, type Permission } from '#contract/roles'
import type { Post } from '../../shared/session.tsx'

export type Gathering = z.output<typeof GatheringShape>
export type GatheringRow = z.output<typeof RowShape>
export type MyGathering = z.output<typeof MineShape>
export type Attendance = Gathering['roster'][number]
export type State = Gathering['state']
export type Kind = Gathering['segments'][number]['kind']

/** The post in which one attends what this organisation holds: one's own there, as a member or as a guest. */
export const attendingPost = (posts: readonly Post[], organisationId: string): Post | undefined => {
  const attending = posts.filter((post) => may(post, 'attend:gathering'))
  return attending.find((post) => post.organisationId === organisationId) ?? attending.find(({ role }) => role === 'MEMBER')
}

export const may = (post: Post | null, permission: Permission): boolean => post !== null && holds(post.role, permission)

/** Not yet held: the plan may still be changed. */
export const isPlanned = (state: State): boolean => state === 'PLANNED' || state === 'NOTIFIED' || state === 'POSTPONED'
export const isSettled = (state: State): boolean => state === 'CONFIRMED' || state === 'ARCHIVED'
export const isOver = (state: State): boolean => isSettled(state) || state === 'CANCELLED'
/** Held and not yet confirmed: roll, record and contributions may still be written. */
export const isWritable = (state: State): boolean => state === 'IN_PROGRESS' || state === 'DRAFT_MINUTES'
export const isPresent = (state: Attendance['state']): boolean => state === 'PRESENT_ONSITE' || state === 'PRESENT_ONLINE'
/** Members have been told and may still say that they cannot come. */
export const leaveIsOpen = (state: State): boolean => state === 'NOTIFIED' || state === 'POSTPONED' || state === 'IN_PROGRESS'

export const pathOf = ({ organisationId, id }: { organisationId: string; id: string }): string => `/meetings/${organisationId}/${id}`
