import type { Post } from '../../shared/session.tsx'
import type { Overview } from './figures.ts'
import type { Place } from './Head.tsx'

/**
 * From the organisation of the post down to the one shown. What lies above the post is not shown: it may not be opened.
 * @param here id of the organisation asked for, whose name is not known before the first answer
 */
export function trailOf(
  { organisationId, organisationName }: Pick<Post, 'organisationId' | 'organisationName'>,
  here: string,
  shown: Pick<Overview, 'trail' | 'organisationId' | 'shortName'> | undefined,
): Place[] {
  if (shown === undefined) {
    const start = { id: organisationId, name: organisationName }
    return here === organisationId ? [start] : [start, { id: here, name: '…' }]
  }
  const whole = [...shown.trail.filter(({ id }) => id !== shown.organisationId), { id: shown.organisationId, name: shown.shortName }]
  const top = whole.findIndex(({ id }) => id === organisationId)
  return top === -1 ? whole.slice(-1) : whole.slice(top)
}
