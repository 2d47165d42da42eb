/** One of a few: a row of words, the chosen one filled. Native radio buttons underneath, so keys and readers work. */
import { useId } from 'react'

interface ChoiceProps<V extends string> {
  label: string
  /** Is the label read only, not seen? */
  quiet?: boolean
  value: V
  options: readonly { value: V; name: string }[]
  onChange: (value: V) => void
}

export function Choice<V extends string>({ label, quiet = false, value, options, onChange }: ChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend className={quiet ? 'unseen' : undefined}>{label}</legend>
      <div className="choice-row">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
