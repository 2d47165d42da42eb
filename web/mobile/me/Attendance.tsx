/** 我的到会: year by year, what was held, and what is on record about me. Numbers, no ranking. */
import { useState } from 'react'
import { Link } from 'wouter'
import { listMyGatherings } from '#contract/meetings'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { isPresent, isSettled, type MyGathering, pathOf } from '../meeting/gathering.ts'
import { Mine } from '../meeting/Mine.tsx'
import { showShortDay, thisYear } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { YearChoice } from '../parts/YearChoice.tsx'

type Held = MyGathering & { heldOn: string; my: NonNullable<MyGathering['my']> }

const isHeld = (row: MyGathering): row is Held => isSettled(row.state) && row.heldOn !== null && row.my?.expected === true

export function Attendance() {
  const t = useT()
  const language = useLanguage()
  const asked = useOperation(listMyGatherings, { query: { limit: 200 } })
  const held = (asked.data?.items ?? []).filter(isHeld).sort((a, b) => b.heldOn.localeCompare(a.heldOn))
  const years = [...new Set([thisYear(), ...held.map(({ heldOn }) => heldOn.slice(0, 4))])]
  const [year, setYear] = useState(years[0] ?? '')
  const rows = held.filter(({ heldOn }) => heldOn.startsWith(year))
  const count = (test: (row: Held) => boolean) => rows.filter(test).length
  return (
    <Page title={t('mobile.attendance.title')} back="/me">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && (
        <>
          {years.length > 1 && <YearChoice year={year} years={years} onChange={setYear} />}
          <section className="card totals" aria-label={t('mobile.attendance.totals', { year })}>
            <p>
              {t('mobile.roll.expected')} <b>{rows.length}</b> {t('mobile.attendance.times')}
            </p>
            <p>
              {t('mobile.roll.present')} <b>{count(({ my }) => isPresent(my.state))}</b> {t('mobile.attendance.times')}
            </p>
            <p className="quiet">
              {t('mobile.attendance.rest', {
                online: count(({ my }) => my.state === 'PRESENT_ONLINE'),
                leave: count(({ my }) => my.state === 'LEAVE'),
                absent: count(({ my }) => my.state === 'ABSENT' || my.state === 'EXPECTED'),
              })}
            </p>
          </section>
          {rows.length === 0 ? (
            <Empty text={t('mobile.attendance.empty')} />
          ) : (
            <ul className="rows card">
              {rows.map((row) => (
                <li key={row.id}>
                  <Link href={pathOf(row)}>
                    <span>
                      {row.title}
                      <small>
                        {showShortDay(row.heldOn, language)} · {row.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' + ')}
                      </small>
                    </span>
                    <b>
                      <Mine my={{ ...row.my, confirmedBy: null }} />
                    </b>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Page>
  )
}
