/** Another organisation, found by characters, pinyin or initials inside one's scope. */
import { CaretDownOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { searchOrganisations } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'

interface OrganisationFieldProps {
  value: string | null
  onOrganisation: (organisationId: string | null) => void
  id?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}

export function OrganisationField({ value, onOrganisation, ...rest }: OrganisationFieldProps) {
  const t = useT()
  const [q, setQ] = useState('')
  const found = useOperation(searchOrganisations, { query: { q, limit: 20 } }, { keep: true })
  return (
    <Select
      {...rest}
      className="organisation-field"
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      suffixIcon={<CaretDownOutlined aria-hidden />}
      value={value}
      placeholder={t('console.organisationField.placeholder')}
      notFoundContent={found.error?.message ?? t('console.organisationField.none')}
      options={(found.data?.items ?? []).map((row) => ({ value: row.id, label: row.shortName, trail: row.trail }))}
      optionRender={showOption}
      onChange={(id: string | undefined) => onOrganisation(id ?? null)}
    />
  )
}

/** A name with where it stands. */
const showOption = (option: { label?: ReactNode; data: object }) => (
  <span className="organisation-option">
    {option.label}
    <small>{(option.data as { trail?: string }).trail}</small>
  </span>
)
