/** A member's own ledger on A4, with the Chinese font inside, so that its text can be selected. */
import { createRequire } from 'node:module'
import Paper from 'pdfkit'
import type { z } from 'zod'
import type { Ledger } from '#contract/study'
import { inHours, tenthsOf } from '#rules'

const font = (weight: string) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`)

/** Columns in points, from the left margin: 日期, 活动与内容, 学时. */
const columns = { day: 0, what: 80, hours: 420 }
const width = 483
const margin = 56
const foot = 780

/** @param name whose ledger it is @param branch where they belong @param madeOn the day it is drawn */
export async function ledgerPaper(
  { year, learning, items }: z.output<typeof Ledger>,
  { name, branch, madeOn }: { name: string; branch: string; madeOn: string },
): Promise<Buffer> {
  const paper = new Paper({
    size: 'A4',
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    info: { Title: `${name} ${year}年学习台账` },
  })
  const chunks: Buffer[] = []
  paper.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((done) => paper.on('end', () => done()))
  paper.registerFont('text', font('400Regular')).registerFont('strong', font('600SemiBold'))
  paper.font('strong').fontSize(18).text(`${year}年党员学习台账`, { align: 'center' }).moveDown(0.6)
  paper.font('text').fontSize(11).text(`${name}　${branch}`, { align: 'center' }).moveDown(1)
  paper.text(learning.sentence.zh, { lineGap: 3 }).moveDown(1)
  row(paper, ['日期', '活动与学习内容', '学时'], 'strong')
  for (const item of items) {
    const what = item.studied.length === 0 ? item.title : `${item.title}：${item.studied.join('、')}`
    row(paper, [item.heldOn, item.training ? `${what}（集中培训）` : what, inHours(tenthsOf(item.minutes))], 'text')
  }
  if (items.length === 0) paper.text('这一年还没有记入的集体学习。')
  paper.moveDown(1.5).fontSize(9).text(`由已确认的会议记录自动生成，只计集体学习和集中培训；自学不记、不报。${madeOn}`, margin)
  paper.end()
  await ended
  return Buffer.concat(chunks)
}

function row(paper: PDFKit.PDFDocument, [day, what, hours]: readonly [string, string, string], weight: 'text' | 'strong'): void {
  paper.font(weight).fontSize(10.5)
  const whatWidth = columns.hours - columns.what - 12
  const height = Math.max(paper.heightOfString(what, { width: whatWidth }), 16) + 8
  if (paper.y + height > foot) paper.addPage()
  const top = paper.y
  paper.text(day, margin + columns.day, top + 4)
  paper.text(what, margin + columns.what, top + 4, { width: whatWidth })
  paper.text(hours, margin + columns.hours, top + 4, { width: width - columns.hours, align: 'right' })
  const bottom = top + height
  paper
    .moveTo(margin, bottom)
    .lineTo(margin + width, bottom)
    .lineWidth(0.5)
    .strokeColor('#999999')
    .stroke()
  paper.x = margin
  paper.y = bottom
}
