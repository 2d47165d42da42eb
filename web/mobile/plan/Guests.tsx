/** Whom else to invite: leaders of the superiors who take part as ordinary members, and people who sit in. */
import { useState } from 'react'
import { listLeaders } from '#contract/meetings'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import type { Gathering } from '../meeting/gathering.ts'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'

type Guests = Gathering['guests']

interface GuestsProps {
  organisationId: string
  guests: Guests
  onChange: (guests: Guests) => void
}

export function GuestFields({ organisationId, guests, onChange }: GuestsProps) {
  const t = useT()
  const [name, setName] = useState('')
  const leaders = useOperation(listLeaders, { params: { organisationId } }).data?.items ?? []
  const free = leaders.filter(({ memberId }) => !guests.some((guest) => guest.memberId === memberId))
  const observer = name.trim()
  return (
    <details className="card guests" open={guests.length > 0}>
      <summary>{t('mobile.guests.title')}</summary>
      {guests.length > 0 && (
        <ul className="visits">
          {guests.map((guest) => (
            <li key={guest.id}>
              {guest.name} · {t(`mobile.capacity.${guest.capacity}`)}
              <button
                type="button"
                className="plain"
                aria-label={t('mobile.guests.remove', { name: guest.name })}
                onClick={() => onChange(guests.filter(({ id }) => id !== guest.id))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {free.length > 0 && (
        <Field label={t('mobile.guests.leader')} hint={t('mobile.guests.leaderHint')}>
          {(attributes) => (
            <select
              {...attributes}
              value=""
              onChange={(event) => {
                const chosen = free.find(({ memberId }) => memberId === event.target.value)
                if (chosen === undefined) return
                onChange([...guests, { id: newId(), memberId: chosen.memberId, name: chosen.name, capacity: 'LEADER' }])
              }}
            >
              <option value="">{t('mobile.guests.choose')}</option>
              {free.map((leader) => (
                <option key={leader.memberId} value={leader.memberId}>
                  {leader.name}（{leader.organisationName}）
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={t('mobile.guests.observer')}>
        {(attributes) => <input {...attributes} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <button
        type="button"
        className="text more"
        disabled={observer === ''}
        onClick={() => {
          onChange([...guests, { id: newId(), memberId: null, name: observer, capacity: 'OBSERVER' }])
          setName('')
        }}
      >
        <Icon name="plus" />
        {t('mobile.guests.add')}
      </button>
    </details>
  )
}
