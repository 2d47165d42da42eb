/** One gathering and what can be done with it. Each answer of the platform is shown at once. */
import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { type Gathering as Shape, getGathering } from '#contract/meetings'
import type { Operation } from '#contract/operation'
import type { Input } from '../../shared/client.ts'
import { useAction, useOperation } from '../../shared/query.ts'

export type Gathering = z.output<typeof Shape>

/** While a gathering goes on, members sign in by themselves. */
const liveMilliseconds = 4000

const inputOf = (organisationId: string, gatheringId: string) => ({ params: { organisationId, gatheringId } })

export function useGathering(organisationId: string, gatheringId: string, enabled: boolean) {
  const queries = useQueryClient()
  const input = inputOf(organisationId, gatheringId)
  const shown = queries.getQueryData<Gathering>([getGathering.id, input])
  return useOperation(getGathering, input, { enabled, ...(shown?.state === 'IN_PROGRESS' ? { refetchInterval: liveMilliseconds } : {}) })
}

/** An action whose answer is the gathering itself. */
export function useStep<O extends Operation>(operation: O, { organisationId, id }: Pick<Gathering, 'organisationId' | 'id'>) {
  const queries = useQueryClient()
  const action = useAction(operation)
  return {
    ...action,
    async run(input: Omit<Input<O>, 'params'>): Promise<Gathering> {
      const answer = (await action.run({ ...inputOf(organisationId, id), ...input } as unknown as Input<O>)) as unknown as Gathering
      queries.setQueryData([getGathering.id, inputOf(organisationId, id)], answer)
      return answer
    },
  }
}
