/** The rules' door: pure functions over `rules.json`, the same on the phone, in the server and in the tests. */
export { organisationFindings } from './findings.ts'
export { addDays, addMonths, addYears, dayOf } from './dates.ts'
export {
  activityOf,
  type Circumstances,
  committeesOf,
  dutiesOf,
  kindFor,
  kindsWithDuties,
  lookAgainOn,
  type OnRecord,
  type OwedDuty,
  recordsLookedAt,
} from './duties.ts'
export { cheapestWay, type Way, wayInWords } from './dutiesWay.ts'
export { checkCharacter, checkIdentityNumber } from './identity.ts'
export { admissionQuorum, committeeQuorum, electionQuorum, electionWinner, meetingQuorum, resolution } from './quorum.ts'
export { rightsOf } from './rights.ts'
export { findRule, rule, versionOf } from './rule.ts'
export { citationOf } from './cite.ts'
