/**
 * Record check before confirmation: what a careful colleague would point at. Advice in sentences, for the secretary only; nothing is
 * counted, kept or passed on, and nothing of it hinders confirming. Numbers come from RECORD-CHECK.
 */
import { cite } from './cite.ts'
import { count, rule, type Sentence } from './rule.ts'

/** A record as far as it is looked at. Moments are ISO 8601. */
export interface RecordToCheck {
  now: string
  plannedStart: string
  actualStart: string | null
  actualEnd: string | null
  place: string
  hostName: string
  hostSigned: boolean
  /** What it counts as, by name. */
  segments: readonly Sentence[]
  agenda: readonly { title: string; note: string }[]
  speeches: readonly { gist: string }[]
  minutes: string
  resolutions: number
  roster: readonly { name: string; state: string }[]
}

/** What stands elsewhere on record in the same branch. */
export interface Elsewhere {
  /** Gatherings at the same time, with those who are marked present at both. */
  overlaps: readonly { title: string; heldOn: string; names: readonly string[] }[]
  /** Earlier records, newest first. */
  texts: readonly { title: string; heldOn: string; text: string }[]
  /** Pictures of this record that another record holds already. */
  photos: readonly { name: string; title: string; heldOn: string }[]
}

export interface Advice {
  about: 'TIMES' | 'OVERLAP' | 'TEXT' | 'PHOTO' | 'PARTS' | 'LINES'
  sentence: Sentence
  ruleId: string
}

const checking = 'RECORD-CHECK'
const minuteMilliseconds = 60_000
const hourMilliseconds = 3_600_000

/** How many earlier records are compared. */
export const earlierRecords = (): number => count(checking, 'earlierRecords')

/** What is worth a second look; empty when nothing is. */
export function recordAdvice(record: RecordToCheck, elsewhere: Elsewhere): Advice[] {
  return [
    ...times(record),
    ...overlaps(elsewhere),
    ...sameText(record, elsewhere),
    ...samePhotos(elsewhere),
    ...parts(record),
    ...lines(record),
  ].map(({ ruleId = checking, ...said }) => ({ ...said, ruleId }))
}

type Found = Omit<Advice, 'ruleId'> & { ruleId?: string }

/** The hour of a moment in Asia/Shanghai. */
const hourOf = (moment: string) => new Date(Date.parse(moment) + 8 * hourMilliseconds).getUTCHours()

function times({ now, plannedStart, actualStart, actualEnd }: RecordToCheck): Found[] {
  if (actualStart === null || actualEnd === null) return []
  const found: Sentence[] = []
  const [start, end] = [Date.parse(actualStart), Date.parse(actualEnd)]
  const minutes = Math.round((end - start) / minuteMilliseconds)
  const [shortest, longest] = [count(checking, 'shortestMinutes'), count(checking, 'longestHours')]
  if (minutes < shortest) {
    found.push({ zh: `前后只有 ${minutes} 分钟，时间记对了吗？`, en: `It lasted ${minutes} minutes only: are the times right?` })
  }
  if (minutes > longest * 60) {
    const hours = Math.round(minutes / 60)
    found.push({ zh: `前后有 ${hours} 小时，时间记对了吗？`, en: `It lasted ${hours} hours: are the times right?` })
  }
  if (end > Date.parse(now)) {
    found.push({ zh: '结束时间还没有到，时间记对了吗？', en: 'The end has not come yet: are the times right?' })
  }
  const hour = hourOf(actualStart)
  if (hour >= count(checking, 'nightFromHour') || hour < count(checking, 'nightUntilHour')) {
    found.push({ zh: `记的是夜里 ${hour} 点开始，上午下午记反了吗？`, en: `It began at ${hour} o'clock at night: is that right?` })
  }
  const apart = Math.abs(start - Date.parse(plannedStart))
  if (apart > count(checking, 'planDifferenceHours') * hourMilliseconds) {
    found.push({
      zh: '开始的日子和通知的不是同一天，日期记对了吗？',
      en: 'It began on another day than the notice said: is the date right?',
    })
  }
  return found.map((sentence) => ({ about: 'TIMES' as const, sentence }))
}

function overlaps({ overlaps: others }: Elsewhere): Found[] {
  return others.map(({ title, heldOn, names }) => ({
    about: 'OVERLAP',
    sentence: {
      zh: `同一时间还记了“${title}”（${heldOn}），${names.join('、')}在两边都记为到会，请核对。`,
      en: `“${title}” (${heldOn}) is recorded for the same time, with ${names.join(', ')} at both.`,
    },
  }))
}

/** Letters and figures only: another space or full stop makes no other text. */
const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Runs of three characters. */
function runsOf(text: string): Set<string> {
  const runs = new Set<string>()
  for (let at = 0; at + 3 <= text.length; at += 1) runs.add(text.slice(at, at + 3))
  return runs
}

/** Do both texts share this part, in hundredths, of all their runs of three characters? */
function alike(one: ReadonlySet<string>, other: string, percent: number): boolean {
  const runs = runsOf(other)
  const [few, many] = one.size < runs.size ? [one, runs] : [runs, one]
  if (few.size * 100 < many.size * percent) return false
  let shared = 0
  for (const run of few) if (many.has(run)) shared += 1
  return shared * 100 >= (one.size + runs.size - shared) * percent
}

/** What was written, as one text: the minutes and what stands under each item and each speaker. */
export const textOf = ({ minutes, agenda, speeches }: Pick<RecordToCheck, 'minutes' | 'agenda' | 'speeches'>): string =>
  [minutes, ...agenda.map(({ note }) => note), ...speeches.map(({ gist }) => gist)].join('\n')

function sameText(record: RecordToCheck, { texts }: Elsewhere): Found[] {
  const own = bare(textOf(record))
  if (own.length < count(checking, 'shortestText')) return []
  const runs = runsOf(own)
  const percent = count(checking, 'alikePercent')
  const like = texts.find(({ text }) => alike(runs, bare(text), percent))
  if (like === undefined) return []
  const same = bare(like.text) === own
  return [
    {
      about: 'TEXT',
      sentence: {
        zh: `文字和“${like.title}”（${like.heldOn}）${same ? '一模一样' : '几乎一样'}，是不是照抄了上次的？`,
        en: `The text is ${same ? 'the same as' : 'almost the same as'} that of “${like.title}” (${like.heldOn}): was it copied?`,
      },
    },
  ]
}

function samePhotos({ photos }: Elsewhere): Found[] {
  return photos.map(({ name, title, heldOn }) => ({
    about: 'PHOTO',
    sentence: {
      zh: `附件“${name}”在“${title}”（${heldOn}）里用过，是不是放错了？`,
      en: `“${name}” stands in “${title}” (${heldOn}) already: is it the wrong one?`,
    },
  }))
}

/** What a record should say (MEET-RECORD), and whether it does. */
const said: Record<string, (record: RecordToCheck) => boolean> = {
  time: ({ actualStart, actualEnd }) => actualStart !== null && actualEnd !== null,
  place: ({ place }) => place.trim() !== '',
  host: ({ hostName, hostSigned }) => hostName !== '' && hostSigned,
  'absent+reason': ({ roster }) => roster.every(({ state }) => state !== 'EXPECTED' && state !== 'ABSENT'),
  agenda: ({ agenda }) => agenda.some(({ title }) => title.trim() !== ''),
  speechGist: ({ speeches, agenda }) => speeches.length > 0 || agenda.some(({ note }) => note.trim() !== ''),
}

const missing: Record<string, (record: RecordToCheck) => Sentence> = {
  time: () => ({ zh: '没有写起止时间。', en: 'Beginning and end are missing.' }),
  place: () => ({ zh: '没有写地点。', en: 'The place is missing.' }),
  host: ({ hostName }) => ({
    zh: hostName === '' ? '没有写主持人。' : `主持人${hostName}还没有签名。`,
    en: hostName === '' ? 'The host is missing.' : `The host, ${hostName}, has not signed yet.`,
  }),
  'absent+reason': ({ roster }) => {
    const names = roster.filter(({ state }) => state === 'EXPECTED' || state === 'ABSENT').map(({ name }) => name)
    return { zh: `${names.join('、')}没有到会，也没有写原因。`, en: `${names.join(', ')}: absent, and it is not said why.` }
  },
  agenda: () => ({ zh: '没有写议题。', en: 'There is no agenda.' }),
  speechGist: () => ({ zh: '没有写发言要点和不同意见。', en: 'Nothing is said of who spoke and what about.' }),
}

function parts(record: RecordToCheck): Found[] {
  const { fields } = rule('MEET-RECORD').params
  const source = cite('MEET-RECORD')
  return (fields as string[]).flatMap((field): Found[] => {
    const sentence = missing[field]?.(record)
    if (sentence === undefined || said[field]?.(record) === true) return []
    return [
      { about: 'PARTS', ruleId: 'MEET-RECORD', sentence: { zh: `${sentence.zh}（${source.zh}）`, en: `${sentence.en} (${source.en})` } },
    ]
  })
}

/** One item at least for each thing the gathering counts as. */
function lines({ segments, agenda }: RecordToCheck): Found[] {
  const items = agenda.filter(({ title, note }) => title.trim() !== '' || note.trim() !== '').length
  if (items >= segments.length || segments.length < 2) return []
  const [zh, en] = [segments.map((name) => name.zh).join('、'), segments.map((name) => name.en).join(', ')]
  return [
    {
      about: 'LINES',
      sentence: {
        zh: `合开了${zh}，议题却只有 ${items} 项：每一种活动各做了什么，请分别写明。`,
        en: `It counts as ${en}, but has ${items} agenda items: say what was done in each.`,
      },
    },
  ]
}

/** A record that has no end yet: when it was planned to end or after the usual time, but never in the future. @returns ISO 8601 */
export function proposedEnd(start: string, plannedEnd: string | null, now: string): string {
  const from = Date.parse(start)
  const planned = plannedEnd === null ? 0 : Date.parse(plannedEnd)
  const usual = planned > from ? planned : from + count(checking, 'usualMinutes') * minuteMilliseconds
  // What is written up within the minute in which it began has lasted that minute.
  return new Date(Math.max(Math.min(usual, Date.parse(now)), from + minuteMilliseconds)).toISOString()
}
