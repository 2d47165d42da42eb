import { Input } from 'antd'
import { getRule } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { Field } from '../field/Field.tsx'
import { OrganisationField } from '../field/OrganisationField.tsx'
import { PersonField } from '../field/PersonField.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import type { KindFieldsProps } from './document.ts'
import { NameFields, NewFields } from './NewFields.tsx'
import { TermFields } from './TermFields.tsx'

/** The fields that the chosen kind of document asks for. */
export function KindFields(props: KindFieldsProps) {
  const t = useT()
  const { organisation, typed, change, wrong } = props
  switch (typed.kind) {
    case 'CREATE':
      return (
        <fieldset>
          <legend>{t('console.change.newOrganisation')}</legend>
          <NameFields {...props} />
          <NewFields {...props} />
        </fieldset>
      )
    case 'RENAME':
      return (
        <fieldset>
          <legend>{t('console.change.newName')}</legend>
          <NameFields {...props} />
        </fieldset>
      )
    case 'MOVE':
    case 'MERGE':
      return (
        <fieldset>
          <Field
            label={t(typed.kind === 'MOVE' ? 'console.change.newParent' : 'console.change.into')}
            wrong={wrong('change.newParentId') ?? wrong('change.into')}
            wide
          >
            <OrganisationField value={typed.otherId} onOrganisation={(otherId) => change({ otherId })} />
          </Field>
        </fieldset>
      )
    case 'SPLIT':
      return (
        <fieldset>
          <legend>{t('console.change.newOrganisation')}</legend>
          <NameFields {...props} />
          <Leaving {...props} />
        </fieldset>
      )
    case 'EXCEPTION':
      return (
        <fieldset>
          <Field
            label={t('console.change.rule')}
            hint={organisation.findings.length === 0 ? t('console.change.noRule') : undefined}
            wrong={wrong('change.ruleId')}
            wide
          >
            <RuleChoice organisation={organisation} ruleId={typed.ruleId} onRule={(ruleId) => change({ ruleId })} />
          </Field>
          <Field label={t('console.change.reason')} wrong={wrong('change.reason')} wide>
            <Input value={typed.reason} maxLength={200} onChange={(event) => change({ reason: event.target.value })} />
          </Field>
          <Field label={t('console.change.until')} hint={t('console.change.untilHint')} wrong={wrong('change.until')}>
            <DayField value={typed.until} onDay={(until) => change({ until })} />
          </Field>
        </fieldset>
      )
    case 'TERM':
      return <TermFields {...props} />
    case 'DISSOLVE':
      return null
  }
}

/** Members who leave for the new organisation, one after the other. */
function Leaving({ organisation, typed, change, wrong }: KindFieldsProps) {
  const t = useT()
  return (
    <>
      <Field label={t('console.change.leaving', { count: typed.people.length })} wrong={wrong('change.memberIds')} wide>
        <PersonField
          organisationId={organisation.id}
          value={null}
          onPerson={(person) => person && !typed.people.some(({ id }) => id === person.id) && change({ people: [...typed.people, person] })}
        />
      </Field>
      <ul className="chips" aria-label={t('console.change.leaving', { count: typed.people.length })}>
        {typed.people.map((person) => (
          <li key={person.id}>
            {person.name}
            <button
              type="button"
              aria-label={t('console.removeNamed', { name: person.name })}
              onClick={() => change({ people: typed.people.filter(({ id }) => id !== person.id) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

interface RuleChoiceProps {
  organisation: Organisation
  ruleId: string
  onRule: (ruleId: string) => void
  id?: string
}

/** Only what the organisation does not meet can be excepted. */
function RuleChoice({ organisation, ruleId, onRule, ...rest }: RuleChoiceProps) {
  const t = useT()
  const rule = useOperation(getRule, { params: { ruleId } }, { enabled: ruleId !== '' }).data
  const ids = organisation.findings.map((finding) => finding.ruleId)
  return (
    <Choice
      {...rest}
      value={ruleId}
      none={t('console.change.chooseRule')}
      options={ids}
      nameOf={(id) => (id === rule?.id ? `${rule.name}（${rule.citation}）` : id)}
      onChoose={(id) => onRule(id ?? '')}
    />
  )
}
