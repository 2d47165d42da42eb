import { Input } from 'antd'
import type { ComponentProps } from 'react'

interface LongTextProps extends Omit<ComponentProps<typeof Input.TextArea>, 'onChange' | 'autoSize' | 'rows'> {
  value: string
  onText: (text: string) => void
  /** Lines to begin with; the field grows with its text. */
  lines?: number
}

/** Text of many lines. It grows by the style sheet alone: nothing writes styles into the page. */
export function LongText({ onText, lines = 2, ...rest }: LongTextProps) {
  return <Input.TextArea className="long-text" rows={lines} onChange={(event) => onText(event.target.value)} {...rest} />
}
