import { type InputRef, Input as TextInput } from 'antd'
import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { Field } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { educations, ethnicities, withOwn } from './codes.ts'
import { bornOnOf, type Input } from './input.ts'
import { useCodeWords } from './words.ts'

export interface FieldsProps {
  input: Input
  change: (part: Partial<Input>) => void
  problem: Problem | null
}

const genders = ['1', '2', '0', '9'] as const

/** Who it is. */
export function PersonFields({ input, change, problem }: FieldsProps) {
  const t = useT()
  const words = useCodeWords()
  const first = useFirst<InputRef>()
  const wrong = (name: keyof Input) => problem?.of(`body.${name}`)
  return (
    <fieldset>
      <legend>{t('console.member.person')}</legend>
      <Field label={t('console.member.name')} wrong={wrong('name')}>
        <TextInput
          ref={first}
          value={input.name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t('console.member.gender')} wrong={wrong('gender')}>
        <Choice
          value={input.gender}
          options={genders}
          nameOf={(each) => t(`console.gender.${each}`)}
          onChoose={(gender) => change({ gender: gender ?? '9' })}
        />
      </Field>
      <Field label={t('console.member.identity')} wrong={wrong('identityNumber')} hint={t('console.member.identityHint')} wide>
        <TextInput
          value={input.identityNumber}
          maxLength={18}
          autoComplete="off"
          onChange={(event) => {
            const identityNumber = event.target.value.trim()
            const bornOn = bornOnOf(identityNumber)
            // What was declared is never overwritten by what the number says.
            change(bornOn !== undefined && input.bornOn === '' ? { identityNumber, bornOn } : { identityNumber })
          }}
        />
      </Field>
      <Field label={t('console.member.bornOn')} wrong={wrong('bornOn')}>
        <DayField value={input.bornOn === '' ? null : input.bornOn} onDay={(day) => change({ bornOn: day ?? '' })} />
      </Field>
      <Field label={t('console.member.ethnicity')} wrong={wrong('ethnicity')}>
        <Choice
          value={input.ethnicity}
          options={withOwn(ethnicities, input.ethnicity)}
          nameOf={words.ethnicity}
          onChoose={(ethnicity) => change({ ethnicity: ethnicity ?? '' })}
        />
      </Field>
      <Field label={t('console.member.education')} wrong={wrong('education')}>
        <Choice
          value={input.education}
          options={withOwn(educations, input.education)}
          nameOf={words.education}
          onChoose={(education) => change({ education: education ?? '' })}
        />
      </Field>
      <Field label={t('console.member.work')} wrong={wrong('work')}>
        <TextInput value={input.work} maxLength={80} onChange={(event) => change({ work: event.target.value })} />
      </Field>
      <Field label={t('console.member.phone')} wrong={wrong('phone')}>
        <TextInput
          value={input.phone ?? ''}
          inputMode="numeric"
          maxLength={11}
          autoComplete="off"
          onChange={(event) => change({ phone: event.target.value === '' ? null : event.target.value })}
        />
      </Field>
      <Field label={t('console.member.landline')} wrong={wrong('landline')}>
        <TextInput
          value={input.landline}
          maxLength={20}
          autoComplete="off"
          onChange={(event) => change({ landline: event.target.value })}
        />
      </Field>
      <Field label={t('console.member.address')} wrong={wrong('address')} wide>
        <TextInput value={input.address} maxLength={120} autoComplete="off" onChange={(event) => change({ address: event.target.value })} />
      </Field>
    </fieldset>
  )
}
