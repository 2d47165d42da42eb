import { useState } from 'react'
import { listHappenings } from '#contract/overview'
import { useOperation } from '../../shared/query.ts'
import type { Happening } from './Just.tsx'

/** As many lines as are kept, however long the screen stands. */
const kept = 30
/** The stream tells what happens; the whole list is asked for only to be sure. */
const askAgainMilliseconds = 60_000

interface Told {
  organisationId: string
  items: Happening[]
}

/** What just happened below an organisation, newest first: the list of the platform, and what the stream has told since. */
export function useHappenings(organisationId: string) {
  const list = useOperation(
    listHappenings,
    { params: { organisationId }, query: { limit: kept } },
    { refetchInterval: askAgainMilliseconds },
  )
  const [told, setTold] = useState<Told>({ organisationId, items: [] })
  const since = told.organisationId === organisationId ? told.items : []
  const tell = (happening: Happening) =>
    setTold((before) => ({
      organisationId,
      items: newestFirst([happening, ...(before.organisationId === organisationId ? before.items : [])]),
    }))
  return { items: newestFirst([...since, ...(list.data?.items ?? [])]), tell, problem: list.data === undefined ? list.error : null, list }
}

/** Each happening once; a stream that resumes may repeat itself. */
function newestFirst(happenings: Happening[]): Happening[] {
  const each = [...new Map(happenings.map((happening) => [happening.id, happening])).values()]
  return each.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, kept)
}
