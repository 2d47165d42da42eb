/** One of a few, by the platform's own select: opens at once, takes the first letters typed, works with every reader. */
import type { Ref, SelectHTMLAttributes } from 'react'

interface ChoiceProps<Value extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'> {
  value: Value | ''
  options: readonly Value[]
  nameOf: (value: Value) => string
  /** What stands for “none chosen”; without it one must be chosen. */
  none?: string
  onChoose: (value: Value | undefined) => void
  ref?: Ref<HTMLSelectElement>
}

export function Choice<Value extends string>({ value, options, nameOf, none, onChoose, className, ...rest }: ChoiceProps<Value>) {
  return (
    <select
      className={`choice ${className ?? ''}`}
      value={value}
      data-chosen={value === '' ? undefined : ''}
      onChange={(event) => onChoose(options.find((option) => option === event.target.value))}
      {...rest}
    >
      {none !== undefined && <option value="">{none}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {nameOf(option)}
        </option>
      ))}
    </select>
  )
}
