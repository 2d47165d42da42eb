import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'

const waitMilliseconds = 200

interface SearchFieldProps {
  label: string
  value: string
  onSearch: (text: string) => void
  maxLength?: number
}

/** Words to look for; asked when the typing rests, or at once with Enter. */
export function SearchField({ label, value, onSearch, maxLength = 40 }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => onSearch(typed), waitMilliseconds)
    return () => clearTimeout(timer)
    // Only the typing counts: the address may change for another reason meanwhile.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed])
  return (
    <Input
      className="search-field"
      type="search"
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined aria-hidden />}
      value={typed}
      allowClear
      maxLength={maxLength}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => onSearch(typed)}
    />
  )
}
