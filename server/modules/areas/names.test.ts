import { expect, test } from 'vitest'
import { shortName, spell } from './names.ts'

test.each([
  ['金平苗族瑶族傣族自治县', '金平县'],
  ['红河哈尼族彝族自治州', '红河州'],
  ['西双版纳傣族自治州', '西双版纳州'],
  ['镇沅彝族哈尼族拉祜族自治县', '镇沅县'],
  ['军赛佤族拉祜族傈僳族德昂族乡', '军赛乡'],
  ['期路白苗族乡', '期路白乡'],
  ['兴蒙蒙古族乡', '兴蒙乡'],
  ['布朗山布朗族乡', '布朗山乡'],
  ['金水河村民委员会', '金水河村'],
  ['新村村民委员会', '新村'],
  ['彝人古镇社区居民委员会', '彝人古镇社区'],
  ['下关居委会', '下关社区'],
  ['伉偭社区村民委员会', '伉偭社区'],
  ['西山区', '西山区'],
  ['昆明市', '昆明市'],
])('%s is called %s', (name, short) => {
  expect(shortName(name)).toBe(short)
})

test('names are spelt without tones and spaces', () => {
  expect(spell('金平县')).toEqual({ pinyin: 'jinpingxian', initials: 'jpx' })
  expect(spell('绿春')).toEqual({ pinyin: 'lvchun', initials: 'lc' })
  expect(spell('第1党支部')).toEqual({ pinyin: 'di1dangzhibu', initials: 'd1dzb' })
})
