/** One of those on the roster. */
import type { Gathering } from './gathering.ts'

interface PeopleProps {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
  gathering: Gathering
  value: string
  onChange: (memberId: string) => void
}

export function People({ gathering, value, onChange, ...attributes }: PeopleProps) {
  return (
    <select {...attributes} value={value} onChange={(event) => onChange(event.target.value)}>
      {gathering.roster.map((row) => (
        <option key={row.memberId} value={row.memberId}>
          {row.name}
        </option>
      ))}
    </select>
  )
}
