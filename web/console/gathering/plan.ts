import type { putGathering } from '#contract/meetings'
import type { Input } from '../../shared/client.ts'
import { momentAt } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import type { Gathering } from './useGathering.ts'

type PlanInput = Required<Omit<Input<typeof putGathering>['body'], 'version' | 'agenda' | 'guests'>> & { version: number | undefined }

/** What is being planned, with the id it will have and the name of the host for the field. */
export type Planned = PlanInput & { id: string; hostName: string; agenda: Gathering['agenda']; guests: Gathering['guests'] }

/** A gathering nobody has planned yet. @param day `YYYY-MM-DD` */
export const blankPlan = (day: string): Planned => ({
  id: newId(),
  title: '',
  segments: [],
  groupId: null,
  mode: 'ONSITE',
  place: '',
  plannedStart: momentAt(day, '19:30'),
  plannedEnd: null,
  hostId: null,
  hostName: '',
  agenda: [],
  guests: [],
  version: undefined,
})

/** The plan that is on record. */
export function planOf(gathering: Gathering): Planned {
  const { id, title, segments, groupId, mode, place, plannedStart, plannedEnd, hostId, hostName, agenda, guests, version } = gathering
  return { id, title, segments, groupId, mode, place, plannedStart, plannedEnd, hostId, hostName, agenda, guests, version }
}

/** As it is sent: agenda items without a title are lines left empty. @param title stands in when none was typed */
export function bodyOf({ id: _id, hostName: _name, version, ...plan }: Planned, title: string): Input<typeof putGathering>['body'] {
  return {
    ...plan,
    title: plan.title.trim() === '' ? title : plan.title,
    agenda: plan.agenda.filter((item) => item.title.trim() !== ''),
    ...(version === undefined ? {} : { version }),
  }
}
