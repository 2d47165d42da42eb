/** The rules' door: pure functions over `rules.json`, the same on the phone, in the server and in the tests. */
export { isSized, organisationFindings } from './findings.ts'
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
export { helpFor } from './dutiesHelp.ts'
export { cheapestWay, type Way, wayInWords } from './dutiesWay.ts'
export { checkCharacter, checkIdentityNumber } from './identity.ts'
export { type Advice, earlierRecords, proposedEnd, recordAdvice, textOf } from './check.ts'
export { committeeQuorum, meetingQuorum } from './quorum.ts'
export { type Heads, headsOf, judgeVote, papersSentence, votesAmiss } from './quorumVote.ts'
export {
  ballotsToCount,
  excellentQuota,
  gradeIsNoDecision,
  politicalBirthday,
  preparationSteps,
  rectifyRemindDays,
  talksAsked,
  votesToShow,
} from './reviews.ts'
export { rightsOf } from './rights.ts'
export { count, findRule, rule, versionOf } from './rule.ts'
export { inHours, type Learned, learningOf, minutesThatCount, tenthsOf } from './study.ts'
export { cite, citationOf, inChinese } from './cite.ts'
export { arrange, type Arrangement, betterDay, type ProposedAddition, type ProposedGathering } from './arrange.ts'
export { type Clash, clashesOf, sittingOf, type Surroundings } from './arrangeClash.ts'
export { type KnownGathering, peopleOf } from './arrangeNeeds.ts'
export { agendaFor } from './arrangeWords.ts'
export { type CalendarDay, calendarOf, springFestival } from './calendar.ts'
export { marketInWords } from './calendarMarket.ts'
export { daysOfSeries, habitsOf, proposeYear, seriesDayInWords } from './year.ts'
export {
  type Credit,
  creditOf,
  departureAdvice,
  type FloatAction,
  type FloatMove,
  floatActions,
  floatClocks,
  type FloatSide,
  type FloatState,
  floatStates,
  floatStateWords,
  floatStep,
  floatSteps,
  floatStepsOf,
  groupDeparture,
  homeSeason,
  lookingFor,
  overlapSentence,
  passValidUntil,
  stillToTry,
  type TookPart,
} from './floating.ts'
