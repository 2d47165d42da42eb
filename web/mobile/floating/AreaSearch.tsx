/** One area of the province, found by characters, pinyin or initials; without a network by its prefecture. */
import { useState } from 'react'
import { searchAreas } from '#contract/areas'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Field } from '../parts/Field.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { prefectures, wholeCode } from './places.ts'

/** So many finds are shown; whoever means another one writes on. */
const mostFinds = 6

export interface Place {
  code: string
  name: string
}

interface AreaSearchProps {
  label: string
  hint?: string
  wrong?: string | undefined
  place: Place | undefined
  onChange: (place: Place | undefined) => void
}

export function AreaSearch({ label, hint, wrong, place, onChange }: AreaSearchProps) {
  const t = useT()
  const [q, setQ] = useState('')
  const words = q.trim()
  const asked = useOperation(
    searchAreas,
    { query: { q: words, within: '530000000000', limit: mostFinds } },
    { enabled: words !== '', keep: true },
  )
  const away = asked.error?.code === 'OFFLINE' && asked.data === undefined
  if (place !== undefined) {
    return (
      <div className="field">
        <p className="floating-label">{label}</p>
        <p className="floating-chosen">
          <b>{place.name}</b>
          <button type="button" className="text" onClick={() => onChange(undefined)}>
            {t('mobile.floating.area.other')}
          </button>
        </p>
      </div>
    )
  }
  return (
    <>
      <Field label={label} hint={hint ?? t('mobile.floating.area.hint')} wrong={wrong}>
        {(attributes) => (
          <input {...attributes} type="search" autoComplete="off" maxLength={40} value={q} onChange={(event) => setQ(event.target.value)} />
        )}
      </Field>
      {words !== '' && asked.data !== undefined && (
        <ul className="rows floating-finds" aria-label={t('mobile.floating.area.found')}>
          {asked.data.items.map(({ code, name, trail }) => (
            <li key={code}>
              <button
                type="button"
                className="row-button"
                onClick={() => {
                  setQ('')
                  onChange({ code, name: trailOf(name, trail) })
                }}
              >
                <span>
                  {name}
                  <small>{trail.map((above) => above.name).join(' › ')}</small>
                </span>
              </button>
            </li>
          ))}
          {asked.data.items.length === 0 && (
            <li>
              <p className="note" role="status">
                {t('mobile.floating.area.none')}
              </p>
            </li>
          )}
        </ul>
      )}
      {away && (
        <Field label={t('mobile.floating.area.prefecture')} hint={t('mobile.floating.area.away')}>
          {(attributes) => (
            <OneOf
              {...attributes}
              none={t('mobile.floating.area.choose')}
              value=""
              options={prefectures.map((code) => ({ value: code as string, name: t(`mobile.floating.place.${code}`) }))}
              onChange={(code) => onChange({ code: wholeCode(code), name: t(`mobile.floating.place.${code}`) })}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** 昆明市 › 官渡区: without the province, which is said by where one searches. */
const trailOf = (name: string, trail: readonly { name: string }[]) =>
  [...trail.slice(1).map((above) => above.name), ...(trail.at(-1)?.name === name ? [] : [name])].join(' › ')
