/** A question with its answer field and, underneath, the platform's sentence when the answer is not right. */
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import type { Problem } from '../../shared/client.ts'

interface FieldProps {
  label: string
  /** What is wrong, if something is. */
  wrong?: string | undefined
  /** A word of help; stays in sight. */
  hint?: ReactNode
  /** Takes the whole row. */
  wide?: boolean
  children: ReactElement<{ id?: string; 'aria-invalid'?: boolean; 'aria-describedby'?: string | undefined; status?: string }>
}

export function Field({ label, wrong, hint, wide, children }: FieldProps) {
  const id = useId()
  const described = [wrong === undefined ? '' : `${id}-wrong`, hint === undefined ? '' : `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="field" data-wide={wide ? '' : undefined} data-wrong={wrong === undefined ? undefined : ''}>
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, { id, 'aria-invalid': wrong !== undefined, 'aria-describedby': described === '' ? undefined : described })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong !== undefined && (
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}

/** Why something was not done, once, above the button that did not do it; what belongs to a field stands there. */
export function Refusal({ problem, except = [] }: { problem: Problem | null | undefined; except?: readonly string[] }) {
  if (!problem) return null
  const others = problem.fields.filter((field) => !except.some((path) => field.path.startsWith(path)))
  const said = new Set([problem.message, ...others.map((field) => field.message)])
  return (
    <div className="refusal" role="alert">
      {[...said].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}
