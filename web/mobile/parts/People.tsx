/** One of several people: those on a roster, those of a branch. */
import { OneOf } from './OneOf.tsx'

interface PeopleProps {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
  /** What stands there while nobody is chosen; without it somebody always is. */
  none?: string
  people: readonly { memberId: string; name: string }[]
  value: string
  onChange: (memberId: string) => void
}

export function People({ people, ...attributes }: PeopleProps) {
  return <OneOf {...attributes} options={people.map(({ memberId, name }) => ({ value: memberId, name }))} />
}
