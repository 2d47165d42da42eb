/** Planning a gathering: what kinds, when, where, what about. What the branch did last time is already filled in. */
import { useState, type FormEvent } from 'react'
import { useLocation, useSearch } from 'wouter'
import { gatheringModes, getGathering, listGatherings, notifyGathering, putGathering, segmentKinds } from '#contract/meetings'
import { listMembers } from '#contract/members'
import { listChildOrganisations } from '#contract/organisations'
import { dayOf, momentAt, timeOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { type Gathering, type GatheringRow, type Kind, may, pathOf } from '../meeting/gathering.ts'
import type { GatheringPath } from '../meeting/Meeting.tsx'
import '../meeting/meeting.css'
import { Chips } from '../parts/Chips.tsx'
import { Choice } from '../parts/Choice.tsx'
import { addDays, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { GuestFields } from './Guests.tsx'

/** How far back the last gathering of the branch is looked for. */
const backDays = 120

const kindIn = (text: string | null): Kind | undefined => segmentKinds.find((kind) => kind === text)

/** A new gathering of the branch one acts for. */
export function Plan() {
  const t = useT()
  const { post } = useSession()
  const search = new URLSearchParams(useSearch())
  const organisationId = post?.organisationId ?? ''
  const writes = may(post, 'write:gathering')
  const last = useOperation(
    listGatherings,
    { params: { organisationId }, query: { from: addDays(today(), -backDays), until: addDays(today(), backDays), limit: 20 } },
    { enabled: writes },
  )
  if (!writes) {
    return (
      <Page title={t('mobile.plan.title')} back="/meetings">
        <Empty text={t('mobile.plan.notYours')} />
      </Page>
    )
  }
  if (last.data === undefined && !last.isError) {
    return (
      <Page title={t('mobile.plan.title')} back="/meetings">
        <Loading />
      </Page>
    )
  }
  const kind = kindIn(search.get('kind'))
  const asked = search.get('day')
  const day = asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today()
  return (
    <Form
      organisationId={organisationId}
      before={undefined}
      like={last.data?.items[0]}
      kinds={kind === undefined ? (post?.organisationKind === 'GROUP' ? ['GROUP_MEETING'] : []) : [kind]}
      day={day}
    />
  )
}

/** The plan of a gathering that is not yet held; `?kind=` adds a kind to it. */
export function EditPlan({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const search = new URLSearchParams(useSearch())
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  if (asked.data === undefined) {
    return (
      <Page title={t('mobile.plan.edit')} back={`/meetings/${organisationId}/${gatheringId}`}>
        {asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />}
      </Page>
    )
  }
  const more = kindIn(search.get('kind'))
  const kinds = asked.data.segments.map(({ kind }) => kind)
  return (
    <Form
      organisationId={organisationId}
      before={asked.data}
      like={asked.data}
      kinds={more === undefined || kinds.includes(more) ? kinds : [...kinds, more]}
      day={dayOf(new Date(asked.data.plannedStart))}
    />
  )
}

interface FormProps {
  organisationId: string
  /** The gathering whose plan is changed; undefined when it is new. */
  before: Gathering | undefined
  /** Where time, place and mode come from. */
  like: GatheringRow | undefined
  kinds: readonly Kind[]
  day: string
}

const usualStart = '19:30'

function Form({ organisationId, before, like, kinds: givenKinds, day: givenDay }: FormProps) {
  const t = useT()
  const { post } = useSession()
  const [, navigate] = useLocation()
  const [id] = useState(() => before?.id ?? newId())
  const [kinds, setKinds] = useState<readonly Kind[]>(givenKinds)
  const [day, setDay] = useState(givenDay)
  const [from, setFrom] = useState(like === undefined ? usualStart : timeOf(like.plannedStart))
  const [until, setUntil] = useState(before === undefined ? '' : before.plannedEnd === null ? '' : timeOf(before.plannedEnd))
  const [mode, setMode] = useState<Gathering['mode']>(like?.mode ?? 'ONSITE')
  const [place, setPlace] = useState(like?.place ?? '')
  const [agenda, setAgenda] = useState<Gathering['agenda']>(before?.agenda ?? [])
  const [segmentIds] = useState(() => new Map<Kind, string>(before?.segments.map((segment) => [segment.kind, segment.id])))
  // The title follows the kinds until the person writes their own.
  const suggested = titleOf(kinds, day, t)
  const [ownTitle, setOwnTitle] = useState(before?.title)
  const title = ownTitle ?? suggested
  const [hostId, setHostId] = useState(before?.hostId ?? '')
  const leads = post?.organisationKind === 'GROUP'
  const [groupId, setGroupId] = useState(before?.groupId ?? (leads ? organisationId : ''))
  const [guests, setGuests] = useState<Gathering['guests']>(before?.guests ?? [])
  const isOfGroup = kinds.includes('GROUP_MEETING')
  const people = useOperation(listMembers, { params: { organisationId }, query: { limit: 200 } }, { enabled: !leads })
  const below = useOperation(listChildOrganisations, { params: { organisationId } }, { enabled: isOfGroup && !leads })
  const groups = (below.data?.items ?? []).filter((organisation) => organisation.kind === 'GROUP')
  const saving = useAction(putGathering)
  const telling = useAction(notifyGathering)
  const problem = saving.problem ?? telling.problem
  const back = before === undefined ? '/meetings' : pathOf(before)
  const params = { organisationId, gatheringId: id }

  const segmentOf = (kind: Kind) => {
    const known = segmentIds.get(kind) ?? newId()
    segmentIds.set(kind, known)
    return { id: known, kind }
  }

  async function save(tell: boolean): Promise<void> {
    const ends = until === '' ? null : momentAt(until < from ? addDays(day, 1) : day, until)
    await saving.run({
      params,
      body: {
        title,
        segments: segmentKinds.filter((kind) => kinds.includes(kind)).map(segmentOf),
        groupId: isOfGroup && groupId !== '' ? groupId : null,
        hostId: hostId === '' ? null : hostId,
        mode,
        place,
        plannedStart: momentAt(day, from),
        plannedEnd: ends,
        agenda: agenda.filter((item) => item.title.trim() !== ''),
        guests,
        ...(before === undefined ? {} : { version: before.version }),
      },
    })
    if (tell) await telling.run({ params })
    navigate(pathOf({ organisationId, id }), { replace: true })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save(before === undefined).catch(() => {})
  }

  const busy = saving.busy || telling.busy
  return (
    <Page
      title={t(before === undefined ? 'mobile.plan.title' : 'mobile.plan.edit')}
      back={back}
      foot={
        <>
          <Wrong problem={problem} except={fields} />
          <div className="acts">
            {before === undefined && (
              <button type="button" className="button outline" disabled={busy} onClick={() => void save(false).catch(() => {})}>
                {t('mobile.plan.save')}
              </button>
            )}
            <button type="submit" form="plan" className="button" disabled={busy}>
              {t(before === undefined ? 'mobile.plan.saveAndTell' : 'mobile.plan.saveChange')}
            </button>
          </div>
        </>
      }
    >
      <form id="plan" onSubmit={submit} noValidate>
        <Chips
          label={t('mobile.plan.kinds')}
          hint={t('mobile.plan.kindsHint')}
          wrong={problem?.of('body.segments')}
          chosen={kinds}
          options={segmentKinds.map((value) => ({ value, name: t(`shared.kind.${value}`) }))}
          onChange={setKinds}
        />
        <section className="card">
          <Field label={t('mobile.plan.name')} wrong={problem?.of('body.title')}>
            {(attributes) => <input {...attributes} maxLength={120} value={title} onChange={(event) => setOwnTitle(event.target.value)} />}
          </Field>
          <Field label={t('mobile.plan.day')} wrong={problem?.of('body.plannedStart')}>
            {(attributes) => <input {...attributes} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
          </Field>
          <div className="pair">
            <Field label={t('mobile.plan.from')}>
              {(attributes) => <input {...attributes} type="time" value={from} onChange={(event) => setFrom(event.target.value)} />}
            </Field>
            <Field label={t('mobile.plan.until')} wrong={problem?.of('body.plannedEnd')}>
              {(attributes) => <input {...attributes} type="time" value={until} onChange={(event) => setUntil(event.target.value)} />}
            </Field>
          </div>
          <Choice
            label={t('mobile.meeting.mode')}
            value={mode}
            options={gatheringModes.map((value) => ({ value, name: t(`shared.mode.${value}`) }))}
            onChange={setMode}
          />
          <Field label={t('mobile.meeting.place')} hint={t('mobile.plan.placeHint')} wrong={problem?.of('body.place')}>
            {(attributes) => <input {...attributes} maxLength={120} value={place} onChange={(event) => setPlace(event.target.value)} />}
          </Field>
          {isOfGroup && groups.length > 0 && (
            <Field label={t('mobile.plan.group')} wrong={problem?.of('body.groupId')}>
              {(attributes) => (
                <OneOf
                  {...attributes}
                  none={t('mobile.plan.noGroup')}
                  value={groupId}
                  options={groups.map((group) => ({ value: group.id, name: group.name }))}
                  onChange={setGroupId}
                />
              )}
            </Field>
          )}
          <Field label={t('mobile.plan.host')} wrong={problem?.of('body.hostId')}>
            {(attributes) => (
              <OneOf
                {...attributes}
                none={t('mobile.plan.noHost')}
                value={hostId}
                options={(people.data?.items ?? []).map((member) => ({ value: member.id, name: member.name }))}
                onChange={setHostId}
              />
            )}
          </Field>
        </section>
        <h2>{t('mobile.meeting.agenda')}</h2>
        {agenda.length > 0 && (
          <ol className="card agenda-edit">
            {agenda.map((item, n) => (
              <li key={item.id}>
                <input
                  aria-label={t('mobile.record.item', { n: n + 1 })}
                  aria-invalid={problem?.of(`body.agenda.${n}`) !== undefined}
                  maxLength={120}
                  value={item.title}
                  placeholder={t('mobile.plan.itemPlaceholder')}
                  onChange={(event) =>
                    setAgenda(agenda.map((each) => (each.id === item.id ? { ...each, title: event.target.value } : each)))
                  }
                />
                <button
                  type="button"
                  className="plain"
                  disabled={n === 0}
                  aria-label={t('mobile.plan.itemUp', { n: n + 1 })}
                  onClick={() => setAgenda(agenda.with(n - 1, item).with(n, agenda[n - 1] ?? item))}
                >
                  <Icon name="up" />
                </button>
                <button
                  type="button"
                  className="plain"
                  aria-label={t('mobile.plan.itemRemove', { n: n + 1 })}
                  onClick={() => setAgenda(agenda.filter((each) => each.id !== item.id))}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ol>
        )}
        <button type="button" className="text more" onClick={() => setAgenda([...agenda, { id: newId(), title: '', note: '' }])}>
          <Icon name="plus" />
          {t('mobile.record.addItem')}
        </button>
        <GuestFields organisationId={organisationId} guests={guests} onChange={setGuests} />
      </form>
    </Page>
  )
}

/** Fields that say themselves what is wrong. */
const fields = ['body.segments', 'body.title', 'body.plannedStart', 'body.plannedEnd', 'body.place', 'body.groupId', 'body.hostId']

/** 12月主题党日、支部党员大会. */
function titleOf(kinds: readonly Kind[], day: string, t: ReturnType<typeof useT>): string {
  if (kinds.length === 0) return ''
  const names = segmentKinds.filter((kind) => kinds.includes(kind)).map((kind) => t(`shared.kind.${kind}`))
  return t('mobile.plan.suggestedTitle', { month: t(`mobile.period.m${day.slice(5, 7) as '01'}`), names: names.join(t('mobile.plan.and')) })
}
