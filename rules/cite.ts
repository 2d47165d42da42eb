/** How a rule is cited: the document, and the article only where it has been verified. */
import { rule, type Sentence } from './rule.ts'

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 11 → 十一. From 0 to 999. */
export function inChinese(n: number): string {
  const ones = n % 10 === 0 && n > 0 ? '' : (digits[n % 10] ?? '')
  if (n < 10) return ones
  if (n < 20) return `十${ones}`
  if (n < 100) return `${digits[Math.trunc(n / 10)]}十${ones}`
  const rest = n % 100
  const tail = rest === 0 ? '' : rest < 10 ? `零${ones}` : `${digits[Math.trunc(rest / 10)]}十${ones}`
  return `${digits[Math.trunc(n / 100)]}百${tail}`
}

/** Where in the document: 第十一条 / Art. 11, 第二章 / ch. 2; empty when it is not verified or not understood. */
function place(id: string): Sentence {
  const { article, confidence } = rule(id)
  if (article === null || confidence === 'knowledge') return { zh: '', en: '' }
  const chapter = /^ch\.(\d+)$/.exec(article)?.[1]
  if (chapter !== undefined) return { zh: `第${inChinese(Number(chapter))}章`, en: ` ch. ${chapter}` }
  const range = /^(\d+)-(\d+)$/.exec(article)
  if (range !== null) {
    return { zh: `第${inChinese(Number(range[1]))}条至第${inChinese(Number(range[2]))}条`, en: ` Art. ${range[1]}–${range[2]}` }
  }
  if (!/^\d+(,\d+)*$/.test(article)) return { zh: '', en: '' }
  const numbers = article.split(',')
  return { zh: numbers.map((n) => `第${inChinese(Number(n))}条`).join('、'), en: ` Art. ${numbers.join(', ')}` }
}

/** Documents carry a year or a number in brackets, or are called 法, 章程 or 条例; anything else is a description and gets no 《》. */
function title(source: string): string {
  if (source === 'product') return '本平台规则'
  const dated = /^(.+?)\([^()]*\d{3,}[^()]*\)$/.exec(source)?.[1]
  if (dated !== undefined) return `《${dated}》`
  return /(法|章程|条例)$/.test(source) ? `《${source}》` : source
}

/** 《中国共产党支部工作条例（试行）》第十一条, in both languages. */
export function cite(id: string): Sentence {
  const known = cited.get(id)
  if (known !== undefined) return known
  const { source } = rule(id)
  const [first = '', ...others] = source.split(/(?<=\))\//)
  const { zh, en } = place(id)
  const also = others.map((other) => `、${title(other)}`).join('')
  const citation = {
    zh: `${title(first)}${zh}${also}`,
    en: source === 'product' ? 'rule of this platform' : `${title(first)}${en}${also}`,
  }
  cited.set(id, citation)
  return citation
}

/** A rule is cited thousands of times and is always the same. */
const cited = new Map<string, Sentence>()

/** The citation in Chinese, as the contract shows it. */
export const citationOf = (id: string): string => cite(id).zh
