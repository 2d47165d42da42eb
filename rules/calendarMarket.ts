/** Market days 街天: how a town counts them. Days of the ten-day week of the moon or the month, days of the twelve branches, or every so many days. */
import calendar from 'chinese-days'
import { daysFrom } from './dates.ts'
import type { Sentence } from './rule.ts'

export type Market =
  /** 每旬逢三、逢八: the number of the day ends in one of these, 0 for the tenth. */
  | { by: 'LUNAR_TEN' | 'SOLAR_TEN'; ends: readonly number[] }
  /** 属鼠、属马日: 0 子 (rat) … 11 亥 (pig). */
  | { by: 'BRANCH'; branches: readonly number[] }
  /** 每几天一街, counted from a market day. */
  | { by: 'EVERY'; days: number; from: string }

const branches = '子丑寅卯辰巳午未申酉戌亥'
const animals = '鼠牛虎兔龙蛇马羊猴鸡狗猪'
const animalsEn = ['rat', 'ox', 'tiger', 'rabbit', 'dragon', 'snake', 'horse', 'goat', 'monkey', 'rooster', 'dog', 'pig']
const numerals = '十一二三四五六七八九'

export function isMarketDay(day: string, market: Market): boolean {
  switch (market.by) {
    case 'LUNAR_TEN':
      return market.ends.includes(calendar.getLunarDate(day).lunarDay % 10)
    case 'SOLAR_TEN':
      return market.ends.includes(Number(day.slice(8)) % 10)
    case 'BRANCH':
      return market.branches.includes(branchOf(day))
    case 'EVERY':
      return market.days > 0 && (daysFrom(market.from, day) - 1) % market.days === 0
  }
}

/** The earthly branch of a day, 0 子 … 11 亥. The count of sixty has run without a break; 1 January 2000 was 戊午. */
function branchOf(day: string): number {
  const passed = daysFrom('2000-01-01', day) - 1
  return (((branches.indexOf('午') + passed) % 12) + 12) % 12
}

/** 农历逢三、逢八赶街. */
export function marketInWords(market: Market): Sentence {
  switch (market.by) {
    case 'LUNAR_TEN':
    case 'SOLAR_TEN': {
      const lunar = market.by === 'LUNAR_TEN'
      return {
        zh: `${lunar ? '农历' : '公历'}每旬${market.ends.map((end) => `逢${numerals[end] ?? ''}`).join('、')}赶街`,
        en: `market on ${lunar ? 'lunar' : 'calendar'} days ending in ${market.ends.join(', ')}`,
      }
    }
    case 'BRANCH':
      return {
        zh: `属${market.branches.map((branch) => animals[branch] ?? '').join('、属')}日赶街`,
        en: `market on days of the ${market.branches.map((branch) => animalsEn[branch] ?? '').join(', ')}`,
      }
    case 'EVERY':
      return { zh: `每${market.days}天一街`, en: `market every ${market.days} days` }
  }
}
