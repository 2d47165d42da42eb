import { Button } from 'antd'
import { useT } from '../../shared/i18n.ts'
import { useFirst } from '../field/first.ts'
import { differing, type Input } from './input.ts'
import { useCodeWords } from './words.ts'
import type { Member } from './member.ts'

interface ConflictProps {
  typed: Input
  latest: Member
  onKeepMine: () => void
  onTake: (part: Partial<Input>) => void
}

/** Somebody saved meanwhile: both versions side by side, field by field, and the person decides. */
export function Conflict({ typed, latest, onKeepMine, onTake }: ConflictProps) {
  const t = useT()
  const seen = useFirst<HTMLElement>()
  const fields = differing(typed, latest)
  const words = useCodeWords()
  const coded = ['gender', 'stage', 'membership', 'contact', 'mobility']
  function show(name: string, value: unknown): string {
    if (typeof value !== 'string' || value === '') return '—'
    if (coded.includes(name)) return t(`console.${name}.${value}`)
    return name === 'ethnicity' || name === 'education' ? words[name](value) : value
  }
  return (
    <section className="conflict" role="alert" tabIndex={-1} ref={seen}>
      <p>
        <b>{t('console.conflict.title')}</b> {t(fields.length === 0 ? 'console.conflict.same' : 'console.conflict.note')}
      </p>
      {fields.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('console.conflict.field')}</th>
              <th scope="col">{t('console.conflict.mine')}</th>
              <th scope="col">{t('console.conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`console.member.${name}`)}</th>
                <td>{show(name, typed[name])}</td>
                <td>{show(name, latest[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="buttons">
        <Button onClick={onKeepMine}>{t('console.conflict.keepMine')}</Button>
        <Button onClick={() => onTake(Object.fromEntries(fields.map((name) => [name, latest[name]])))}>{t('console.conflict.take')}</Button>
      </div>
    </section>
  )
}
