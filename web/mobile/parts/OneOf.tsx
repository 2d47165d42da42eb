/** One of many: a list that the phone shows its own way. */
interface OneOfProps<V extends string> {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
  /** What stands there while nothing is chosen, which is ''; without it something always is. */
  none?: string
  value: V
  options: readonly { value: V; name: string }[]
  onChange: (value: V) => void
}

export function OneOf<V extends string>({ none, options, onChange, ...attributes }: OneOfProps<V>) {
  return (
    <select {...attributes} onChange={(event) => onChange(event.target.value as V)}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  )
}
