/** The rules' door: pure functions over `rules.json`, the same on the phone, in the server and in the tests. */
export { organisationFindings } from './findings.ts'
export { addDays, addMonths, addYears, dayOf } from './dates.ts'
export {
  type Circumstances,
  committeesOf,
  dutiesOf,
  forever,
  kindsWithDuties,
  lookAgainOn,
  type OnRecord,
  type OwedDuty,
  recordsLookedAt,
} from './duties.ts'
export { checkCharacter, checkIdentityNumber } from './identity.ts'
export {
  type Attendance,
  admissionQuorum,
  committeeQuorum,
  electionQuorum,
  electionWinner,
  meetingQuorum,
  type Quorum,
  resolution,
  type Vote,
} from './quorum.ts'
export { rightsOf, type Standing } from './rights.ts'
export { findRule, rule, type Rule, versionOf } from './rule.ts'
export { citationOf } from './cite.ts'
export type { Span } from './periods.ts'
