import { Input as TextInput } from 'antd'
import { contacts, memberships, mobilities, stages } from '#contract/members'
import { listChildOrganisations } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { Field } from '../field/Field.tsx'
import type { FieldsProps } from './PersonFields.tsx'

/** Where the person stands: four axes that say nothing about each other. */
export function StandingFields({ input, change, problem, branchId }: FieldsProps & { branchId: string }) {
  const t = useT()
  const wrong = (name: keyof typeof input) => problem?.of(`body.${name}`)
  const below = useOperation(listChildOrganisations, { params: { organisationId: branchId }, query: {} }).data?.items ?? []
  const groups = below.filter(({ kind }) => kind === 'GROUP')
  return (
    <fieldset>
      <legend>{t('console.member.standing')}</legend>
      <Field label={t('console.member.stage')} wrong={wrong('stage')}>
        <Choice
          value={input.stage}
          options={stages}
          nameOf={(each) => t(`console.stage.${each}`)}
          onChoose={(stage) => stage && change({ stage })}
        />
      </Field>
      <Field label={t('console.member.membership')} wrong={wrong('membership')}>
        <Choice
          value={input.membership}
          options={memberships}
          nameOf={(each) => t(`console.membership.${each}`)}
          onChoose={(membership) => membership && change({ membership })}
        />
      </Field>
      <Field label={t('console.member.joinedOn')} wrong={wrong('joinedOn')}>
        <DayField value={input.joinedOn} onDay={(joinedOn) => change({ joinedOn })} />
      </Field>
      <Field label={t('console.member.fullMemberOn')} wrong={wrong('fullMemberOn')}>
        <DayField value={input.fullMemberOn} onDay={(fullMemberOn) => change({ fullMemberOn })} />
      </Field>
      <Field label={t('console.member.contact')} wrong={wrong('contact')}>
        <Choice
          value={input.contact}
          options={contacts}
          nameOf={(each) => t(`console.contact.${each}`)}
          onChoose={(contact) => contact && change(contact === 'IN_CONTACT' ? { contact, lostContactSince: null } : { contact })}
        />
      </Field>
      {input.contact === 'LOST_CONTACT' && (
        <Field label={t('console.member.lostContactSince')} wrong={wrong('lostContactSince')}>
          <DayField value={input.lostContactSince} onDay={(lostContactSince) => change({ lostContactSince })} />
        </Field>
      )}
      <Field label={t('console.member.mobility')} wrong={wrong('mobility')}>
        <Choice
          value={input.mobility}
          options={mobilities}
          nameOf={(each) => t(`console.mobility.${each}`)}
          onChoose={(mobility) => mobility && change(mobility === 'RESIDENT' ? { mobility, flowDestination: '' } : { mobility })}
        />
      </Field>
      {input.mobility !== 'RESIDENT' && (
        <Field label={t('console.member.flowDestination')} wrong={wrong('flowDestination')}>
          <TextInput value={input.flowDestination} maxLength={80} onChange={(event) => change({ flowDestination: event.target.value })} />
        </Field>
      )}
      {groups.length > 0 && (
        <Field label={t('console.member.groupId')} wrong={wrong('groupId')}>
          <Choice
            value={input.groupId ?? ''}
            none={t('console.member.noGroup')}
            options={groups.map(({ id }) => id)}
            nameOf={(id) => groups.find((group) => group.id === id)?.shortName ?? id}
            onChoose={(groupId) => change({ groupId: groupId ?? null })}
          />
        </Field>
      )}
    </fieldset>
  )
}
