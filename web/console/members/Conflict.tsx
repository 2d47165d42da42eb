import { useT } from '../../shared/i18n.ts'
import { Differing } from '../list/Differing.tsx'
import { differing, type Input } from './input.ts'
import { useCodeWords } from './words.ts'
import type { Member } from './member.ts'

interface ConflictProps {
  typed: Input
  latest: Member
  onKeepMine: () => void
  onTake: (part: Partial<Input>) => void
}

/** Somebody saved the member meanwhile. */
export function Conflict({ typed, latest, onKeepMine, onTake }: ConflictProps) {
  const t = useT()
  const fields = differing(typed, latest)
  const words = useCodeWords()
  const coded = ['gender', 'stage', 'membership', 'contact', 'mobility']
  function show(name: string, value: unknown): string {
    if (typeof value !== 'string' || value === '') return ''
    if (coded.includes(name)) return t(`console.${name}.${value}`)
    return name === 'ethnicity' || name === 'education' ? words[name](value) : value
  }
  return (
    <Differing
      fields={fields.map((key) => ({
        key,
        name: t(`console.member.${key}`),
        mine: show(key, typed[key]),
        theirs: show(key, latest[key]),
      }))}
      onKeepMine={onKeepMine}
      onTake={() => onTake(Object.fromEntries(fields.map((name) => [name, latest[name]])))}
    />
  )
}
