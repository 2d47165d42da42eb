/** A list with the record opened beside it, never over it. Esc closes the record and goes back to its row. */
import { CloseOutlined } from '@ant-design/icons'
import { type ReactNode, useEffect, useRef } from 'react'
import { useT } from '../../shared/i18n.ts'

interface BesideProps {
  list: ReactNode
  /** Nothing when no record is open. */
  record: { key: string; title: string; body: ReactNode; wide?: boolean } | null
  onClose: () => void
}

export function Beside({ list, record, onClose }: BesideProps) {
  const t = useT()
  const whole = useRef<HTMLDivElement>(null)
  const open = record !== null
  useEffect(() => {
    if (!open) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
      onClose()
      requestAnimationFrame(() => whole.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus())
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
  return (
    <div className="beside" ref={whole} data-open={open ? '' : undefined} data-wide={record?.wide ? '' : undefined}>
      <div className="beside-list">{list}</div>
      {record && (
        <aside className="beside-record" aria-label={record.title} key={record.key}>
          <header>
            <h2>{record.title}</h2>
            <button type="button" className="icon" aria-label={t('console.close')} onClick={onClose}>
              <CloseOutlined aria-hidden />
            </button>
          </header>
          <div className="beside-body">{record.body}</div>
        </aside>
      )}
    </div>
  )
}
