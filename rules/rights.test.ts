/** The rights table: who counts in the denominator of a vote. */
import { describe, expect, test } from 'vitest'
import { rightsOf, type Standing } from './rights.ts'

const asOf = '2026-03-31'
const full: Standing = { stage: 'FULL', membership: 'NORMAL', rightsSuspendedUntil: null, asOf }

describe('who counts', () => {
  test.each<{ who: string; standing: Standing; where: 'HOME' | 'HOST'; attends: boolean; counts: boolean; because: string }>([
    { who: 'a full member', standing: full, where: 'HOME', attends: true, counts: true, because: '正式党员' },
    {
      who: 'a member on probation',
      standing: { ...full, stage: 'PROBATIONARY' },
      where: 'HOME',
      attends: true,
      counts: false,
      because: '预备党员',
    },
    { who: 'a floating member at the host', standing: full, where: 'HOST', attends: true, counts: false, because: '流入党员' },
    {
      who: 'a suspended member on the last day',
      standing: { ...full, rightsSuspendedUntil: asOf },
      where: 'HOME',
      attends: true,
      counts: false,
      because: '党员权利中止至2026-03-31',
    },
    {
      who: 'a member whose suspension ended',
      standing: { ...full, rightsSuspendedUntil: '2026-03-30' },
      where: 'HOME',
      attends: true,
      counts: true,
      because: '正式党员',
    },
    {
      who: 'a member whose membership is stopped',
      standing: { ...full, membership: 'SUSPENDED' },
      where: 'HOME',
      attends: false,
      counts: false,
      because: '停止党籍',
    },
    {
      who: 'a former member',
      standing: { ...full, stage: 'FORMER', membership: 'TERMINATED' },
      where: 'HOME',
      attends: false,
      counts: false,
      because: '不是党员',
    },
    {
      who: 'an activist',
      standing: { ...full, stage: 'ACTIVIST', membership: 'NONE' },
      where: 'HOME',
      attends: false,
      counts: false,
      because: '可以列席',
    },
  ])('$who', ({ standing, where, attends, counts, because }) => {
    const rights = rightsOf(standing, where)
    expect(rights).toMatchObject({ attends, counts, votes: counts, canBeElected: counts })
    expect(rights.sentence.zh).toContain(because)
    expect(rights.sentence.zh).toContain('《中国共产党基层组织选举工作条例》第五条')
  })
})
