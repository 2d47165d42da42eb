import { Button } from 'antd'
import { useT } from '../../shared/i18n.ts'
import { useFirst } from '../field/first.ts'

interface DifferingProps {
  /** What differs, field by field; `key` and what it is called, and both values as they are read. */
  fields: readonly { key: string; name: string; mine: string; theirs: string }[]
  /** Values are texts of several lines. */
  prose?: boolean
  onKeepMine: () => void
  onTake: () => void
}

/** Somebody saved meanwhile: what differs, side by side. Nothing is overwritten before the person has chosen. */
export function Differing({ fields, prose = false, onKeepMine, onTake }: DifferingProps) {
  const t = useT()
  const seen = useFirst<HTMLElement>()
  const cell = prose ? 'prose' : undefined
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
            {fields.map(({ key, name, mine, theirs }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td className={cell}>{mine || '—'}</td>
                <td className={cell}>{theirs || '—'}</td>
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
