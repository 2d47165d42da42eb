/** 参加记录: one row for member, home and host alike; what a member disputes is answered by the host, in sight of all three. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { FormEvent } from 'react'
import type { z } from 'zod'
import { answerDispute, listParticipations, type Participation as Shape, participationStates } from '#contract/participations'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Choice } from '../field/Choice.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { useUndo } from '../frame/undo.tsx'
import { Beside } from '../list/Beside.tsx'
import { Facts } from '../list/Facts.tsx'
import { Mark, type Tone } from '../list/Mark.tsx'
import { type Column, Rows } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'

type Participation = z.output<typeof Shape>
type Attendance = Participation['attendance']

const attendanceTones: Record<Attendance, Tone> = { PRESENT: 'ok', LEAVE: 'calm', ABSENT: 'wait' }
/** Years back that may be chosen. */
const yearsShown = 6

export function Participations({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const thisYear = Number(useToday().slice(0, 4))
  const years = Array.from({ length: yearsShown }, (_, n) => String(thisYear - n))
  const year = years.find((each) => each === address.get('year'))
  const disputed = address.get('disputed') !== undefined
  const openId = address.get('id')
  const asked = useOperation(listParticipations, {
    params: { organisationId: organisation.id },
    query: { ...(year ? { year } : {}), ...(disputed ? { disputed: 'true' as const } : {}) },
  })
  const columns = useParticipationColumns()
  const open = asked.data?.items.find(({ id }) => id === openId)
  const list = (
    <>
      <div className="toolbar">
        <Choice
          aria-label={t('console.floating.took.year')}
          none={t('console.floating.took.anyYear')}
          value={year ?? ''}
          options={years}
          nameOf={(each) => t('console.papers.yearOf', { year: each })}
          onChoose={(each) => address.set({ year: each })}
        />
        <Button aria-pressed={disputed} onClick={() => address.set({ disputed: disputed ? undefined : 'yes' })}>
          {t('console.floating.took.disputed')}
        </Button>
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
        </span>
      </div>
      <p className="quiet float-lead">{t('console.floating.took.note')}</p>
      <Answer asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              text={t(
                disputed ? 'console.floating.took.noneDisputed' : year ? 'console.floating.took.noneInYear' : 'console.floating.took.none',
              )}
            />
          ) : (
            <Rows
              label={t('console.floating.section.participations')}
              columns={columns}
              rows={items}
              idOf={(row) => row.id}
              openId={openId}
              onOpen={(row) => address.set({ id: row.id })}
            />
          )
        }
      </Answer>
    </>
  )
  const record = open && {
    key: open.id,
    title: t('console.floating.took.record'),
    body: <ParticipationPane organisation={organisation} participation={open} />,
  }
  return <Beside list={list} record={record ?? null} onClose={() => address.set({ id: undefined })} />
}

/** Whether a row is disputed, and whether that is answered. */
export function DisputeMark({ dispute }: Pick<Participation, 'dispute'>) {
  const t = useT()
  if (dispute === null) return '—'
  if (dispute.answer === null) return <Mark tone="late">{t('console.floating.took.open')}</Mark>
  return <Mark tone="ok">{t(`console.floating.took.outcome.${dispute.answer.outcome}`)}</Mark>
}

export function AttendanceMark({ attendance }: Pick<Participation, 'attendance'>) {
  const t = useT()
  return <Mark tone={attendanceTones[attendance]}>{t(`console.floating.took.attendance.${attendance}`)}</Mark>
}

function useParticipationColumns(): Column<Participation>[] {
  const t = useT()
  const language = useLanguage()
  return [
    { key: 'on', title: t('console.floating.took.on'), cell: (row) => showDay(row.on, language) },
    { key: 'name', title: t('console.floating.name'), cell: (row) => <b>{row.name}</b> },
    { key: 'title', title: t('console.floating.took.what'), cell: (row) => row.title },
    { key: 'attendance', title: t('console.floating.took.how'), cell: (row) => <AttendanceMark attendance={row.attendance} /> },
    { key: 'dispute', title: t('console.floating.took.dispute'), cell: (row) => <DisputeMark dispute={row.dispute} /> },
    { key: 'host', title: t('console.floating.host'), cell: (row) => row.hostName, spare: true },
    { key: 'home', title: t('console.floating.homeBranch'), cell: (row) => row.homeName, spare: true },
  ]
}

function ParticipationPane({ organisation, participation }: { organisation: Organisation; participation: Participation }) {
  const t = useT()
  const language = useLanguage()
  const may = useMay()
  const { dispute, hostId, homeId } = participation
  const answers = may('write:floating') && hostId !== null && (hostId === organisation.id || homeId !== organisation.id)
  return (
    <>
      <p className="sentence">
        <b>{participation.name}</b> {participation.title}
      </p>
      <Facts
        facts={[
          [t('console.floating.took.on'), showDay(participation.on, language)],
          [t('console.floating.took.kinds'), participation.kinds.map((kind) => t(`shared.kind.${kind}`)).join(' · ')],
          [t('console.floating.took.how'), <AttendanceMark key="how" attendance={participation.attendance} />],
          [t('console.floating.host'), participation.hostName],
          [t('console.floating.homeBranch'), participation.homeName],
          [t('console.floating.took.recordedBy'), participation.recordedByName],
        ]}
      />
      {dispute !== null && (
        <section className="float-box" aria-label={t('console.floating.took.dispute')}>
          <h3>{t('console.floating.took.saysMember')}</h3>
          <p className="prose">{dispute.text}</p>
          <p className="quiet">{showMoment(dispute.at, language)}</p>
          {dispute.answer !== null && (
            <>
              <h3>{t('console.floating.took.answered')}</h3>
              <p>
                <DisputeMark dispute={dispute} />
              </p>
              <p className="prose">{dispute.answer.text}</p>
              <p className="quiet">
                {dispute.answer.byName} · {showMoment(dispute.answer.at, language)}
              </p>
            </>
          )}
        </section>
      )}
      {dispute !== null &&
        dispute.answer === null &&
        (answers ? (
          <AnswerForm organisationId={organisation.id} participation={participation} />
        ) : (
          <p className="quiet">{t('console.floating.took.hostAnswers', { host: participation.hostName })}</p>
        ))}
    </>
  )
}

const outcomes = ['STANDS', 'CORRECTED'] as const

interface Typed {
  outcome: (typeof outcomes)[number] | null
  attendance: Attendance | null
  text: string
}

const blank: Typed = { outcome: null, attendance: null, text: '' }

function AnswerForm({ organisationId, participation }: { organisationId: string; participation: Participation }) {
  const t = useT()
  const tell = useUndo()
  const draft = useDraft<Typed>(`float.answer.${participation.id}`, blank)
  const { run, busy, problem } = useAction(answerDispute)
  const { outcome, attendance, text } = draft.value
  const others = participationStates.filter((each) => each !== participation.attendance)
  const ready = text.trim() !== '' && (outcome === 'STANDS' || (outcome === 'CORRECTED' && attendance !== null))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!ready || outcome === null) return
    const params = { organisationId, participationId: participation.id }
    const finish = () => {
      draft.clear()
      tell(t('console.floating.took.answerSent', { name: participation.name }))
    }
    run({ params, body: { outcome, text, attendance: outcome === 'CORRECTED' ? attendance : null } }).then(finish, () => {})
  }

  return (
    <form className="float-form" aria-label={t('console.floating.took.answer')} onSubmit={submit} noValidate>
      <h3>{t('console.floating.took.answer')}</h3>
      <Field label={t('console.floating.took.decide')} wrong={problem?.of('body.outcome')}>
        <Choice
          value={outcome ?? ''}
          none={t('console.floating.choose')}
          options={outcomes}
          nameOf={(each) => t(`console.floating.took.decision.${each}`)}
          onChoose={(each) => draft.change({ outcome: each ?? null })}
        />
      </Field>
      {outcome === 'CORRECTED' && (
        <Field label={t('console.floating.took.correctTo')} wrong={problem?.of('body.attendance')}>
          <Choice
            value={attendance ?? ''}
            none={t('console.floating.choose')}
            options={others}
            nameOf={(each) => t(`console.floating.took.attendance.${each}`)}
            onChoose={(each) => draft.change({ attendance: each ?? null })}
          />
        </Field>
      )}
      <Field label={t('console.floating.took.text')} hint={t('console.floating.took.textHint')} wrong={problem?.of('body.text')}>
        <LongText value={text} maxLength={400} lines={3} onText={(next) => draft.change({ text: next })} />
      </Field>
      <Refusal problem={problem} except={['body.']} />
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {t('console.floating.took.send', { name: participation.name })}
        </Button>
        {draft.changed && (
          <>
            <span className="quiet">{t('console.draft.kept')}</span>
            <button
              type="button"
              className="link"
              onClick={() => {
                const typed = draft.value
                draft.clear()
                tell(t('console.draft.dropped'), () => draft.set(typed))
              }}
            >
              {t('console.draft.drop')}
            </button>
          </>
        )}
      </div>
    </form>
  )
}
