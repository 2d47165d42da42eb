/** A member, found by name, pinyin or initials inside an organisation. */
import { CaretDownOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { useState } from 'react'
import { listMembers } from '#contract/members'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'

export interface Person {
  id: string
  name: string
}

interface PersonFieldProps {
  organisationId: string
  value: Person | null
  onPerson: (person: Person | null) => void
  id?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}

export function PersonField({ organisationId, value, onPerson, ...rest }: PersonFieldProps) {
  const t = useT()
  const [q, setQ] = useState('')
  const found = useOperation(listMembers, { params: { organisationId }, query: { q, limit: 30 } }, { keep: true })
  const people = found.data?.items ?? []
  const options = people.map((person) => ({ value: person.id, label: person.name }))
  const shown = value !== null && !people.some(({ id }) => id === value.id) ? [{ value: value.id, label: value.name }, ...options] : options
  return (
    <Select
      {...rest}
      className="person-field"
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      suffixIcon={<CaretDownOutlined aria-hidden />}
      value={value?.id ?? null}
      placeholder={t('console.person.placeholder')}
      notFoundContent={found.error?.message ?? t('console.person.none')}
      options={shown}
      onChange={(id: string | undefined, option) => {
        const label = Array.isArray(option) ? undefined : option?.label
        onPerson(id === undefined || label === undefined ? null : { id, name: label })
      }}
    />
  )
}
