/** What the clients of the kill test were told is done. Everything in it must be found once afterwards, and nothing else may be half there. */
export class Journal {
  /** `member gathering` of each acknowledged sign-in. */
  readonly signIns = new Set<string>()
  /** Name of each acknowledged member. */
  readonly members = new Map<string, string>()
  /** Gatherings by the last step that was acknowledged. */
  readonly gatherings = new Map<string, 'PLANNED' | 'IN_PROGRESS' | 'DRAFT_MINUTES' | 'CONFIRMED'>()
  /** Answers nobody should get, whatever is killed. */
  readonly wrong: string[] = []
  acknowledged = 0
  retries = 0
}
