/** What floating looks like in the data, and the few words that several of its pages say. */
import type { z } from 'zod'
import type { MyFloating as MyFloatingShape, Registration as RegistrationShape } from '#contract/floating'
import type { Credit as CreditShape, MonthItem as MonthItemShape, Participation as ParticipationShape } from '#contract/participations'
import type { FloatState } from '#rules'

export type MyFloating = z.output<typeof MyFloatingShape>
export type Registration = z.output<typeof RegistrationShape>
export type Clock = Registration['clocks'][number]
export type Credit = z.output<typeof CreditShape>
export type MonthItem = z.output<typeof MonthItemShape>
export type Participation = z.output<typeof ParticipationShape>

/** Is somebody still away by this registration? What has ended is history. */
export const isAway = (state: FloatState): boolean => state !== 'RETURNED' && state !== 'TRANSFERRED' && state !== 'CLOSED'

/** Late ones first, then the one that ends first. */
export const byUrgency = (clocks: readonly Clock[]): Clock[] =>
  clocks.toSorted((one, other) => Number(other.late) - Number(one.late) || one.dueOn.localeCompare(other.dueOn))

/** The area somebody went to: the name without the place they wrote beside it. */
export const areaNameOf = ({ destination: { place }, destinationName }: Registration): string =>
  (place !== '' && destinationName.endsWith(place) ? destinationName.slice(0, -place.length) : destinationName).trim()

/** What comes next, by name: short absences get a letter and no pass. */
export const nextNameOf = ({ state, advice }: Registration) =>
  state === 'REGISTERED_OUT' && advice.some(({ ruleId }) => ruleId === 'FLOW-CERTIFICATE') ? 'CERTIFICATE' : state

/** Fills the sentence of what comes next. */
export const nextOf = ({ hostName, branchName, contactName, homeName }: Registration) => ({
  host: hostName,
  branch: branchName === '' ? hostName : branchName,
  contact: contactName === '' ? homeName : contactName,
})
