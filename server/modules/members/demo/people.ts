/** The invented members of one branch. Nobody of them can exist: identity numbers say 1900, telephone numbers begin with 100. */
import type { z } from 'zod'
import type { MemberInput } from '#contract/members'
import { demoId } from '#organisations'
import { addDays, addYears, checkCharacter, rule } from '#rules'
import { Dice } from '../dice.ts'
import { borderVillage, borderVillageName, floating } from './known.ts'
import { nameOf, peopleIn } from './names.ts'
import type { Gender, Sketch } from './sketch.ts'

export interface DemoMember extends Omit<z.output<typeof MemberInput>, 'groupId' | 'version' | 'landline'> {
  id: string
  rightsSuspendedUntil: string | null
  /** The day from which the member belongs to the branch. */
  since: string
}

export interface DemoBranch {
  id: string
  name: string
  county: string
  establishedOn: string
}

/** From so many full members on a branch has a committee. */
const committeeFrom = () => Number(rule('ORG-COMMITTEE-MIN').params['min'])

type Work = 'village' | 'community' | 'highway' | 'away'

const works: Readonly<Record<Work, readonly string[]>> = {
  village: [
    '务农',
    '务农',
    '务农',
    '护林员',
    '村医',
    '养殖户',
    '橡胶种植',
    '茶叶种植',
    '村民小组长',
    '退役军人',
    '乡村教师',
    '村委会委员',
    '务工',
  ],
  community: ['社区工作者', '网格员', '个体经营', '教师', '物业服务', '企业职工', '医护人员', '楼栋长'],
  highway: ['养路工', '养路工', '工程师', '路政服务', '桥隧养护', '机械操作', '办公室', '财务'],
  away: ['建筑', '物流', '餐饮', '装修', '家政服务'],
}

/** 小学, 初中, 高中, 中专, 大专, 本科, 研究生 (GB/T 4658). */
const schooling: Readonly<Record<Work, readonly string[]>> = {
  village: ['81', '71', '71', '71', '61', '61', '41', '31', '21'],
  community: ['71', '61', '41', '31', '31', '21', '21', '14'],
  highway: ['61', '41', '31', '31', '21', '21', '14'],
  away: ['71', '61', '41'],
}

const workIn = (name: string): Work =>
  name.includes('公路') ? 'highway' : name.includes('流动') ? 'away' : name.includes('村') ? 'village' : 'community'

/** How many belong to the branch: a few far too small or too large, so that thresholds warn. */
function sizeOf(dice: Dice): number {
  const throwOf = dice.below(1000)
  if (throwOf < 12) return 2
  if (throwOf < 90) return 3 + dice.below(4)
  if (throwOf < 105) return 51 + dice.below(8)
  return 9 + dice.below(22)
}

/** The `n`-th number of the demo: the region of the whole province, born in 1900, with its right check character. */
export function impossibleNumber(n: number, gender: Gender): string {
  const day = addDays('1900-01-02', n % 364).replaceAll('-', '')
  const digits = `530000${day}${String(100 + 2 * Math.floor(n / 364) + (gender === '1' ? 1 : 0)).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

/** The members of a branch, those with seats first. `numberFrom` counts the members of the whole demo, so that no number comes twice. */
export function membersOf(branch: DemoBranch, numberFrom: number, today: string): DemoMember[] {
  if (branch.name === borderVillageName) return borderVillage.map((known, n) => finish(branch, n, numberFrom, today, known))
  const dice = new Dice(branch.id)
  const size = branch.name.includes('流动') ? 5 : sizeOf(dice)
  const people = Array.from({ length: size }, (_, n) => invent(branch, n, size, dice, today))
  const guest = floating.branch === branch.name ? [floating.member] : []
  return [...people, ...guest].map((person, n) => finish(branch, n, numberFrom, today, person))
}

const twoDigits = (n: number) => String(n).padStart(2, '0')

function invent(branch: DemoBranch, n: number, size: number, dice: Dice, today: string): Sketch {
  const work = workIn(branch.name)
  const gender: Gender = dice.permille(640) ? '1' : '2'
  const ethnicity = peopleIn(branch.county, dice)
  const leads = n < committeeFrom()
  const year = Number(today.slice(0, 4))
  const age = leads ? 30 + dice.below(28) : 22 + dice.below(work === 'highway' ? 40 : 58)
  const bornOn = `${year - age - 1}-${twoDigits(1 + dice.below(12))}-${twoDigits(1 + dice.below(28))}`
  const joinedAt = Math.min(age - 1, 19 + dice.below(18))
  const sketch: Sketch = {
    name: nameOf(ethnicity, gender, dice),
    gender,
    ethnicity,
    bornOn,
    work: age < 60 ? dice.of(works[work]) : work === 'village' ? '务农' : '退休',
    education: dice.of(schooling[work]),
    joinedOn: `${year - age - 1 + joinedAt}-${dice.of(['05', '06', '07', '11', '12'])}-${twoDigits(1 + dice.below(28))}`,
  }
  if (leads) return sketch
  const isLast = n === size - 1
  if (isLast && dice.permille(330)) return { ...sketch, ...newcomer(dice, today, year) }
  if (isLast && dice.permille(180)) return { ...sketch, ...newcomer(dice, today, year), stage: 'ACTIVIST' }
  return { ...sketch, ...whereabouts(dice, today) }
}

/** Admitted within the last year, and young. */
function newcomer(dice: Dice, today: string, year: number): Pick<Sketch, 'stage' | 'joinedOn' | 'bornOn'> {
  return {
    stage: 'PROBATIONARY',
    joinedOn: addDays(today, -20 - dice.below(320)),
    bornOn: `${year - 22 - dice.below(12)}-03-${twoDigits(1 + dice.below(28))}`,
  }
}

/** A few work away, fewer have been lost sight of, very few have no vote for a time. */
function whereabouts(dice: Dice, today: string): Partial<Sketch> {
  const throwOf = dice.below(1000)
  if (throwOf < 70)
    return {
      mobility: 'FLOW_OUT',
      flowDestination: dice.of(['昆明市官渡区', '昆明市西山区', '广东省东莞市', '浙江省义乌市', '玉溪市红塔区', '广东省深圳市']),
    }
  if (throwOf < 72) return { mobility: 'ABROAD' }
  if (throwOf < 75) return { lostContactSince: addDays(today, -40 - dice.below(100)) }
  if (throwOf < 77) return { lostContactSince: addDays(today, -400 - dice.below(200)), membership: 'SUSPENDED' }
  if (throwOf < 79) return { rightsSuspendedUntil: addDays(today, 30 + dice.below(300)) }
  return {}
}

function finish(branch: DemoBranch, n: number, numberFrom: number, today: string, sketch: Sketch): DemoMember {
  const stage = sketch.stage ?? 'FULL'
  const number = numberFrom + n
  const isMember = stage !== 'ACTIVIST'
  const fullMemberOn = stage === 'FULL' ? addYears(sketch.joinedOn, 1) : null
  const lostContactSince = sketch.lostContactSince ?? null
  return {
    id: demoId('member', branch.id, String(n)),
    name: sketch.name,
    gender: sketch.gender,
    identityNumber: impossibleNumber(number, sketch.gender),
    ethnicity: sketch.ethnicity,
    bornOn: sketch.bornOn,
    education: sketch.education,
    stage,
    joinedOn: isMember ? sketch.joinedOn : null,
    fullMemberOn: fullMemberOn !== null && fullMemberOn > today ? today : fullMemberOn,
    work: sketch.work,
    phone: sketch.phone ?? `100${String(number).padStart(8, '0')}`,
    address: `${branch.name.replace(/(第[一二三四五六])?党(支部|总支)$/, '')}${1 + ((number * 7) % 180)}号`,
    membership: sketch.membership ?? (isMember ? 'NORMAL' : 'NONE'),
    contact: lostContactSince === null ? 'IN_CONTACT' : 'LOST_CONTACT',
    lostContactSince,
    mobility: sketch.mobility ?? 'RESIDENT',
    flowDestination: sketch.flowDestination ?? '',
    rightsSuspendedUntil: sketch.rightsSuspendedUntil ?? null,
    since: isMember && sketch.joinedOn > branch.establishedOn ? sketch.joinedOn : isMember ? branch.establishedOn : addDays(today, -60),
  }
}
