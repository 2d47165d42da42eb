/** 本季度还缺的，最省事地安排好: what the rules propose, to be looked at, changed and accepted. Accepting makes ordinary gatherings. */
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { getGathering, putGathering } from '#contract/meetings'
import { agendaFor, type ProposedAddition, type ProposedGathering } from '#rules'
import { call, Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { arrangeQuarter, arrangeYear, judge, type Kit, momentsOf, useYear, type YearOf } from '../../shared/year/basis.ts'
import { may } from '../meeting/gathering.ts'
import { showShortDay, thisYear } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './year.css'

export function Arrange() {
  const t = useT()
  const { post } = useSession()
  const asked = new URLSearchParams(useSearch()).get('year')
  const year = asked !== null && /^\d{4}$/.test(asked) ? asked : thisYear()
  const heading = asked === null ? t('mobile.arrange.title') : t('mobile.arrange.yearTitle', { year })
  const read = useYear(post?.organisationId ?? '', year)
  if (!may(post, 'write:plan') || read.data === undefined) {
    return (
      <Page title={heading} back="/year">
        {!may(post, 'write:plan') ? (
          <Empty text={t('mobile.year.notYours')} />
        ) : read.problem ? (
          <Failed problem={read.problem} retry={read.again} />
        ) : (
          <Loading />
        )}
      </Page>
    )
  }
  return <Proposals title={heading} of={read.data} wholeYear={asked !== null} />
}

interface Item extends ProposedGathering {
  id: string
  segmentIds: string[]
  agendaIds: string[]
  /** The kit whose agenda is taken over. */
  kit: Kit | undefined
  taken: boolean
  done: boolean
}

interface Added extends ProposedAddition {
  segmentIds: string[]
  agendaIds: string[]
  taken: boolean
  done: boolean
}

/** What remains of the agenda beside the theme day, whose part a kit gives. */
const beside = (item: Item): Item => ({ ...item, agenda: agendaFor(item.kinds.filter((kind) => kind !== 'THEME_DAY')) })

/** Ids are made once with the proposal, so that accepting twice is once. */
const withIds = <P extends { kinds: readonly string[]; agenda: readonly unknown[] }>(proposal: P) => ({
  ...proposal,
  segmentIds: proposal.kinds.map(newId),
  agendaIds: proposal.agenda.map(newId),
  taken: true,
  done: false,
})

function Proposals({ title: heading, of, wholeYear }: { title: string; of: YearOf; wholeYear: boolean }) {
  const t = useT()
  const say = useSay()
  const [, navigate] = useLocation()
  // What was proposed when the page was opened stays while it is edited, whatever arrives meanwhile.
  const [proposed] = useState(() => (wholeYear ? arrangeYear(of) : arrangeQuarter(of)))
  const [items, setItems] = useState<Item[]>(() => proposed.gatherings.map((each) => ({ ...withIds(each), id: newId(), kit: undefined })))
  const [added, setAdded] = useState<Added[]>(() => proposed.additions.map(withIds))
  const planning = useAction(putGathering)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const taken = items.filter((item) => item.taken)
  const takenAdded = added.filter((item) => item.taken)
  const change = (id: string, changes: Partial<Item>) =>
    setItems((all) => all.map((item) => (item.id === id ? { ...item, ...changes } : item)))
  const changeAdded = (id: string, changes: Partial<Added>) =>
    setAdded((all) => all.map((item) => (item.gatheringId === id ? { ...item, ...changes } : item)))

  const segmentsOf = ({ kinds, segmentIds }: Item | Added) => kinds.map((kind, n) => ({ id: segmentIds[n] ?? '', kind }))
  const agendaOf = ({ agenda, agendaIds }: Item | Added) => agenda.map((line, n) => ({ id: agendaIds[n] ?? '', title: say(line) }))

  async function accept(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      for (const item of taken.filter(({ done }) => !done)) {
        const params = { organisationId: of.organisationId, gatheringId: item.id }
        const { mode, place, groupId } = item
        const title =
          item.kit === undefined ? say(item.title) : t('mobile.arrange.withKit', { title: say(item.title), kit: item.kit.title })
        const agenda = item.kit === undefined ? agendaOf(item) : [...item.kit.agenda, ...agendaOf(beside(item))]
        const body = { title, segments: segmentsOf(item), agenda, mode, place, groupId, ...momentsOf(item) }
        await planning.run({ params, body })
        change(item.id, { done: true })
      }
      for (const item of takenAdded.filter(({ done }) => !done)) {
        await addTo(item)
        changeAdded(item.gatheringId, { done: true })
      }
      navigate('/year', { replace: true })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  /** What is planned keeps everything it has and gets the new kinds and their agenda. */
  async function addTo(item: Added): Promise<void> {
    const params = { organisationId: of.organisationId, gatheringId: item.gatheringId }
    const before = await call(getGathering, { params })
    const { version, title: name, mode, place, groupId, hostId, plannedStart, plannedEnd } = before
    const segments = [...before.segments, ...segmentsOf(item).filter(({ kind }) => !before.segments.some((each) => each.kind === kind))]
    const agenda = [...before.agenda, ...agendaOf(item).filter(({ id }) => !before.agenda.some((each) => each.id === id))]
    await planning.run({ params, body: { title: name, segments, agenda, mode, place, groupId, hostId, plannedStart, plannedEnd, version } })
  }

  const count = taken.length + takenAdded.length
  if (items.length + added.length + proposed.unmet.length === 0) {
    return (
      <Page title={heading} back="/year">
        <Empty text={t('mobile.arrange.nothing')} />
      </Page>
    )
  }
  return (
    <Page
      title={heading}
      back="/year"
      foot={
        <>
          <Wrong problem={problem} />
          <button type="button" className="button wide" disabled={busy || count === 0} onClick={() => void accept()}>
            {t('mobile.arrange.accept', { count })}
          </button>
        </>
      }
    >
      <p className="lead" aria-live="polite">
        {t('mobile.arrange.summary', { needs: proposed.served, count, days: new Set(taken.map(({ day }) => day)).size })}
      </p>
      {added.map((item) => (
        <article key={item.gatheringId} className="card proposal" data-out={item.taken ? undefined : ''}>
          <div className="proposal-head">
            <h2>{t('mobile.arrange.addTo', { title: item.title })}</h2>
            <Take taken={item.taken} title={item.title} onTake={(is) => changeAdded(item.gatheringId, { taken: is })} />
          </div>
          <p className="quiet">{say(item.why)}</p>
        </article>
      ))}
      {items.map((item) => (
        <Proposal
          key={item.id}
          of={of}
          item={item}
          others={taken.filter(({ id }) => id !== item.id)}
          onChange={(changes) => change(item.id, changes)}
        />
      ))}
      {proposed.unmet.map((each) => (
        <p key={`${each.kind}${each.duty?.period ?? ''}`} className="card late-edge">
          {say(each.why)}
        </p>
      ))}
    </Page>
  )
}

interface ProposalProps {
  of: YearOf
  item: Item
  others: readonly Item[]
  onChange: (changes: Partial<Item>) => void
}

function Proposal({ of, item, others, onChange }: ProposalProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const title = say(item.title)
  const { clashes, better } = judge(of, item, others)
  const calendar = of.calendar.find(({ day }) => day === item.day)
  return (
    <article className="card proposal" data-out={item.taken ? undefined : ''}>
      <div className="proposal-head">
        <h2>{title}</h2>
        <Take taken={item.taken} title={title} onTake={(taken) => onChange({ taken })} />
      </div>
      <div className="proposal-times">
        <input
          type="date"
          aria-label={t('mobile.arrange.day', { title })}
          value={item.day}
          min={of.today}
          max={`${of.year}-12-31`}
          onChange={(event) => event.target.value !== '' && onChange({ day: event.target.value })}
        />
        <input
          type="time"
          aria-label={t('mobile.arrange.start', { title })}
          value={item.start}
          onChange={(event) => event.target.value !== '' && onChange({ start: event.target.value })}
        />
      </div>
      <p className="quiet">
        {showShortDay(item.day, language)}
        {calendar !== undefined && ` · ${t('mobile.arrange.lunar', { lunar: say(calendar.lunar) })}`}
        {calendar?.market === true && ` · ${t('mobile.arrange.market')}`}
        {item.place !== '' && ` · ${item.place}`}
      </p>
      {item.people.startsWith('GROUP') && of.basis.groups.length > 1 && (
        <select
          aria-label={t('mobile.plan.group')}
          value={item.groupId ?? ''}
          onChange={(event) => onChange({ groupId: event.target.value, people: `GROUP:${event.target.value}` })}
        >
          {of.basis.groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <p>{say(item.why)}</p>
      {clashes.map(({ what, sentence }) => (
        <p key={what} className="note late">
          {say(sentence)}
        </p>
      ))}
      {better !== undefined && (
        <button type="button" className="text" onClick={() => onChange({ day: better })}>
          {t('mobile.year.better', { day: showShortDay(better, language) })}
        </button>
      )}
      <Kits of={of} item={item} onChange={onChange} />
      <details>
        <summary>{t('mobile.arrange.agenda')}</summary>
        <ol>
          {item.kit?.agenda.map((line) => (
            <li key={line.id}>{line.title}</li>
          ))}
          {(item.kit === undefined ? item : beside(item)).agenda.map((line) => (
            <li key={line.zh}>{say(line)}</li>
          ))}
        </ol>
      </details>
    </article>
  )
}

function Take({ taken, title, onTake }: { taken: boolean; title: string; onTake: (taken: boolean) => void }) {
  const t = useT()
  return (
    <label className="proposal-take">
      <span className="unseen">{t('mobile.arrange.take', { title })}</span>
      <input type="checkbox" checked={taken} onChange={(event) => onTake(event.target.checked)} />
    </label>
  )
}

/** For a theme day: the kits from above for its month. */
function Kits({ of, item, onChange }: Omit<ProposalProps, 'others'>) {
  const t = useT()
  const kits = of.basis.kits.filter(({ month }) => item.day.startsWith(month))
  if (kits.length === 0 || !item.kinds.includes('THEME_DAY')) return null
  return (
    <select
      aria-label={t('mobile.arrange.kit')}
      value={item.kit?.id ?? ''}
      onChange={(event) => onChange({ kit: kits.find(({ id }) => id === event.target.value) })}
    >
      <option value="">{t('mobile.arrange.noKit')}</option>
      {kits.map(({ id, title, organisationName }) => (
        <option key={id} value={id}>
          {t('mobile.arrange.useKit', { title, organisation: organisationName })}
        </option>
      ))}
    </select>
  )
}
