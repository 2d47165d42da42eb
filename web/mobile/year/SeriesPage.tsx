/** The fixed days of the branch and the market days of its town, set once. */
import { type FormEvent, useState } from 'react'
import { segmentKinds } from '#contract/meetings'
import { getPlanBasis, marketWishes, putMarketDays, putSeries } from '#contract/plans'
import { marketInWords } from '#rules'
import { newId } from '../../shared/device.ts'
import { useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import type { Basis } from '../../shared/year/basis.ts'
import { may } from '../meeting/gathering.ts'
import { Chips } from '../parts/Chips.tsx'
import { Choice } from '../parts/Choice.tsx'
import { addDays, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { SeriesLine } from './SeriesLine.tsx'
import './year.css'

type Series = Basis['series'][number]

export function SeriesPage() {
  const t = useT()
  const { post } = useSession()
  const organisationId = post?.organisationId ?? ''
  const asked = useOperation(getPlanBasis, { params: { organisationId }, query: {} })
  const [editing, setEditing] = useState<Series | 'new'>()
  if (!may(post, 'write:plan') || asked.data === undefined) {
    return (
      <Page title={t('mobile.series.title')} back="/year">
        {!may(post, 'write:plan') ? (
          <Empty text={t('mobile.year.notYours')} />
        ) : asked.error ? (
          <Failed problem={asked.error} retry={() => void asked.refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    )
  }
  if (editing !== undefined) {
    const close = () => setEditing(undefined)
    return <SeriesForm basis={asked.data} series={editing === 'new' ? undefined : editing} onClose={close} />
  }
  return (
    <Page title={t('mobile.series.title')} back="/year">
      {asked.data.series.map((series) => (
        <article key={series.id} className="card">
          <SeriesLine series={series} />
          <button type="button" className="text" onClick={() => setEditing(series)}>
            {t('mobile.series.edit')}
          </button>
        </article>
      ))}
      {asked.data.series.length === 0 && <Empty text={t('mobile.series.empty')} />}
      <button type="button" className="button outline" onClick={() => setEditing('new')}>
        {t('mobile.series.add')}
      </button>
      <MarketForm key={asked.data.version} basis={asked.data} />
    </Page>
  )
}

const ways = ['DATE', 'WEEKDAY', 'LUNAR', 'MARKET'] as const
const allMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const nths = ['1', '2', '3', '4', '-1'] as const

interface SeriesFormProps {
  basis: Basis
  series: Series | undefined
  onClose: () => void
}

function SeriesForm({ basis, series, onClose }: SeriesFormProps) {
  const t = useT()
  const [id] = useState(() => series?.id ?? newId())
  const [title, setTitle] = useState(series?.title ?? t('mobile.series.usualTitle'))
  const [kinds, setKinds] = useState<readonly Series['kinds'][number][]>(series?.kinds ?? ['THEME_DAY'])
  const [groupId, setGroupId] = useState(series?.groupId ?? '')
  const [by, setBy] = useState<Series['on']['by']>(series?.on.by ?? 'DATE')
  const [day, setDay] = useState(series !== undefined && 'day' in series.on ? String(series.on.day) : '5')
  const [nth, setNth] = useState(series !== undefined && 'nth' in series.on ? String(series.on.nth) : '1')
  const [weekday, setWeekday] = useState(series?.on.by === 'WEEKDAY' ? String(series.on.weekday) : '6')
  const [start, setStart] = useState(series?.start ?? '19:30')
  const [minutes, setMinutes] = useState(String(series?.minutes ?? 90))
  const [place, setPlace] = useState(series?.place ?? '')
  const [months, setMonths] = useState<readonly number[]>(series?.months ?? allMonths)
  const saving = useAction(putSeries)
  const wrong = saving.problem

  const on = (): Series['on'] => {
    if (by === 'WEEKDAY') return { by, nth: Number(nth), weekday: Number(weekday) }
    return by === 'MARKET' ? { by, nth: Math.min(3, Math.max(1, Number(nth))) } : { by, day: Number(day) }
  }

  async function save(until: string | null): Promise<void> {
    await saving.run({
      params: { organisationId: basis.organisationId, seriesId: id },
      body: {
        title,
        kinds: [...kinds],
        groupId: kinds.includes('GROUP_MEETING') && groupId !== '' ? groupId : null,
        months: [...months],
        on: on(),
        start,
        minutes: Number(minutes),
        mode: series?.mode ?? 'ONSITE',
        place,
        from: series?.from ?? today(),
        until,
        ...(series === undefined ? {} : { version: series.version }),
      },
    })
    onClose()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save(series?.until ?? null).catch(() => {})
  }

  return (
    <Page
      title={t(series === undefined ? 'mobile.series.add' : 'mobile.series.edit')}
      back="/year/series"
      foot={
        <>
          <Wrong problem={wrong} except={fields} />
          <div className="acts">
            <button type="button" className="button outline" onClick={onClose}>
              {t('mobile.series.back')}
            </button>
            <button type="submit" form="series" className="button" disabled={saving.busy}>
              {t('mobile.series.save')}
            </button>
          </div>
        </>
      }
    >
      <form id="series" onSubmit={submit} noValidate>
        <Chips
          label={t('mobile.plan.kinds')}
          wrong={wrong?.of('body.kinds')}
          chosen={kinds}
          options={segmentKinds.map((value) => ({ value, name: t(`shared.kind.${value}`) }))}
          onChange={setKinds}
        />
        <section className="card">
          <Field label={t('mobile.series.name')} wrong={wrong?.of('body.title')}>
            {(attributes) => <input {...attributes} maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />}
          </Field>
          {kinds.includes('GROUP_MEETING') && (
            <Field label={t('mobile.plan.group')} wrong={wrong?.of('body.groupId')}>
              {(attributes) => (
                <OneOf
                  {...attributes}
                  none={t('mobile.plan.noGroup')}
                  value={groupId}
                  options={basis.groups.map((group) => ({ value: group.id, name: group.name }))}
                  onChange={setGroupId}
                />
              )}
            </Field>
          )}
        </section>
        <section className="card">
          <Choice
            label={t('mobile.series.by')}
            value={by}
            options={ways.map((value) => ({ value, name: t(`mobile.series.ways.${value}`) }))}
            onChange={setBy}
          />
          {(by === 'DATE' || by === 'LUNAR') && (
            <Field label={t(`mobile.series.day.${by}`)} wrong={wrong?.of('body.on')}>
              {(attributes) => (
                <input {...attributes} inputMode="numeric" maxLength={2} value={day} onChange={(event) => setDay(event.target.value)} />
              )}
            </Field>
          )}
          {(by === 'WEEKDAY' || by === 'MARKET') && (
            <Field label={t('mobile.series.nth')} wrong={wrong?.of('body.on')}>
              {(attributes) => (
                <OneOf
                  {...attributes}
                  value={nth}
                  options={nths.slice(0, by === 'MARKET' ? 3 : 5).map((value) => ({
                    value,
                    name: value === '-1' ? t('mobile.series.last') : t('mobile.series.number', { n: value }),
                  }))}
                  onChange={setNth}
                />
              )}
            </Field>
          )}
          {by === 'WEEKDAY' && (
            <Field label={t('mobile.series.weekday')}>
              {(attributes) => (
                <OneOf
                  {...attributes}
                  value={weekday}
                  options={weekdays.map((each) => ({ value: String(each), name: t(`mobile.series.weekdays.${each}`) }))}
                  onChange={setWeekday}
                />
              )}
            </Field>
          )}
          <div className="pair">
            <Field label={t('mobile.plan.from')} wrong={wrong?.of('body.start')}>
              {(attributes) => <input {...attributes} type="time" value={start} onChange={(event) => setStart(event.target.value)} />}
            </Field>
            <Field label={t('mobile.series.minutes')} wrong={wrong?.of('body.minutes')}>
              {(attributes) => (
                <input
                  {...attributes}
                  inputMode="numeric"
                  maxLength={3}
                  value={minutes}
                  onChange={(event) => setMinutes(event.target.value)}
                />
              )}
            </Field>
          </div>
          <Field label={t('mobile.meeting.place')} wrong={wrong?.of('body.place')}>
            {(attributes) => <input {...attributes} maxLength={120} value={place} onChange={(event) => setPlace(event.target.value)} />}
          </Field>
        </section>
        <Chips
          label={t('mobile.series.inMonths')}
          wrong={wrong?.of('body.months')}
          chosen={months}
          options={allMonths.map((value) => ({ value, name: t(`mobile.period.m${String(value).padStart(2, '0') as '01'}`) }))}
          onChange={(chosen) => setMonths(chosen.toSorted((a, b) => a - b))}
        />
        {series !== undefined && series.until === null && (
          <button type="button" className="text more" onClick={() => void save(maxDay(addDays(today(), -1), series.from)).catch(() => {})}>
            {t('mobile.series.end')}
          </button>
        )}
      </form>
    </Page>
  )
}

const maxDay = (a: string, b: string) => (a > b ? a : b)

/** Fields that say themselves what is wrong. */
const fields = ['body.title', 'body.kinds', 'body.groupId', 'body.on', 'body.start', 'body.minutes', 'body.place', 'body.months']

const marketWays = ['NONE', 'LUNAR_TEN', 'SOLAR_TEN', 'BRANCH', 'EVERY'] as const
type MarketWay = (typeof marketWays)[number]
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
const branches = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

function MarketForm({ basis }: { basis: Basis }) {
  const t = useT()
  const say = useSay()
  const { market } = basis
  const [by, setBy] = useState<MarketWay>(market?.by ?? 'NONE')
  const [numbers, setNumbers] = useState<readonly number[]>(
    market === null || market.by === 'EVERY' ? [] : market.by === 'BRANCH' ? market.branches : market.ends,
  )
  const [days, setDays] = useState(market?.by === 'EVERY' ? String(market.days) : '6')
  const [from, setFrom] = useState(market?.by === 'EVERY' ? market.from : today())
  const [wish, setWish] = useState(basis.marketWish)
  const saving = useAction(putMarketDays)

  function chosen(): Basis['market'] {
    if (by === 'NONE') return null
    if (by === 'EVERY') return { by, days: Number(days), from }
    return by === 'BRANCH' ? { by, branches: [...numbers] } : { by, ends: [...numbers] }
  }

  async function save(): Promise<void> {
    const params = { organisationId: basis.organisationId }
    await saving.run({ params, body: { market: chosen(), marketWish: by === 'NONE' ? 'NONE' : wish, version: basis.version } })
  }

  const choices = by === 'BRANCH' ? branches : by === 'LUNAR_TEN' || by === 'SOLAR_TEN' ? digits : []
  return (
    <section className="card">
      <h2>{t('mobile.market.title')}</h2>
      <p className="quiet">{market === null ? t('mobile.market.none') : say(marketInWords(market))}</p>
      <Field label={t('mobile.market.by')}>
        {(attributes) => (
          <OneOf
            {...attributes}
            value={by}
            options={marketWays.map((value) => ({ value, name: t(`mobile.market.ways.${value}`) }))}
            onChange={(way) => {
              setBy(way)
              setNumbers([])
            }}
          />
        )}
      </Field>
      {choices.length > 0 && (
        <Chips
          label={t('mobile.market.title')}
          quiet
          chosen={numbers}
          options={choices.map((value) => ({
            value,
            name: t(by === 'BRANCH' ? `mobile.market.branch.b${value}` : `mobile.market.digit.d${value}`),
          }))}
          onChange={setNumbers}
        />
      )}
      {by === 'EVERY' && (
        <div className="pair">
          <Field label={t('mobile.market.days')} wrong={saving.problem?.of('body.market.days')}>
            {(attributes) => (
              <input {...attributes} inputMode="numeric" maxLength={2} value={days} onChange={(event) => setDays(event.target.value)} />
            )}
          </Field>
          <Field label={t('mobile.market.from')} wrong={saving.problem?.of('body.market.from')}>
            {(attributes) => <input {...attributes} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />}
          </Field>
        </div>
      )}
      {by !== 'NONE' && (
        <Choice
          label={t('mobile.market.wish')}
          value={wish}
          options={marketWishes.map((value) => ({ value, name: t(`mobile.market.wishes.${value}`) }))}
          onChange={setWish}
        />
      )}
      <Wrong problem={saving.problem} except={['body.market.days', 'body.market.from']} />
      <button
        type="button"
        className="button outline"
        disabled={saving.busy || (choices.length > 0 && numbers.length === 0)}
        onClick={() => void save().catch(() => {})}
      >
        {t('mobile.market.save')}
      </button>
    </section>
  )
}
