/** Where to: inside the province by search, outside by its province; as near as the branch has to know and no nearer. */
import type { z } from 'zod'
import type { Destination as DestinationShape } from '#contract/floating'
import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { AreaSearch } from './AreaSearch.tsx'
import { provinces } from './places.ts'

/** A destination while it is being written. */
export interface Going {
  inside: boolean
  code: string
  name: string
  place: string
  unit: string
  fixed: boolean
}

export const nowhere: Going = { inside: true, code: '', name: '', place: '', unit: '', fixed: false }

/** Outside the platform knows no places, so that the name of the province is kept with what was written. */
export const destinationOf = ({ inside, code, name, place, unit, fixed }: Going): z.output<typeof DestinationShape> => ({
  areaCode: code,
  place: inside ? place.trim() : `${name}${place.trim()}`,
  unit: unit.trim(),
  fixed,
})

interface DestinationFieldsProps {
  going: Going
  problem: Problem | null
  onChange: (going: Going) => void
}

export function DestinationFields({ going, problem, onChange }: DestinationFieldsProps) {
  const t = useT()
  const change = (part: Partial<Going>) => onChange({ ...going, ...part })
  const wrong = problem?.of('body.destination.areaCode')
  return (
    <>
      <Choice
        label={t('mobile.floating.form.where')}
        value={going.inside ? 'inside' : 'outside'}
        options={[
          { value: 'inside', name: t('mobile.floating.form.inside') },
          { value: 'outside', name: t('mobile.floating.form.outside') },
        ]}
        onChange={(value) => change({ inside: value === 'inside', code: '', name: '' })}
      />
      {going.inside ? (
        <AreaSearch
          label={t('mobile.floating.form.area')}
          wrong={wrong}
          place={going.code === '' ? undefined : { code: going.code, name: going.name }}
          onChange={(place) => change({ code: place?.code ?? '', name: place?.name ?? '' })}
        />
      ) : (
        <Field label={t('mobile.floating.form.province')} wrong={wrong}>
          {(attributes) => (
            <OneOf
              {...attributes}
              none={t('mobile.floating.area.choose')}
              value={going.code}
              options={provinces.map((code) => ({ value: code as string, name: t(`mobile.floating.place.${code}`) }))}
              // On record it stands in Chinese, whatever language it was chosen in.
              onChange={(code) => change({ code, name: code === '' ? '' : t(`mobile.floating.place.${code}`, { lng: 'zh' }) })}
            />
          )}
        </Field>
      )}
      <Field
        label={t('mobile.floating.form.place')}
        hint={t('mobile.floating.form.placeHint')}
        wrong={problem?.of('body.destination.place')}
      >
        {(attributes) => (
          <input {...attributes} maxLength={100} value={going.place} onChange={(event) => change({ place: event.target.value })} />
        )}
      </Field>
      <Field label={t('mobile.floating.form.unit')} hint={t('mobile.floating.form.unitHint')} wrong={problem?.of('body.destination.unit')}>
        {(attributes) => (
          <input {...attributes} maxLength={80} value={going.unit} onChange={(event) => change({ unit: event.target.value })} />
        )}
      </Field>
      <Choice
        label={t('mobile.floating.form.fixed')}
        value={going.fixed ? 'yes' : 'no'}
        options={[
          { value: 'yes', name: t('mobile.floating.form.fixedYes') },
          { value: 'no', name: t('mobile.floating.form.fixedNo') },
        ]}
        onChange={(value) => change({ fixed: value === 'yes' })}
      />
    </>
  )
}
