import { Button, Input } from 'antd'
import { organisationKinds, sectors } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { Field } from '../field/Field.tsx'
import type { KindFieldsProps } from './document.ts'

/** Full and short name. */
export function NameFields({ typed, change, wrong }: KindFieldsProps) {
  const t = useT()
  return (
    <>
      <Field label={t('console.change.name')} hint={t('console.change.nameHint')} wrong={wrong('change.name')} wide>
        <Input value={typed.name} maxLength={80} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={t('console.change.shortName')} wrong={wrong('change.shortName')} wide>
        <Input value={typed.shortName} maxLength={40} onChange={(event) => change({ shortName: event.target.value })} />
      </Field>
    </>
  )
}

/** What a new organisation is, whom to call, and the units it stands in. */
export function NewFields({ typed, change, wrong }: KindFieldsProps) {
  const t = useT()
  const setUnit = (at: number, part: Partial<Typed['units'][number]>) =>
    change({ units: typed.units.map((unit, n) => (n === at ? { ...unit, ...part } : unit)) })
  return (
    <>
      <Field label={t('console.organisation.kind')} wrong={wrong('change.organisationKind')}>
        <Choice
          value={typed.organisationKind}
          options={organisationKinds}
          nameOf={(kind) => t(`shared.organisationKind.${kind}`)}
          onChoose={(kind) => kind && change({ organisationKind: kind })}
        />
      </Field>
      <Field label={t('console.organisation.sector')} wrong={wrong('change.sector')}>
        <Choice
          value={typed.sector}
          options={sectors}
          nameOf={(sector) => t(`console.sector.${sector}`)}
          onChoose={(sector) => sector && change({ sector })}
        />
      </Field>
      <Field label={t('console.organisation.contactName')} wrong={wrong('change.contactName')}>
        <Input value={typed.contactName} maxLength={40} onChange={(event) => change({ contactName: event.target.value })} />
      </Field>
      <Field label={t('console.organisation.contactPhone')} wrong={wrong('change.contactPhone')}>
        <Input value={typed.contactPhone} maxLength={30} onChange={(event) => change({ contactPhone: event.target.value })} />
      </Field>
      {typed.units.map((unit, at) => (
        // Units have no id of their own while they are typed; they are only added and removed at the end or by their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="line" key={at} data-wide="">
          <Input
            aria-label={t('console.organisation.unitName')}
            placeholder={t('console.organisation.unitName')}
            value={unit.name}
            maxLength={80}
            onChange={(event) => setUnit(at, { name: event.target.value })}
          />
          <Input
            aria-label={t('console.organisation.creditCode')}
            placeholder={t('console.organisation.creditCode')}
            value={unit.creditCode ?? ''}
            maxLength={18}
            onChange={(event) => setUnit(at, { creditCode: event.target.value === '' ? null : event.target.value })}
          />
          <Button onClick={() => change({ units: typed.units.filter((_, n) => n !== at) })}>{t('console.remove')}</Button>
        </div>
      ))}
      <div data-wide="">
        <Button type="dashed" onClick={() => change({ units: [...typed.units, { name: '', creditCode: null }] })}>
          {t('console.change.addUnit')}
        </Button>
      </div>
    </>
  )
}

type Typed = KindFieldsProps['typed']
