/** Who came to a gathering of the demo, and why the others did not. */
import type { Dice } from '#members'
import type { State } from '../states.ts'
import type { Answer, DemoBranch, DemoPerson } from './gathering.ts'

/** At a gathering of `few` less than half of those with a vote do, and the record says so. */
export function rollOf(
  expected: readonly DemoPerson[],
  branch: DemoBranch,
  state: State,
  mode: string,
  few: boolean,
  dice: Dice,
): Answer[] {
  if (state === 'PLANNED' || state === 'CANCELLED') return []
  const coming = state === 'NOTIFIED' ? 0 : state === 'IN_PROGRESS' ? 550 : few ? 300 : 880
  const reasons = [
    'WORK_DUTY',
    'TRAVEL',
    'ILLNESS',
    'FAMILY',
    'FLOATING',
    branch.county === '532530' ? 'BORDER_PATROL' : 'WORK_DUTY',
    'AGE_OR_DISABILITY',
  ] as const
  return expected.map((person): Answer => {
    const leads = (person === branch.secretary || person === branch.recorder) && state !== 'NOTIFIED'
    if (leads || dice.permille(coming)) {
      const online = mode === 'HYBRID' && !leads && dice.permille(250)
      return { person, state: online ? 'PRESENT_ONLINE' : 'PRESENT_ONSITE', reason: null }
    }
    if (state === 'NOTIFIED' || state === 'IN_PROGRESS') {
      return dice.permille(60) ? { person, state: 'LEAVE', reason: dice.of(reasons) } : { person, state: 'EXPECTED', reason: null }
    }
    return dice.permille(750) ? { person, state: 'LEAVE', reason: dice.of(reasons) } : { person, state: 'ABSENT', reason: null }
  })
}
