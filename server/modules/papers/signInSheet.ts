/** 签到表: names to sign beside. What is already known (leave, signed in on the phone) stands in it, so that nobody is asked twice. */
import { pointer, type Reader } from './proof.ts'
import { centred, type Sheet } from './sheet.ts'
import { capacities, type Gathering, kindsOf, leaveReasons, spanOf } from './words.ts'

const rowHeight = 30
/** Empty lines for those who come without being expected, as far as the page has room. */
const mostSpareRows = 3

function known(row: Gathering['roster'][number], reader: Reader): string {
  switch (row.state) {
    case 'PRESENT_ONLINE':
      return '线上参加'
    case 'PRESENT_ONSITE':
      return row.confirmedBy === 'SELF' ? '已扫码签到' : ''
    case 'LEAVE':
      return row.leaveReason !== null && reader.tellsReasons ? `请假（${leaveReasons[row.leaveReason]}）` : '请假'
    case 'EXCUSED_LONG_TERM':
      return '长期免到'
    case 'ABSENT':
      return '缺席'
    case 'EXPECTED':
      return ''
  }
}

export function writeSignInSheet(sheet: Sheet, gathering: Gathering, reader: Reader): void {
  const { roster, plannedStart, actualStart, actualEnd, plannedEnd } = gathering
  sheet.title(gathering.organisationName, `${kindsOf(gathering)}签到表`)
  sheet.table(
    [70, 154, 70, 154],
    [
      [centred('名称', true), { text: gathering.title }],
      [centred('时间', true), { text: spanOf(actualStart ?? plannedStart, actualStart === null ? plannedEnd : actualEnd) }],
      [
        centred('地点', true),
        { text: gathering.place },
        centred('应到', true),
        { text: `${roster.filter((row) => row.expected).length}人` },
      ],
      [centred('主持人', true), { text: gathering.hostName }, centred('记录人', true), { text: gathering.recorderName }],
    ],
  )
  sheet.gap(12)
  const columns = [44, 92, 84, 138, 90]
  sheet.table(
    columns,
    roster.map((row, i) => [
      centred(`${i + 1}`),
      centred(row.name),
      centred(capacities[row.capacity]),
      centred(''),
      centred(known(row, reader)),
    ]),
    { head: ['序号', '姓名', '身份', '签名', '备注'].map((text) => centred(text, true)), height: rowHeight },
  )
  const spare = Math.min(mostSpareRows, Math.floor(sheet.room / rowHeight))
  const empty = columns.map(() => centred(''))
  sheet.table(
    columns,
    Array.from({ length: spare }, () => empty),
    { height: rowHeight },
  )
  pointer(sheet, gathering, reader)
}
