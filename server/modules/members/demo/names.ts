/** Names of invented people, by people (民族, GB/T 3304), and which peoples live where. */
import type { Dice } from '../dice.ts'
import type { Gender } from './sketch.ts'

const split = (lists: Record<string, string>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(lists).map(([code, characters]) => [code, Array.from(characters)]))

/** Surnames by code of the people. Every character has one reading, so that pinyin is never a guess. */
const surnames = split({
  '01': '王李张刘陈杨赵黄周吴徐孙马胡林郭何高罗郑梁谢宋唐许邓冯韩彭肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈卢姜崔钟谭陆范汪廖石金韦贾夏付方白邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤',
  '03': '马撒虎赛丁金沙苏白闪',
  '06': '陶熊杨王马项李古侯吴罗',
  '07': '普李罗杨鲁毕龙张王起钱自杞',
  '08': '韦陆农黄梁卢',
  '13': '盘邓李赵蒋黄冯',
  '14': '段杨赵董张尹何苏',
  '16': '李白普马龙陈车罗朱高',
  '18': '刀陶罗白李王',
  '24': '李张罗扎石',
  '34': '罗陈刀龙李',
})

const given = split({
  '1': '国建志文明永德福金成光家万玉荣华伟军平云龙海林春生新民忠义祥贵富强勇斌涛辉波良才学礼开绍兆廷世培启嘉宏振立跃东南庆友全绍兴保山松柏',
  '2': '秀英兰芬丽琼红梅艳玲燕芳萍珍翠美莲仙凤桂玉春菊慧敏静娟霞雪晓云香丹婷蓉琴素淑明惠莉彩',
})

/** Second half of the names that begin with 阿 among Hani and Yi. */
const afterA = ['者', '嘎', '鲁', '波', '沙', '木', '批', '黑', '龙', '努', '略', '收']

/** Which peoples live in a county, in hundredths; everywhere else mostly Han. */
const peoplesOf: Readonly<Record<string, readonly (readonly [code: string, share: number])[]>> = {
  '532530': [
    ['06', 27],
    ['16', 25],
    ['13', 15],
    ['07', 12],
    ['01', 11],
    ['18', 5],
    ['08', 3],
    ['24', 1],
    ['34', 1],
  ],
  '530602': [
    ['01', 80],
    ['03', 8],
    ['07', 7],
    ['06', 5],
  ],
  '530112': [
    ['01', 82],
    ['07', 10],
    ['14', 5],
    ['06', 3],
  ],
  '532301': [
    ['01', 74],
    ['07', 22],
    ['14', 2],
    ['06', 2],
  ],
}
const elsewhere = [
  ['01', 66],
  ['07', 14],
  ['14', 7],
  ['16', 6],
  ['18', 4],
  ['08', 3],
] as const

export function peopleIn(county: string, dice: Dice): string {
  let left = dice.below(100)
  for (const [code, share] of peoplesOf[county] ?? elsewhere) {
    left -= share
    if (left < 0) return code
  }
  return '01'
}

/** A name as that people gives it. */
export function nameOf(ethnicity: string, gender: Gender, dice: Dice): string {
  const surname = dice.of(surnames[ethnicity] ?? [])
  if (gender === '1' && (ethnicity === '16' || ethnicity === '07') && dice.permille(160)) return `${surname}阿${dice.of(afterA)}`
  const characters = given[gender] ?? []
  const first = dice.of(characters)
  return dice.permille(120) ? `${surname}${first}` : `${surname}${first}${dice.of(characters)}`
}
