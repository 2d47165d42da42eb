/** A booklet of one page for the demo, with its text selectable. */
import { createRequire } from 'node:module'
import Paper from 'pdfkit'

export async function booklet(title: string, text: string): Promise<Buffer> {
  // Without a date of its own, so that the same demo is the same file.
  const paper = new Paper({ size: 'A5', margin: 40, info: { Title: title, CreationDate: new Date(0) } })
  const chunks: Buffer[] = []
  paper.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((done) => paper.on('end', () => done()))
  paper.font(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'))
  paper.fontSize(16).text(title, { align: 'center' }).moveDown(1)
  paper.fontSize(11).text(text.replaceAll('## ', ''), { lineGap: 4 })
  paper.end()
  await ended
  return Buffer.concat(chunks)
}
