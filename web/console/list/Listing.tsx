import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'
import { Rows, type RowsProps } from './Rows.tsx'

interface ListingProps<Row> extends Omit<RowsProps<Row>, 'more'> {
  /** What `usePages` answers. */
  asked: Omit<Parameters<typeof Answer>[0]['asked'], 'data'> & {
    data: { pages: readonly unknown[] } | undefined
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
  /** What stands there when there are no rows. */
  empty: string
}

/** A list read page by page, in all its states: waiting, refused, empty, rows and more of them. */
export function Listing<Row>({ asked, empty, ...list }: ListingProps<Row>) {
  return (
    <Answer asked={{ ...asked, data: asked.data?.pages }}>
      {() =>
        list.rows.length === 0 ? (
          <Empty text={empty} />
        ) : (
          <Rows {...list} more={asked.hasNextPage ? { busy: asked.isFetchingNextPage, fetch: asked.fetchNextPage } : undefined} />
        )
      }
    </Answer>
  )
}
