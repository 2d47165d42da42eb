/** The catalogue itself, and how a rule is cited. */
import { describe, expect, test } from 'vitest'
import catalogue from './rules.json' with { type: 'json' }
import { citationOf, cite, inChinese } from './cite.ts'
import { findRule, rule, versionOf } from './rule.ts'

describe('the catalogue', () => {
  test('has each rule once', () => {
    expect(catalogue.rules).toHaveLength(catalogue.count)
    expect(new Set(catalogue.rules.map(({ id }) => id)).size).toBe(catalogue.count)
  })

  test('refuses an id that is not there', () => {
    expect(findRule('MEET-NOTHING')).toBeUndefined()
    expect(() => rule('MEET-NOTHING')).toThrow('no rule MEET-NOTHING')
  })

  test('gives every rule a version, the same each time and another one for another wording', () => {
    const versions = catalogue.rules.map(({ id }) => versionOf(id))
    expect(versions).toEqual(catalogue.rules.map(({ id }) => versionOf(id)))
    expect(versionOf('MEET-GENERAL')).not.toBe(versionOf('MEET-COMMITTEE'))
  })
})

describe('a citation', () => {
  test('names article or chapter where they are verified', () => {
    expect(cite('MEET-GENERAL')).toEqual({
      zh: '《中国共产党支部工作条例（试行）》第十一条',
      en: '《中国共产党支部工作条例（试行）》 Art. 11',
    })
    expect(citationOf('ORG-COMMITTEE-MIN')).toBe('《中国共产党支部工作条例（试行）》第六章')
    expect(citationOf('MEM-DISCIPLINE')).toBe('《中国共产党纪律处分条例》第八条、第十条')
    expect(citationOf('SVC-PROMISE')).toBe('《安阳市政务服务条例》第二十五条至第二十九条')
    expect(citationOf('MEM-JOIN-DATE')).toBe('《中国共产党党员教育管理工作条例》第二十四条、《中国共产党发展党员工作细则》')
  })

  test('leaves the article out where it is not verified', () => {
    expect(citationOf('ELEC-QUORUM')).toBe('《中国共产党基层组织选举工作条例》')
    expect(citationOf('MEET-GROUP')).toBe('《中国共产党支部工作条例（试行）》')
    expect(citationOf('LIFE-ORG-MEETING')).toBe('《中国共产党支部工作条例（试行）》')
  })

  test('puts no title brackets around what is no document', () => {
    expect(citationOf('MEET-LATE-ENTRY')).toBe('本平台规则')
    expect(citationOf('ORG-TERM-BRANCH')).toBe('党的基层组织任期规定')
    expect(citationOf('ELEC-EXCLUSION')).toBe('中组部解释')
  })

  test('writes numbers as the regulations do', () => {
    expect([0, 7, 10, 11, 20, 82, 100, 101, 110, 121].map(inChinese)).toEqual([
      '零',
      '七',
      '十',
      '十一',
      '二十',
      '八十二',
      '一百',
      '一百零一',
      '一百一十',
      '一百二十一',
    ])
  })
})
