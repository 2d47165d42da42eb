/** Given a county and its town, when the days are looked at, then each says what it is to the people there. */
import { SolarDay } from 'tyme4ts'
import { describe, expect, test } from 'vitest'
import { calendarOf } from './calendar.ts'
import { isMarketDay, marketInWords } from './calendarMarket.ts'
import { addDays } from './dates.ts'

const nowhere = { county: '110101', market: null }
const jinping = { county: '532530', market: null }

/** The day in this place. */
function dayOf(day: string, place = nowhere) {
  const [found] = calendarOf(day, day, place)
  if (found === undefined) throw new Error(day)
  return found
}

describe('a published year', () => {
  test.each([
    { day: '2026-02-17', work: 'HOLIDAY', name: '春节' },
    { day: '2026-02-14', work: 'MAKE_UP', name: undefined },
    { day: '2026-10-01', work: 'HOLIDAY', name: '国庆节' },
    { day: '2026-10-10', work: 'MAKE_UP', name: undefined },
    { day: '2026-11-25', work: 'WORKDAY', name: undefined },
    { day: '2026-11-28', work: 'WEEKEND', name: undefined },
  ])('$day is $work', ({ day, work, name }) => {
    const { holidays, provisional, ...about } = dayOf(day)
    expect(about.work).toBe(work)
    expect(holidays[0]?.name.zh).toBe(name)
    expect(provisional).toBe(false)
  })
})

test('a year without a notice has the days of the law, and says that they are provisional', () => {
  const holidays = calendarOf('2028-01-01', '2028-12-31', nowhere).filter(({ work }) => work === 'HOLIDAY')
  expect(holidays.map(({ day, holidays: [first] }) => `${day} ${first?.name.zh}`)).toEqual([
    '2028-01-01 元旦',
    '2028-01-25 春节',
    '2028-01-26 春节',
    '2028-01-27 春节',
    '2028-01-28 春节',
    '2028-04-04 清明节',
    '2028-05-01 劳动节',
    '2028-05-02 劳动节',
    '2028-05-28 端午节',
    '2028-10-01 国庆节',
    '2028-10-02 国庆节',
    '2028-10-03 国庆节',
  ])
  expect(holidays.every(({ provisional }) => provisional)).toBe(true)
})

describe('an autonomous area', () => {
  test('keeps its own holidays, with the document they come from', () => {
    const [torch] = dayOf('2024-07-29', jinping).holidays
    expect(torch).toEqual({
      name: { zh: '火把节', en: 'Torch Festival' },
      source: { zh: '《云南省红河哈尼族彝族自治州自治条例》第69条', en: 'the autonomy regulations of Honghe' },
      reach: 'LOCAL',
      provisional: false,
    })
    expect(dayOf('2024-07-29').holidays).toEqual([])
  })

  test('moves them by its own notice; without one the lunar day stands and is provisional', () => {
    expect(dayOf('2023-08-11', jinping).holidays[0]?.name.zh).toBe('火把节')
    expect(dayOf('2023-08-10', jinping).holidays).toEqual([])
    expect(dayOf('2026-08-06', jinping)).toMatchObject({
      lunar: { zh: '六月廿四', en: '6-24' },
      provisional: true,
      holidays: [{ name: { zh: '火把节' } }],
    })
  })
})

test('lunar dates and branches agree with another calendar for every day of 2020 to 2045', () => {
  const wrong: string[] = []
  for (let day = '2020-01-01'; day < '2046-01-01'; day = addDays(day, 1)) {
    const [year, month, date] = day.split('-').map(Number)
    const other = SolarDay.fromYmd(year ?? 0, month ?? 0, date ?? 0).getLunarDay()
    const branch = other.getSixtyCycle().getEarthBranch().getIndex()
    if (dayOf(day).lunarDay !== other.getDay()) wrong.push(`${day} lunar`)
    if (!isMarketDay(day, { by: 'BRANCH', branches: [branch] })) wrong.push(`${day} branch`)
  }
  expect(wrong).toEqual([])
}, 60_000)

describe('market days', () => {
  const inNovember = (market: Parameters<typeof isMarketDay>[1]) =>
    calendarOf('2026-11-01', '2026-11-30', { county: '532530', market }).flatMap(({ day, market: is }) => (is ? [day.slice(8)] : []))

  test.each([
    { market: { by: 'SOLAR_TEN' as const, ends: [3, 8] }, days: ['03', '08', '13', '18', '23', '28'], zh: '公历每旬逢三、逢八赶街' },
    { market: { by: 'LUNAR_TEN' as const, ends: [5, 0] }, days: ['03', '08', '13', '18', '23', '28'], zh: '农历每旬逢五、逢十赶街' },
    { market: { by: 'BRANCH' as const, branches: [0, 6] }, days: ['04', '10', '16', '22', '28'], zh: '属鼠、属马日赶街' },
    { market: { by: 'EVERY' as const, days: 6, from: '2026-11-02' }, days: ['02', '08', '14', '20', '26'], zh: '每6天一街' },
  ])('$zh', ({ market, days, zh }) => {
    expect(inNovember(market)).toEqual(days)
    expect(marketInWords(market).zh).toBe(zh)
  })
})
