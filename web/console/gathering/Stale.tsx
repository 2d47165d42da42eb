import { Button } from 'antd'
import { useT } from '../../shared/i18n.ts'
import { useFirst } from '../field/first.ts'

interface StaleProps {
  /** Field by field; the names are those of `console.gathering.*`. */
  mine: readonly (readonly [string, string])[]
  theirs: readonly (readonly [string, string])[]
  onKeepMine: () => void
  onTake: () => void
}

/** Somebody saved meanwhile: what differs, side by side. Nothing is overwritten before the person has chosen. */
export function Stale({ mine, theirs, onKeepMine, onTake }: StaleProps) {
  const t = useT()
  const seen = useFirst<HTMLElement>()
  const other = new Map(theirs)
  const fields = mine.filter(([name, value]) => other.get(name) !== value)
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
            {fields.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{t(`console.gathering.${name}`)}</th>
                <td className="prose">{value || '—'}</td>
                <td className="prose">{other.get(name) || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="buttons">
        <Button onClick={onKeepMine}>{t('console.conflict.keepMine')}</Button>
        <Button onClick={onTake}>{t('console.conflict.take')}</Button>
      </div>
    </section>
  )
}
