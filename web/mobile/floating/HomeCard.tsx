/** Asks on the first page whether one is away. Most are not, and what says more, the rules with it, is not fetched for them. */
import { lazy, Suspense } from 'react'
import { getMyFloating } from '#contract/floating'
import { useOperation } from '../../shared/query.ts'
import { isAway } from './words.ts'

const AwayCard = lazy(async () => ({ default: (await import('./AwayCard.tsx')).AwayCard }))

export function HomeCard() {
  const registration = useOperation(getMyFloating, {}).data?.registration ?? null
  if (registration === null || !isAway(registration.state)) return null
  return (
    <Suspense fallback={null}>
      <AwayCard registration={registration} />
    </Suspense>
  )
}
