/** 会议记录: time, place, host, recorder, who came and who did not, item by item what was said and decided (domain.md §2.2). */
import { inChinese } from '#rules'
import { proof, type Reader } from './proof.ts'
import { type Cell, centred, type Sheet, small } from './sheet.ts'
import { voteInWords } from './votes.ts'
import { amended, dateOf, dayOfMoment, type Gathering, isSettled, kindsOf, leaveReasons, modes, spanOf, tight, timeOf } from './words.ts'

const label = (text: string): Cell => centred(text, true)

type Row = Gathering['roster'][number]

/** 李阿普、罗志明（线上）. */
const named = (rows: readonly Row[], add: (row: Row) => string = () => '') => rows.map((row) => `${row.name}${add(row)}`).join('、')

function absence({ state, leaveReason }: Row, { tellsReasons }: Reader): string {
  if (state === 'LEAVE') return leaveReason !== null && tellsReasons ? `（请假：${leaveReasons[leaveReason]}）` : '（请假）'
  return state === 'EXCUSED_LONG_TERM' ? '（长期免到）' : '（缺席）'
}

function attendance(gathering: Gathering, reader: Reader): Cell[][] {
  const { roster } = gathering
  const isPresent = (row: Row) => row.state.startsWith('PRESENT')
  const expected = roster.filter((row) => row.expected)
  const present = expected.filter(isPresent)
  const online = present.filter((row) => row.state === 'PRESENT_ONLINE').length
  const voting = expected.filter((row) => row.hasVote).length
  const others = roster.filter((row) => !row.expected && isPresent(row))
  const absent = expected.filter((row) => !isPresent(row))
  return [
    [
      label('应到'),
      { text: `${expected.length}人（有表决权${voting}人）` },
      label('实到'),
      { text: `${present.length}人${online > 0 ? `（线上${online}人）` : ''}` },
    ],
    [label('到会人员'), { text: named(present, (row) => (row.state === 'PRESENT_ONLINE' ? '（线上）' : '')) }],
    ...(others.length === 0 ? [] : [[label('列席人员'), { text: named(others) }]]),
    [label('缺席人员'), { text: absent.length === 0 ? '无' : named(absent, (row) => absence(row, reader)) }],
    ...gathering.verdicts.map((verdict) => [label('到会要求'), { text: tight(verdict.sentence.zh) }]),
  ]
}

function facts(gathering: Gathering, reader: Reader): Cell[][] {
  const { plannedStart, actualStart, plannedEnd, actualEnd } = gathering
  return [
    [label('名称'), { text: gathering.title }],
    [label('时间'), { text: spanOf(actualStart ?? plannedStart, actualStart === null ? plannedEnd : actualEnd) }],
    [label('地点'), { text: gathering.place }, label('方式'), { text: modes[gathering.mode] }],
    [label('主持人'), { text: gathering.hostName }, label('记录人'), { text: gathering.recorderName }],
    ...attendance(gathering, reader),
  ]
}

/** What was said, by whom; a proposal is called one. */
function speeches(sheet: Sheet, gathering: Gathering, of: (itemId: string | null) => boolean): void {
  const names = new Map(gathering.roster.map(({ memberId, name }) => [memberId, name]))
  for (const { memberId, gist, proposal } of gathering.speeches.filter(({ itemId }) => of(itemId))) {
    sheet.paragraph([{ text: `${names.get(memberId) ?? ''}${proposal ? '（提议）' : ''}：`, bold: true }, { text: gist }], small)
  }
}

function votes(sheet: Sheet, gathering: Gathering, of: (itemId: string) => boolean): void {
  for (const vote of gathering.resolutions.filter(({ itemId }) => of(itemId))) {
    sheet.paragraph([{ text: '决议：', bold: true }, { text: `${vote.title}。${voteInWords(vote)}` }], small)
  }
}

/** Item by item: what it was about, what was said, what was decided; then what belongs to no item. */
function items(sheet: Sheet, gathering: Gathering): void {
  const known = new Set(gathering.agenda.map(({ id }) => id))
  gathering.agenda.forEach((item, i) => {
    sheet.heading(`${inChinese(i + 1)}、${item.title}`, small)
    if (item.note !== '') sheet.paragraph(item.note, small)
    speeches(sheet, gathering, (id) => id === item.id)
    votes(sheet, gathering, (id) => id === item.id)
  })
  votes(sheet, gathering, (id) => !known.has(id))
  const loose = (id: string | null) => id === null || !known.has(id)
  if (gathering.speeches.some(({ itemId }) => loose(itemId))) sheet.heading('发言要点', small)
  speeches(sheet, gathering, loose)
}

/** What members on the way said to it; the recorder decided whether it counts as taking part. */
function contributions(sheet: Sheet, gathering: Gathering): void {
  if (gathering.contributions.length === 0) return
  sheet.heading('途中参加', small)
  for (const { name, text, file, counts } of gathering.contributions) {
    const said = [text, file === null ? '' : '（语音，见原记录）'].filter((part) => part !== '').join('')
    sheet.paragraph([{ text: `${name}${counts === true ? '（计为线上到会）' : ''}：`, bold: true }, { text: said }], small)
  }
}

/** Whoever has signed on the platform need not sign again on paper. */
function signatures(sheet: Sheet, { signatures: signed }: Gathering): void {
  const roles = [
    ['HOST', '主持人'],
    ['RECORDER', '记录人'],
  ] as const
  const open = roles.filter(([as]) => !signed.some((one) => one.as === as)).map(([, word]) => word)
  if (open.length > 0) sheet.signatures(open)
  else sheet.gap(small.lead)
  for (const [as, word] of roles) {
    const found = signed.find((one) => one.as === as)
    if (found !== undefined) sheet.paragraph(`${word}：${found.name}（${dateOf(found.at)}${timeOf(found.at)}在平台签名）`, small)
  }
}

function amendments(sheet: Sheet, gathering: Gathering): void {
  if (gathering.amendments.length === 0) return
  sheet.heading('确认后的更正（原文保留）', small)
  sheet.table(
    [92, 50, 112, 112, 82],
    gathering.amendments.map(({ at, byName, field, old, new: text, reason }) =>
      [`${dayOfMoment(at)}\n${byName}`, field in amended ? amended[field as keyof typeof amended] : field, old, text, reason].map(
        (value) => ({ text: value }),
      ),
    ),
    { head: ['更正日期、人', '更正处', '原文', '更正为', '原因'].map((text) => label(text)) },
  )
}

/** What the signatures and the line below them take. */
const endHeight = small.lead * 4

function attachments(sheet: Sheet, { files }: Gathering): void {
  if (files.length === 0) return
  sheet.heading('附件', small)
  files.forEach(({ name }, i) => sheet.paragraph(`${i + 1}. ${name}`, small, undefined, i === files.length - 1 ? endHeight : 0))
}

export function writeMinutes(sheet: Sheet, gathering: Gathering, reader: Reader): void {
  const settled = isSettled(gathering)
  sheet.title(gathering.organisationName, `${kindsOf(gathering)}记录${settled ? '' : '（未确认稿）'}`)
  sheet.table([70, 154, 70, 154], facts(gathering, reader))
  if (gathering.lateEntry) {
    sheet.gap(8)
    sheet.paragraph(`本记录为补录。原因：${gathering.lateReason}`, small)
  }
  sheet.gap(10)
  items(sheet, gathering)
  contributions(sheet, gathering)
  const bare = gathering.amendments.length === 0 && gathering.files.length === 0
  if (gathering.minutes !== '') {
    sheet.heading('会议记录', small)
    sheet.paragraph(gathering.minutes, small, undefined, bare ? endHeight : 0)
  }
  amendments(sheet, gathering)
  attachments(sheet, gathering)
  signatures(sheet, gathering)
  if (settled) sheet.paragraph(`记录由${gathering.recorderName}整理，经${gathering.confirmedByName}确认。`, small)
  proof(sheet, gathering, reader)
}
