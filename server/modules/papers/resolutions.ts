/** 决议摘录: what was decided, for whoever has to carry it out, without what was said. */
import { inChinese } from '#rules'
import { proof, type Reader } from './proof.ts'
import { note, type Sheet } from './sheet.ts'
import { voteInWords } from './votes.ts'
import { dateOf, type Gathering, kindsOf, tight } from './words.ts'

export function writeResolutions(sheet: Sheet, gathering: Gathering, reader: Reader): void {
  const { organisationName, resolutions, actualStart, plannedStart, place, hostName, verdicts } = gathering
  sheet.title(organisationName, `${kindsOf(gathering)}决议（摘录）`)
  const first = verdicts[0]
  const heads =
    first === undefined ? '' : `应到会有表决权党员${first.eligible}人，实到${first.present}人，${first.valid ? '符合' : '未达到'}到会要求。`
  sheet.paragraph(
    `${dateOf(actualStart ?? plannedStart)}，${organisationName}${place === '' ? '' : `在${place}`}召开${kindsOf(gathering)}。${heads}` +
      `${hostName === '' ? '' : `会议由${hostName}主持。`}会议${resolutions.length > 1 ? '逐项' : ''}表决，结果如下。`,
  )
  resolutions.forEach((vote, i) => {
    sheet.heading(`${inChinese(i + 1)}、${vote.title}`)
    sheet.paragraph(voteInWords(vote))
    sheet.paragraph(`依据：${tight(vote.sentence.zh)}`, note, 32)
  })
  sheet.gap(14)
  sheet.paragraph('本摘录出自会议记录，与原记录一致。')
  sheet.signatures(['支部书记', '记录人'], { size: 16, lead: 29 })
  sheet.gap(14)
  sheet.right(`${organisationName}（盖章）`)
  sheet.right('年　　月　　日')
  proof(sheet, gathering, reader)
}
