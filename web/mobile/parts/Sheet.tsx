/** A sheet from the lower edge, above the page: the browser's own dialog, so that focus stays in it and Esc closes it. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useT } from '../../shared/i18n.ts'
import { Icon } from './Icon.tsx'

interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const t = useT()
  const name = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    if (shown !== null && !shown.open) shown.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="sheet-head">
        <h2 id={name}>{title}</h2>
        <button type="button" className="plain" aria-label={t('mobile.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  )
}
