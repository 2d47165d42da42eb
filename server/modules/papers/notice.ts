/** 会议通知. */
import { inChinese } from '#rules'
import { pointer, type Reader } from './proof.ts'
import { body, type Sheet } from './sheet.ts'
import { dateOf, type Gathering, kindsOf, modes, timeOf } from './words.ts'

/** Whom it is addressed to. */
function addressees({ segments, roster }: Gathering): string {
  const kinds = new Set(segments.map(({ kind }) => kind))
  if (kinds.has('COMMITTEE_MEETING')) return '各位委员：'
  if (kinds.has('GROUP_MEETING')) return '党小组全体党员：'
  return roster.some(({ capacity }) => capacity === 'OBSERVER' || capacity === 'LEADER') ? '全体党员、列席人员：' : '全体党员：'
}

const isMeeting = ({ segments }: Gathering) => segments.some(({ kind }) => kind.endsWith('MEETING'))

/** @param today the day it is dated with, `2026年11月5日` */
export function writeNotice(sheet: Sheet, gathering: Gathering, reader: Reader, today: string): void {
  const { plannedStart, place, mode, agenda, title } = gathering
  const verb = isMeeting(gathering) ? '召开' : '开展'
  const what = kindsOf(gathering)
  sheet.title(gathering.organisationName, `关于${verb}${what}的通知`)
  sheet.paragraph(addressees(gathering), undefined, 0)
  const when = `${dateOf(plannedStart)}${timeOf(plannedStart)}`
  sheet.paragraph(`定于${when}${place === '' ? '' : `在${place}`}${verb}${what}，请按时参加。现将有关事项通知如下。`)
  let n = 0
  const item = (name: string, text: string) => {
    n += 1
    sheet.paragraph([{ text: `${inChinese(n)}、${name}：`, bold: true }, { text }])
  }
  item('主题', title)
  item('时间', when)
  item('地点', place === '' ? '另行通知' : place)
  item('方式', modes[mode])
  if (agenda.length > 0) {
    item('议程', '')
    agenda.forEach(({ title: name, note }, i) => {
      sheet.paragraph(`${i + 1}. ${name}${note === '' ? '' : `。${note}`}`)
    })
  }
  // Who calls and on which day never stand alone on a page.
  sheet.keep(body.lead * 5)
  item('请假', '因故不能参加的，请会前在手机上请假，或告知支部书记、组织委员。')
  sheet.gap(body.lead)
  sheet.right(gathering.organisationName)
  sheet.right(today)
  pointer(sheet, gathering, reader)
}
