/** 流动党员活动证 on A4, and the letters that take its place or follow it. */
import type { printCopy } from '#floating'
import { maskName, qrLevel } from '#pass'
import type { Node } from '#platform'
import { citationOf } from '#rules'
import { fonts } from './fonts.ts'
import { body, centred, note, Sheet, small } from './sheet.ts'
import { dayInWords } from './words.ts'

type Printed = Awaited<ReturnType<typeof printCopy>>

/** A code that a scanner reads at arm's length. */
const codeSide = 196

export async function writePass(
  { copy, registration, pass }: Printed,
  { home, issuer, origin }: { home: string; issuer: string; origin: string },
  now: Date,
  today: string,
) {
  const sheet = new Sheet(await fonts(), { title: '流动党员活动证', foot: `${home}　流动党员活动证`, at: now })
  sheet.title('流动党员活动证')
  sheet.table(
    [110, 338],
    [
      [centred('姓名', true), { text: registration.name }],
      [centred('所在党支部', true), { text: home }],
      [centred('发证党组织', true), { text: issuer }],
      [centred('有效期', true), { text: `至${dayInWords(pass.validUntil)}` }],
      [centred('外出地点', true), { text: [registration.place, registration.unit].filter((part) => part !== '').join('，') }],
    ],
  )
  sheet.gap(16)
  sheet.code(copy.text, qrLevel(copy.text), codeSide)
  sheet.gap(6)
  sheet.centred(`二维码里只有“${maskName(registration.name)}”和支部名称，没有身份证号和电话。`, note)
  sheet.gap(10)
  sheet.paragraph('请持本证到流入地党组织报到，参加那里的组织生活；不在流入地表决、选举。党费交给组织关系所在支部。', small)
  sheet.paragraph('核验时请同时看本人身份证件。返回后交验；遗失请立即告诉支部。', small)
  sheet.gap(8)
  sheet.paragraph(`核验办法：任何一部手机打开 ${origin}/verify，扫上面的码，没有网络也能核验。依据：${citationOf('FLOW-PASS')}`, note, 0)
  sheet.gap(14)
  sheet.right(`${issuer}　${dayInWords(today)}`, small)
  return sheet.finish(1)
}

interface LetterOf {
  kind: 'CERTIFICATE' | 'TRANSFER'
  name: string
  home: Node
  place: string
  from: string
  until: string | null
}

/** 党员证明信 or 党员组织关系介绍信, to be numbered, signed and sealed by hand. */
export async function writeLetter({ kind, name, home, place, from, until }: LetterOf, now: Date, today: string): Promise<Buffer> {
  const title = kind === 'CERTIFICATE' ? '党员证明信' : '党员组织关系介绍信'
  const sheet = new Sheet(await fonts(), { title, foot: `${home.name}　${title}`, at: now })
  sheet.title(title)
  sheet.right('第　　　号', small)
  sheet.gap(10)
  sheet.paragraph('　　　　　　　　党组织：', undefined, 0)
  sheet.paragraph(
    kind === 'CERTIFICATE'
      ? `${name}同志是中国共产党党员，组织关系在${home.name}。因${place === '' ? '外出' : `到${place}`}，自${dayInWords(from)}起外出${until === null ? '' : `，预计${dayInWords(until)}返回`}，请准予参加组织生活。`
      : `${name}同志是中国共产党党员，组织关系在${home.name}，现到${place === '' ? '你处' : place}工作、生活，请接转其组织关系。党费已交至　　年　　月。`,
  )
  sheet.paragraph(kind === 'CERTIFICATE' ? '本信有效期　　天。' : '本介绍信有效期　　天。')
  sheet.gap(body.lead)
  sheet.right(home.name)
  sheet.right(`（盖章）${dayInWords(today)}`)
  sheet.gap(20)
  sheet.paragraph(`依据：${citationOf(kind === 'CERTIFICATE' ? 'FLOW-CERTIFICATE' : 'FLOW-TRANSFER')}`, note, 0)
  return sheet.finish(1)
}
