/** The rules' door: pure functions over `rules.json`, the same on the phone, in the server and in the tests. */
export { organisationFindings } from './findings.ts'
export { addDays, addMonths, addYears, dayOf } from './dates.ts'
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
export { rule, type Rule } from './rule.ts'
