/** On or off, at once: the words on the left, the switch under the thumb. */
interface SwitchProps {
  name: string
  hint?: string
  on: boolean
  disabled?: boolean
  onChange: (on: boolean) => void
}

export function Switch({ name, hint, on, disabled = false, onChange }: SwitchProps) {
  return (
    <label className="switch">
      <span>
        {name}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        disabled={disabled}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  )
}
