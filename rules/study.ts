/**
 * 学时 of a member in a year. Only collective study and training that somebody else has confirmed count; what one reads alone is one's own
 * and is counted nowhere (domain.md §14 trap 31). The year is the calendar year, nothing is carried over.
 */
import { cite } from './cite.ts'
import { count, type Ruled, ruled, type Sentence } from './rule.ts'

/** Study at one confirmed gathering. */
export interface Learned {
  minutes: number
  /** 集中培训 rather than 集体学习. */
  training: boolean
}

export interface Learning extends Ruled {
  /** 学时 in tenths, rounded down: 187 is 18.7. */
  tenths: number
  requiredTenths: number
  missingTenths: number
  /** 集中培训 still to be taken part in. */
  trainingsMissing: number
}

/** Minutes of a gathering that count: those planned for study, and never more than it lasted. @param lasted minutes, null while not known */
export function minutesThatCount(items: readonly { minutes: number }[], lasted: number | null): number {
  const planned = items.reduce((sum, { minutes }) => sum + minutes, 0)
  return lasted === null ? planned : Math.min(planned, Math.max(0, Math.trunc(lasted)))
}

/** 学时 in tenths, rounded down. Source: EDU-HOUR-LENGTH */
export const tenthsOf = (minutes: number): number => Math.trunc((minutes * 10) / count('EDU-HOUR-LENGTH', 'minutes'))

/** 187 → 18.7, 320 → 32. */
export const inHours = (tenths: number): string => (tenths % 10 === 0 ? `${tenths / 10}` : (tenths / 10).toFixed(1))

/**
 * What of the year's learning is on record and what is still missing, in words.
 * @param leads secretary or member of the committee: asked for more
 * @param today decides whether the year is still running
 */
export function learningOf(record: readonly Learned[], leads: boolean, year: string, today: string): Learning {
  const ruleId = leads ? 'EDU-HOURS-SECRETARY' : 'EDU-HOURS-MEMBER'
  const tenths = tenthsOf(record.reduce((sum, { minutes }) => sum + minutes, 0))
  const requiredTenths = count(ruleId, 'hours') * 10
  const missingTenths = Math.max(0, requiredTenths - tenths)
  const trainings = record.filter(({ training }) => training).length
  const trainingsMissing = leads ? Math.max(0, count(ruleId, 'concentrated') - trainings) : 0
  const said = sentence({ year, leads, tenths, requiredTenths, missingTenths, trainingsMissing, over: year < today.slice(0, 4) })
  return { tenths, requiredTenths, missingTenths, trainingsMissing, ...ruled(ruleId, withSource(said, ruleId)) }
}

interface Told {
  year: string
  leads: boolean
  tenths: number
  requiredTenths: number
  missingTenths: number
  trainingsMissing: number
  over: boolean
}

function sentence({ year, leads, tenths, requiredTenths, missingTenths, trainingsMissing, over }: Told): Sentence {
  const whom = leads ? { zh: '书记和班子成员', en: 'secretaries and committee members' } : { zh: '党员', en: 'members' }
  const head = {
    zh: `${year}年集体学习和集中培训共记${inHours(tenths)}学时；${whom.zh}每年一般不少于${inHours(requiredTenths)}学时`,
    en: `${inHours(tenths)} hours of collective study and training in ${year}; ${whom.en} have at least ${inHours(requiredTenths)} a year as a rule`,
  }
  const missing = [
    ...(missingTenths > 0 ? [{ zh: `${inHours(missingTenths)}学时`, en: `${inHours(missingTenths)} hours` }] : []),
    ...(trainingsMissing > 0 ? [{ zh: `${trainingsMissing}次集中培训`, en: `${trainingsMissing} training` }] : []),
  ]
  if (missing.length === 0) return { zh: `${head.zh}，已经达到`, en: `${head.en}: reached` }
  const what = { zh: missing.map(({ zh }) => zh).join('和'), en: missing.map(({ en }) => en).join(' and ') }
  return over
    ? { zh: `${head.zh}，少${what.zh}`, en: `${head.en}: ${what.en} less` }
    : {
        zh: `${head.zh}，还差${what.zh}，参加支部的集体学习就会记上`,
        en: `${head.en}: ${what.en} to go; studying together in the branch counts`,
      }
}

const withSource = ({ zh, en }: Sentence, ruleId: string): Sentence => {
  const source = cite(ruleId)
  return { zh: `${zh}。${source.zh}`, en: `${en}. ${source.en}` }
}
