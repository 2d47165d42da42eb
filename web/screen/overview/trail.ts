import type { Post } from '../../shared/session.tsx'
import type { Overview } from './figures.ts'
import type { Place } from './Head.tsx'

/** From the organisation of the post down to the one shown. What lies above the post is not shown: it may not be opened. */
export function trailOf(
  { organisationId, organisationName }: Pick<Post, 'organisationId' | 'organisationName'>,
  shown: Pick<Overview, 'trail' | 'organisationId' | 'name'> | undefined,
): Place[] {
  if (shown === undefined) return [{ id: organisationId, name: organisationName }]
  const whole = [...shown.trail.filter(({ id }) => id !== shown.organisationId), { id: shown.organisationId, name: shown.name }]
  const top = whole.findIndex(({ id }) => id === organisationId)
  return top === -1 ? whole.slice(-1) : whole.slice(top)
}
