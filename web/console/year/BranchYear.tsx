import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { seriesDayInWords } from '#rules'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { arrangeQuarter, dayOfRow, fixedDays, judgeRow, missingIn, useYear, type YearOf } from '../../shared/year/basis.ts'
import { pathToGathering, useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { useToday } from '../field/today.ts'
import { weeksOf } from '../field/days.ts'
import { stateTones } from '../gatherings/rows.ts'
import { Mark } from '../list/Mark.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** Twelve months side by side: what was held, what is planned, what is missing, and which days are holidays. */
export function BranchYear({ organisationId }: { organisationId: string }) {
  const t = useT()
  const address = useAddress()
  const thisYear = useToday().slice(0, 4)
  const asked = address.get('year') ?? ''
  const year = /^\d{4}$/.test(asked) ? asked : thisYear
  const read = useYear(organisationId, year)
  const show = (by: number) => address.set({ year: String(Number(year) + by) })
  return (
    <div className="page">
      <div className="toolbar">
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('console.year.before')} onClick={() => show(-1)} />
        <h2 className="year-title" aria-live="polite">
          {t('console.year.of', { year })}
        </h2>
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('console.year.after')} onClick={() => show(1)} />
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
        </span>
      </div>
      {read.data !== undefined ? (
        <Calendar of={read.data} />
      ) : read.problem ? (
        <Failed problem={read.problem} retry={read.again} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function Calendar({ of }: { of: YearOf }) {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const { served, gatherings } = useMemo(() => arrangeQuarter(of), [of])
  const thisYear = of.year === of.today.slice(0, 4)
  const months = Array.from({ length: 12 }, (_, n) => `${of.year}-${String(n + 1).padStart(2, '0')}`)
  return (
    <div className="year">
      <p className="year-said">
        {of.basis.series.map((series) => (
          <span key={series.id}>
            <b>{series.title}</b> {say(seriesDayInWords(series.on))} {series.start}
          </span>
        ))}
        {of.basis.series.length === 0 && <span className="quiet">{t('console.year.noSeries')}</span>}
        {thisYear && (
          <span>
            {served === 0 ? (
              <Mark tone="ok">{t('console.year.nothingMissing')}</Mark>
            ) : (
              <Mark tone="wait">{t('console.year.missing', { count: served, gatherings: gatherings.length })}</Mark>
            )}
          </span>
        )}
        {thisYear && served > 0 && may('write:plan') && <a href="/year/arrange">{t('console.year.arrange')}</a>}
      </p>
      <div className="year-months">
        {months.map((month) => (
          <Month key={month} of={of} month={month} />
        ))}
      </div>
    </div>
  )
}

function Month({ of, month }: { of: YearOf; month: string }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const rows = of.rows.filter((row) => dayOfRow(row).startsWith(month) && row.state !== 'CANCELLED').toReversed()
  const about = new Map(of.calendar.filter(({ day }) => day.startsWith(month)).map((each) => [each.day, each]))
  const holidays = new Map([...about.values()].flatMap((each) => each.holidays.map(({ name }) => [name.zh, name])))
  const kits = of.basis.kits.filter((kit) => kit.month === month)
  const busy = new Set(rows.map(dayOfRow))
  const fixed = new Set(fixedDays(of))
  return (
    <section
      className="year-month"
      data-now={of.today.startsWith(month) ? '' : undefined}
      aria-label={t('console.year.month', { month: Number(month.slice(5)) })}
    >
      <header>
        <h3>{t('console.year.month', { month: Number(month.slice(5)) })}</h3>
        <span className="quiet">{[...holidays.values()].map(say).join(' · ')}</span>
      </header>
      <div className="year-days" aria-hidden="true">
        {weekdays.map((weekday) => (
          <i key={weekday}>{t(`console.year.weekday.${weekday}`)}</i>
        ))}
        {weeksOf(month)
          .flat()
          .map((day) => {
            const each = about.get(day)
            if (each === undefined) return <span key={day} />
            const rest = each.holidays.length > 0 ? 'holiday' : each.work === 'WEEKEND' ? 'weekend' : undefined
            return (
              <span
                key={day}
                data-rest={rest}
                data-busy={busy.has(day) ? '' : undefined}
                data-fixed={fixed.has(day) ? '' : undefined}
                data-market={each.market ? '' : undefined}
                data-today={day === of.today ? '' : undefined}
              >
                {Number(day.slice(8))}
              </span>
            )
          })}
      </div>
      <ul>
        {rows.map((row) => {
          const [clash] = judgeRow(of, row).clashes
          return (
            <li key={row.id}>
              <time>{t('console.year.day', { day: Number(dayOfRow(row).slice(8)), time: showTime(row.plannedStart, language) })}</time>
              <span>
                <Link href={pathToGathering(of.organisationId, row)}>{row.title}</Link>
                {clash !== undefined && <small className="year-clash">{say(clash.sentence)}</small>}
              </span>
              <Mark tone={stateTones[row.state]}>{t(`shared.state.${row.state}`)}</Mark>
            </li>
          )
        })}
        {missingIn(of, month).map((duty) => (
          <li key={`${duty.ruleId}${duty.period}`}>
            <time />
            <span>{t(`shared.kind.${duty.kind ?? 'THEME_DAY'}`)}</span>
            <Mark tone="wait">{t('console.year.lacks')}</Mark>
          </li>
        ))}
        {kits.map((kit) => (
          <li key={kit.id}>
            <time />
            <span className="quiet">{t('console.year.kit', { title: kit.title, organisation: kit.organisationName })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
