import { useT } from '../../shared/i18n.ts'
import { Differing } from '../list/Differing.tsx'

interface StaleProps {
  /** Field by field; the names are those of `console.gathering.*`. */
  mine: readonly (readonly [string, string])[]
  theirs: readonly (readonly [string, string])[]
  onKeepMine: () => void
  onTake: () => void
}

/** Somebody saved the plan or the record meanwhile. */
export function Stale({ mine, theirs, onKeepMine, onTake }: StaleProps) {
  const t = useT()
  const other = new Map(theirs)
  const fields = mine
    .filter(([key, value]) => other.get(key) !== value)
    .map(([key, value]) => ({ key, name: t(`console.gathering.${key}`), mine: value, theirs: other.get(key) ?? '' }))
  return <Differing fields={fields} prose onKeepMine={onKeepMine} onTake={onTake} />
}
