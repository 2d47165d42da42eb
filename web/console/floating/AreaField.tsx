/** A place: any area of the province by characters, pinyin or initials, or one of the other provinces. Codes and words, never where somebody is. */
import { CaretDownOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { getArea, listChildAreas, searchAreas } from '#contract/areas'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'

/** This province, and the first two digits of the codes of the others (GB/T 2260). */
const here = '530000000000'
const elsewhere = '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 54 61 62 63 64 65 71 81 82'.split(' ')

export interface Area {
  /** Twelve digits here, six for another province. */
  code: string
  name: string
}

interface AreaFieldProps {
  code: string | null
  /** Its name where it is known already. */
  name?: string
  onArea: (area: Area | null) => void
  placeholder?: string
  id?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}

export function AreaField({ code, name, onArea, placeholder, ...rest }: AreaFieldProps) {
  const t = useT()
  const [q, setQ] = useState('')
  const words = q.trim()
  const found = useOperation(searchAreas, { query: { q: words, limit: 20 } }, { keep: true, enabled: words !== '' })
  const prefectures = useOperation(listChildAreas, { params: { code: here } })
  const known = useOperation(
    getArea,
    { params: { code: (code ?? here).padEnd(12, '0') } },
    { enabled: code?.startsWith('53') === true && !name },
  )
  const provinces = elsewhere
    .map((digits) => ({ value: `${digits}0000`, label: t(`console.floating.province.${digits}`), above: '' }))
    .filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
  const areas = (words === '' ? prefectures.data?.items : found.data?.items) ?? []
  const inside = areas.map((area) => ({
    value: area.code,
    label: area.name,
    above: area.trail
      .map((each) => each.name)
      .slice(0, -1)
      .join(' › '),
  }))
  const named = name || known.data?.name || provinces.find(({ value }) => value === code)?.label || code
  const missing = code !== null && ![...inside, ...provinces].some(({ value }) => value === code)
  const chosen = missing ? [{ value: code, label: named ?? code, above: '' }] : []
  return (
    <Select
      {...rest}
      className="area-field"
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      suffixIcon={<CaretDownOutlined aria-hidden />}
      value={code}
      placeholder={placeholder ?? t('console.floating.areaPlaceholder')}
      notFoundContent={found.error?.message ?? t('console.floating.areaNone')}
      options={[
        ...chosen,
        { label: t('console.floating.inside'), options: inside },
        { label: t('console.floating.outside'), options: provinces },
      ].filter((option) => !('options' in option) || option.options.length > 0)}
      optionRender={showOption}
      onChange={(next: string | undefined) => {
        const option = [...chosen, ...inside, ...provinces].find(({ value }) => value === next)
        onArea(option === undefined ? null : { code: option.value, name: option.label })
      }}
    />
  )
}

/** A name with where it lies. */
const showOption = (option: { label?: ReactNode; data: object }) => (
  <span className="organisation-option">
    {option.label}
    <small>{(option.data as { above?: string }).above}</small>
  </span>
)
