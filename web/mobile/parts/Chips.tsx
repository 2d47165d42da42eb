/** Any of a few: words that are filled while chosen. Native checkboxes underneath, so keys and readers work. */
interface ChipsProps<V extends string | number> {
  label: string
  /** Part of a card that already has a heading: the label is read only, not seen. */
  quiet?: boolean
  hint?: string
  /** The server's sentence about this field. */
  wrong?: string | undefined
  chosen: readonly V[]
  options: readonly { value: V; name: string }[]
  /** What is chosen now, the latest last. */
  onChange: (chosen: V[]) => void
}

export function Chips<V extends string | number>({ label, quiet = false, hint, wrong, chosen, options, onChange }: ChipsProps<V>) {
  return (
    <fieldset className={quiet ? undefined : 'card kinds'}>
      <legend className={quiet ? 'unseen' : undefined}>{label}</legend>
      {hint !== undefined && <p className="note">{hint}</p>}
      <div className="chips">
        {options.map(({ value, name }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {wrong !== undefined && (
        <p className="note bad" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
