/** The clock of a licence, in working days. Silence means something: no notice in time is acceptance on the day of receipt (traps 7 and 8). */
import { type Deadline, deadline } from './deadlines.ts'
import { count, type Sentence } from './rule.ts'
import { addWorkingDays, isPublished } from './workdays.ts'

/** Last day for the one notice of what is missing; without one, the materials count as accepted when they were received. */
export function correctionNoticeBy(receivedOn: string): Deadline & { elseAcceptedOn: string } {
  const days = count('SVC-CORRECTION', 'days')
  const day = addWorkingDays(receivedOn, days)
  const due = deadline('SVC-CORRECTION', day, {
    zh: `${receivedOn}收到材料，${days}个工作日内一次告知补正，最迟${day}${provisional(day).zh}；逾期不告知的，自${receivedOn}起即为受理`,
    en: `Received on ${receivedOn}: one notice of what is missing within ${days} working days, by ${day}${provisional(day).en}; without it, accepted as of ${receivedOn}`,
  })
  return { ...due, elseAcceptedOn: receivedOn }
}

/** Last day for the decision. */
export function decisionBy(acceptedOn: string): Deadline {
  const days = count('SVC-DECISION', 'days')
  const day = addWorkingDays(acceptedOn, days)
  return deadline('SVC-DECISION', day, {
    zh: `${acceptedOn}受理，${days}个工作日内作出决定，最迟${day}${provisional(day).zh}`,
    en: `Accepted on ${acceptedOn}: decided within ${days} working days, by ${day}${provisional(day).en}`,
  })
}

/** Said of a day in a year whose holidays the State Council has not published yet. */
function provisional(day: string): Sentence {
  const year = day.slice(0, 4)
  return isPublished(day)
    ? { zh: '', en: '' }
    : { zh: `（${year}年节假日安排尚未公布，按周末推算）`, en: ` (provisional: the holidays of ${year} are not published yet)` }
}
