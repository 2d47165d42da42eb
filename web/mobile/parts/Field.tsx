/** One question with its answer: label above, why it is asked or what is wrong below. */
import { useId, type ReactNode } from 'react'

interface FieldProps {
  label: string
  hint?: string
  /** The server's sentence about this field. */
  wrong?: string | undefined
  /** Draws the control with these attributes. */
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode
}

export function Field({ label, hint, wrong, children }: FieldProps) {
  const id = useId()
  const note = wrong ?? hint
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': wrong !== undefined, 'aria-describedby': note === undefined ? undefined : `${id}-note` })}
      {note !== undefined && (
        <p id={`${id}-note`} className={wrong === undefined ? 'note' : 'note bad'} role={wrong === undefined ? undefined : 'alert'}>
          {note}
        </p>
      )}
    </div>
  )
}
