/** Data of the platform in components: reading with `useOperation`, doing with `useAction`. */
import {
  QueryClient,
  useInfiniteQuery,
  useIsMutating,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryOptions,
} from '@tanstack/react-query'
import type { Operation, ReturnsOf } from '#contract/operation'
import { call, type Input, Problem } from './client.ts'

/** One for each face. An answer is fresh for a few seconds; a lost connection is tried again, a refusal is not. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        networkMode: 'always',
        retry: (failures, error) => error instanceof Problem && (error.code === 'OFFLINE' || error.status === 503) && failures < 2,
        retryDelay: (attempt) => Math.min(400 * 2 ** attempt, 3000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

interface ReadOptions {
  /** Ask only when there is something to ask for. */
  enabled?: boolean
  /** Milliseconds after which it is asked again. */
  refetchInterval?: number
  /** Show the answer to the last question until the new one is there (typing in a search field). */
  keep?: boolean
}

/** A question to the platform, for the store of what was answered. */
const question = <O extends Operation>(operation: O, input: Input<O>): UseQueryOptions<ReturnsOf<O>, Problem> => ({
  queryKey: [operation.id, input],
  queryFn: ({ signal, client, queryKey }) =>
    call(operation, input, signal, { late: (answer) => void client.setQueryData(queryKey, answer) }),
})

/** Asks before the page that needs the answer is drawn. */
export const askAhead = <O extends Operation>(queries: QueryClient, operation: O, input: Input<O>): Promise<void> =>
  queries.prefetchQuery(question(operation, input))

/** The answer of an operation that reads. Asked again when the input changes, and after every action. */
export function useOperation<O extends Operation>(operation: O, input: Input<O>, { keep, ...options }: ReadOptions = {}) {
  return useQuery<ReturnsOf<O>, Problem>({
    ...question(operation, input),
    ...(keep === true ? { placeholderData: (before: ReturnsOf<O> | undefined) => before as never } : {}),
    ...options,
  })
}

interface Page {
  next: string | null
}

/** The answer of an operation that gives pages: all pages read so far, and `fetchNextPage`. `input` is without the cursor. */
export function usePages<O extends Operation>(operation: O, input: Input<O>, options: { enabled?: boolean } = {}) {
  return useInfiniteQuery<ReturnsOf<O>, Problem, { pages: ReturnsOf<O>[] }, unknown[], string | undefined>({
    queryKey: [operation.id, 'pages', input],
    queryFn: ({ pageParam, signal }) => {
      const { query = {}, ...rest } = input as { query?: object }
      return call(operation, { ...rest, query: { ...query, cursor: pageParam } } as unknown as Input<O>, signal)
    },
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as unknown as Page).next ?? undefined,
    ...options,
  })
}

/** Doing something. `run` answers or throws the Problem, which also stands in `problem`; afterwards everything shown is read again. */
export function useAction<O extends Operation>(operation: O) {
  const queries = useQueryClient()
  const { mutateAsync, isPending, error, reset } = useMutation<ReturnsOf<O>, Problem, Input<O>>({
    mutationFn: (input) => call(operation, input),
    onSuccess: () => queries.invalidateQueries(),
  })
  return { run: mutateAsync, busy: isPending, problem: error, reset }
}

/** Is anything being sent from this page? What is done upon a version waits for it, or it would be done upon the one before. */
export const useSending = (): boolean => useIsMutating() > 0
