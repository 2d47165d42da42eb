/** Filters with how many stand behind each; one may be pressed, and pressed again it is taken away. */
import { Mark, type Tone } from '../list/Mark.tsx'

interface ChipsProps<Key extends string> {
  label: string
  chosen: Key | undefined
  chips: readonly { key: Key; name: string; count: number; tone: Tone }[]
  onChoose: (key: Key | undefined) => void
}

export function Chips<Key extends string>({ label, chosen, chips, onChoose }: ChipsProps<Key>) {
  const shown = chips.filter(({ key, count }) => count > 0 || key === chosen)
  if (shown.length === 0) return null
  return (
    <div className="float-chips" role="group" aria-label={label}>
      <span className="quiet" aria-hidden="true">
        {label}
      </span>
      {shown.map(({ key, name, count, tone }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key === chosen ? undefined : key)}>
          <Mark tone={tone}>
            {name} <b>{count}</b>
          </Mark>
        </button>
      ))}
    </div>
  )
}
