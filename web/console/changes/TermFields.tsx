import { Button, InputNumber } from 'antd'
import type { z } from 'zod'
import { type Seat, seatRoles, seatSources } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { Field } from '../field/Field.tsx'
import { PersonField } from '../field/PersonField.tsx'
import type { KindFieldsProps } from './document.ts'

type SeatInput = z.output<typeof Seat>

/** A term of office and who holds which seat. */
export function TermFields({ organisation, typed: { term, effectiveOn }, change, wrong }: KindFieldsProps) {
  const t = useT()
  const set = (part: Partial<typeof term>) => change({ term: { ...term, ...part } })
  const setSeat = (at: number, part: Partial<SeatInput>) =>
    set({ seats: term.seats.map((seat, n) => (n === at ? { ...seat, ...part } : seat)) })
  return (
    <fieldset>
      <legend>{t('console.term.title')}</legend>
      <Field label={t('console.term.seq')} wrong={wrong('change.term.seq')}>
        <InputNumber min={1} max={999} value={term.seq} onChange={(seq) => set({ seq: seq ?? 1 })} />
      </Field>
      <Field label={t('console.term.startOn')} wrong={wrong('change.term.startOn')}>
        <DayField value={term.startOn} onDay={(day) => day !== null && set({ startOn: day })} />
      </Field>
      <Field label={t('console.term.endOn')} wrong={wrong('change.term.nominalEndOn')}>
        <DayField value={term.nominalEndOn === '' ? null : term.nominalEndOn} onDay={(day) => set({ nominalEndOn: day ?? '' })} />
      </Field>
      <Field label={t('console.term.extendedTo')} wrong={wrong('change.term.extendedTo')}>
        <DayField value={term.extendedTo} onDay={(extendedTo) => set({ extendedTo })} />
      </Field>
      {term.seats.map((seat, at) => (
        // A seat has no id of its own while it is typed.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="line seat-line" key={at} data-wide="" role="group" aria-label={t('console.term.seatNumber', { number: at + 1 })}>
          <Choice
            aria-label={t('console.term.role')}
            value={seat.role}
            options={seatRoles}
            nameOf={(role) => t(`console.seat.${role}`)}
            onChoose={(role) => role && setSeat(at, { role })}
          />
          <PersonField
            aria-label={t('console.term.name')}
            organisationId={organisation.id}
            value={seat.memberId === '' ? null : { id: seat.memberId, name: seat.name }}
            onPerson={(person) => setSeat(at, { memberId: person?.id ?? '', name: person?.name ?? '' })}
          />
          <DayField aria-label={t('console.term.from')} value={seat.from} onDay={(from) => from !== null && setSeat(at, { from })} />
          <Choice
            aria-label={t('console.term.source')}
            value={seat.source}
            options={seatSources}
            nameOf={(source) => t(`console.seatSource.${source}`)}
            onChoose={(source) => source && setSeat(at, { source })}
          />
          <Button
            aria-label={t('console.removeNamed', { name: seat.name })}
            onClick={() => set({ seats: term.seats.filter((_, n) => n !== at) })}
          >
            {t('console.remove')}
          </Button>
        </div>
      ))}
      <div data-wide="">
        <Button
          type="dashed"
          onClick={() =>
            set({
              seats: [
                ...term.seats,
                {
                  role: (term.seats.length === 0 ? seatRoles[0] : seatRoles.at(-1)) ?? seatRoles[0],
                  memberId: '',
                  name: '',
                  from: effectiveOn,
                  until: null,
                  source: 'ELECTED',
                },
              ],
            })
          }
        >
          {t('console.term.addSeat')}
        </Button>
      </div>
    </fieldset>
  )
}
