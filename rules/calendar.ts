/**
 * What each day is to a branch: workday, weekend or holiday, the lunar date, the local holidays of an autonomous area, the market of the
 * town. Published years follow the State Council's notice; for others the days of the law stand, and are called provisional.
 */
import calendar from 'chinese-days'
import data from './calendarDays.json' with { type: 'json' }
import { isMarketDay, type Market } from './calendarMarket.ts'
import { addDays, daysFrom } from './dates.ts'
import type { Sentence } from './rule.ts'
import { isPublished, noonOf } from './workdays.ts'

export interface CalendarDay {
  day: string
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** 十月十七 */
  lunar: Sentence
  /** Of the lunar month; 1 on its first day. */
  lunarDay: number
  /** `MAKE_UP` is a Saturday or Sunday on which people work. */
  work: 'WORKDAY' | 'WEEKEND' | 'HOLIDAY' | 'MAKE_UP'
  /** 国庆节, 火把节 … with the source; empty on other days. */
  holidays: readonly Holiday[]
  market: boolean
  /** Computed, because nobody has published it yet. */
  provisional: boolean
}

export interface Holiday {
  name: Sentence
  /** A document; local ones name the autonomous area too. */
  source: Sentence
  reach: 'NATIONAL' | 'LOCAL'
  provisional: boolean
}

/** Where the days are looked at. */
export interface CalendarPlace {
  /** Six digits of the county; its first four name the prefecture. */
  county: string
  market: Market | null
}

/** The days from the first to the last, both included. @throws RangeError on what is no day */
export function calendarOf(from: string, until: string, { county, market }: CalendarPlace): CalendarDay[] {
  const local = localHolidays(county, from, until)
  return Array.from({ length: Math.max(0, daysFrom(from, until)) }, (_, n) => {
    const day = addDays(from, n)
    return dayAt(day, local.get(day) ?? [], market)
  })
}

function dayAt(day: string, local: readonly Holiday[], market: Market | null): CalendarDay {
  const lunar = calendar.getLunarDate(day)
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  const published = isKnown(day.slice(0, 4))
  const national = published ? publishedHoliday(day) : lawfulHoliday(day)
  const working = published ? calendar.isWorkday(noonOf(day)) : weekday <= 5 && national === undefined
  return {
    day,
    weekday,
    lunar: {
      zh: `${lunar.isLeap ? '闰' : ''}${lunar.lunarMonCN}${lunar.lunarDayCN}`,
      en: `${lunar.isLeap ? 'leap ' : ''}${lunar.lunarMon}-${lunar.lunarDay}`,
    },
    lunarDay: lunar.lunarDay,
    work: working ? (weekday <= 5 ? 'WORKDAY' : 'MAKE_UP') : national === undefined ? 'WEEKEND' : 'HOLIDAY',
    holidays: national === undefined ? local : [national, ...local],
    market: market !== null && isMarketDay(day, market),
    provisional: !published || local.some((holiday) => holiday.provisional),
  }
}

/** Looked up once a year: the library counts a whole year each time. */
const published = new Map<string, boolean>()

function isKnown(year: string): boolean {
  const known = published.get(year) ?? isPublished(`${year}-01-01`)
  published.set(year, known)
  return known
}

function publishedHoliday(day: string): Holiday | undefined {
  const { work, name } = calendar.getDayDetail(noonOf(day))
  const [en = '', zh] = name.split(',')
  if (work || zh === undefined) return undefined
  return {
    name: { zh, en },
    source: { zh: '国务院办公厅年度节假日安排通知', en: "the State Council's yearly notice" },
    reach: 'NATIONAL',
    provisional: false,
  }
}

type Entry = (typeof data.areas)[number]['days'][number] | (typeof data.national.days)[number]

/** The first day of a holiday in this solar year; undefined when only the announced years are known. */
function firstDay(entry: Entry, year: string): string | undefined {
  const announced = 'announced' in entry ? entry.announced?.find((day) => day.startsWith(year)) : undefined
  if (announced !== undefined) return announced
  if ('solar' in entry && entry.solar !== undefined) return `${year}-${entry.solar}`
  if ('term' in entry && entry.term !== undefined) return calendar.getSolarTermDate(Number(year), 4, 'pure_brightness')
  if (!('lunar' in entry) || entry.lunar === undefined) return undefined
  const { date } = calendar.getSolarDateFromLunar(`${year}-${entry.lunar}`)
  return 'before' in entry && entry.before !== undefined ? addDays(date, -entry.before) : date
}

const isAnnounced = (entry: Entry, day: string) => 'announced' in entry && (entry.announced ?? []).includes(day)

const lawful = new Map<string, Map<string, Sentence>>()

/** A day of the law in a year without a notice. */
function lawfulHoliday(day: string): Holiday | undefined {
  const year = day.slice(0, 4)
  const known = lawful.get(year) ?? lawfulDays(year)
  lawful.set(year, known)
  const name = known.get(day)
  if (name === undefined) return undefined
  const source = { zh: '《全国年节及纪念日放假办法》', en: 'the law on public holidays' }
  return { name, source, reach: 'NATIONAL', provisional: true }
}

function lawfulDays(year: string): Map<string, Sentence> {
  const days = new Map<string, Sentence>()
  for (const entry of data.national.days) {
    const first = firstDay(entry, year)
    if (first === undefined) continue
    for (let n = 0; n < entry.days; n += 1) days.set(addDays(first, n), { zh: entry.zh, en: entry.en })
  }
  return days
}

/** Holidays of the autonomous area this county belongs to, by day. Dates the area has announced win over computed ones. */
function localHolidays(county: string, from: string, until: string): Map<string, Holiday[]> {
  const found = new Map<string, Holiday[]>()
  for (const area of data.areas.filter(({ code }) => county.startsWith(code))) {
    const source = {
      zh: `《${area.source}》${'article' in area && area.article !== undefined ? `第${area.article}条` : ''}`,
      en: `the autonomy regulations of ${area.name_en}`,
    }
    for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1) {
      for (const entry of area.days) {
        const first = firstDay(entry, String(year))
        if (first === undefined) continue
        const provisional = !isAnnounced(entry, first)
        for (let n = 0; n < entry.days; n += 1) {
          const day = addDays(first, n)
          found.set(day, [...(found.get(day) ?? []), { name: { zh: entry.zh, en: entry.en }, source, reach: 'LOCAL', provisional }])
        }
      }
    }
  }
  return found
}

/** 春节: the day of the first lunar month's first day in a year of the Gregorian calendar; it falls between 21 January and 21 February. */
export function springFestival(year: number): string {
  for (let day = `${year}-01-20`; day <= `${year}-02-22`; day = addDays(day, 1)) {
    const { lunarMon, lunarDay, isLeap } = calendar.getLunarDate(day)
    if (lunarMon === 1 && lunarDay === 1 && !isLeap) return day
  }
  throw new RangeError(`no first lunar month in ${year}`)
}
