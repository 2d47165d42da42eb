/** Names of places as people say them, and how they are spelt. */
import { pinyin } from 'pinyin-pro'

const peoples = '蒙古|回|藏|苗|彝|壮|布依|满|侗|瑶|白|哈尼|傣|傈僳|佤|拉祜|水|纳西|景颇|阿昌|普米|怒|德昂|独龙|基诺|布朗'
const autonomous = new RegExp(`^(.+?)(?:(?:${peoples})族)+(?:自治)?(州|县|乡)$`)

/** Kinds of residents' and villagers' committees, longest first, and what people call the place itself. */
const committees: readonly [ending: RegExp, place: string][] = [
  [/社区(?:居民委员会|居委会|村民委员会|村委会)$/, '社区'],
  [/(?:居民委员会|居委会)$/, '社区'],
  [/村?(?:村民委员会|村委会)$/, '村'],
]

/**
 * The everyday name of an area: 金平苗族瑶族傣族自治县 → 金平县, 红河哈尼族彝族自治州 → 红河州, 金水河村民委员会 → 金水河村.
 * Other names stay as they are.
 */
export function shortName(name: string): string {
  const parts = autonomous.exec(name)
  if (parts !== null) return `${parts[1]}${parts[2]}`
  for (const [ending, place] of committees) {
    const stem = name.replace(ending, '')
    if (stem !== name && stem !== '') return stem.endsWith('村') && place === '社区' ? stem : `${stem}${place}`
  }
  return name
}

/** Pinyin without tones and spaces, and the first letters, both lower case: 金平 → jinping, jp. */
export function spell(name: string): { pinyin: string; initials: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((s) =>
    s.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
  )
  return { pinyin: syllables.join(''), initials: syllables.map((s) => s.slice(0, 1)).join('') }
}
