import { Button, Input } from 'antd'
import { useState } from 'react'
import { listLeaders } from '#contract/meetings'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { Field } from '../field/Field.tsx'
import type { Planned } from './plan.ts'

interface GuestFieldsProps {
  branchId: string
  guests: Planned['guests']
  onGuests: (guests: Planned['guests']) => void
}

/** Whom else to invite: leaders of the superiors who take part as ordinary members, and people who sit in. */
export function GuestFields({ branchId, guests, onGuests }: GuestFieldsProps) {
  const t = useT()
  const [name, setName] = useState('')
  const leaders = useOperation(listLeaders, { params: { organisationId: branchId } }).data?.items ?? []
  const free = leaders.filter(({ memberId }) => !guests.some((guest) => guest.memberId === memberId))
  const leaderOf = (id: string) => free.find(({ memberId }) => memberId === id)

  function addObserver() {
    if (name.trim() === '') return
    onGuests([...guests, { id: newId(), memberId: null, name: name.trim(), capacity: 'OBSERVER' }])
    setName('')
  }

  return (
    <>
      {free.length > 0 && (
        <Field label={t('console.guests.leader')} hint={t('console.guests.leaderHint')}>
          <Choice
            value=""
            none={t('console.guests.choose')}
            options={free.map(({ memberId }) => memberId)}
            nameOf={(id) => `${leaderOf(id)?.name ?? ''}（${leaderOf(id)?.organisationName ?? ''}）`}
            onChoose={(id) => {
              const leader = leaderOf(id ?? '')
              if (leader) onGuests([...guests, { id: newId(), memberId: leader.memberId, name: leader.name, capacity: 'LEADER' }])
            }}
          />
        </Field>
      )}
      <Field label={t('console.guests.observer')}>
        <Input
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            addObserver()
          }}
          suffix={
            <Button size="small" type="text" disabled={name.trim() === ''} onClick={addObserver}>
              {t('console.guests.add')}
            </Button>
          }
        />
      </Field>
      {guests.length > 0 && (
        <ul className="chips" data-wide="" aria-label={t('console.guests.title')}>
          {guests.map((guest) => (
            <li key={guest.id}>
              {guest.name} · {t(`console.capacity.${guest.capacity}`)}
              <button
                type="button"
                aria-label={t('console.removeNamed', { name: guest.name })}
                onClick={() => onGuests(guests.filter(({ id }) => id !== guest.id))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
