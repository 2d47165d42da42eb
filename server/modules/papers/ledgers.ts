/** 台账 as Excel: one row each, real dates and numbers, a head that stays and filters; no macro, no formula, nothing entered twice. */
import exceljs from 'exceljs'
import type { Context, Node } from '#platform'
import { floatStateWords } from '#rules'
import { dayOfMoment, duties as dutyStates, type Gathering, kindsOf, modes, states, tight, timeOf } from './words.ts'
import { type Duty, dutiesOf, floatingOf, type FloatingRow, gatheringAt, gatheringsOf } from './year.ts'

type Value = string | number | Date | null

interface Column<Row> {
  head: string
  width: number
  /** How numbers and dates are shown; text otherwise. */
  format?: 'yyyy-mm-dd' | '0'
  value(row: Row): Value
}

/** A legal date as Excel keeps it: no time, no zone. */
const dateOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`))

const gatheringColumns: Column<Gathering>[] = [
  { head: '日期', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(row.heldOn) },
  { head: '开始', width: 8, value: (row) => (row.actualStart === null ? '' : timeOf(row.actualStart)) },
  { head: '结束', width: 8, value: (row) => (row.actualEnd === null ? '' : timeOf(row.actualEnd)) },
  { head: '计划日期', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(dayOfMoment(row.plannedStart)) },
  { head: '名称', width: 44, value: (row) => row.title },
  { head: '类别', width: 28, value: kindsOf },
  { head: '方式', width: 12, value: (row) => modes[row.mode] },
  { head: '地点', width: 24, value: (row) => row.place },
  { head: '主持人', width: 10, value: (row) => row.hostName },
  { head: '记录人', width: 10, value: (row) => row.recorderName },
  { head: '确认人', width: 10, value: (row) => row.confirmedByName },
  { head: '应到', width: 7, format: '0', value: (row) => row.expected },
  { head: '实到', width: 7, format: '0', value: (row) => row.present },
  {
    head: '是否有效',
    width: 10,
    value: (row) => (row.verdicts.length === 0 ? '' : row.verdicts.every(({ valid }) => valid) ? '有效' : '无效'),
  },
  { head: '决议数', width: 8, format: '0', value: (row) => row.resolutions.length },
  { head: '状态', width: 10, value: (row) => states[row.state] },
  { head: '补录', width: 7, value: (row) => (row.lateEntry ? '是' : '否') },
  { head: '更正数', width: 8, format: '0', value: (row) => row.amendments.length },
  { head: '记录指纹（SHA-256）', width: 68, value: (row) => row.digest ?? '' },
]

const dutyColumns: Column<Duty>[] = [
  { head: '事项', width: 26, value: (row) => row.ruleName },
  { head: '周期', width: 12, value: (row) => (row.period === '-' ? '' : row.period) },
  { head: '起', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(row.periodStart) },
  { head: '止', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(row.periodEnd) },
  { head: '应完成次数', width: 12, format: '0', value: (row) => row.required },
  { head: '已完成次数', width: 12, format: '0', value: (row) => row.done },
  { head: '状态', width: 12, value: (row) => dutyStates[row.state] },
  { head: '说明', width: 70, value: (row) => tight(row.why.zh) },
  { head: '依据', width: 50, value: (row) => row.citation },
]

const floatingColumns: Column<FloatingRow>[] = [
  { head: '姓名', width: 10, value: (row) => row.name },
  { head: '流出地支部', width: 28, value: (row) => row.homeName },
  { head: '去向', width: 30, value: (row) => row.destinationName },
  { head: '单位', width: 20, value: (row) => row.destination.unit },
  { head: '外出日期', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(row.outOn) },
  { head: '预计返回', width: 12, format: 'yyyy-mm-dd', value: (row) => dateOf(row.expectedBackOn) },
  { head: '状态', width: 18, value: (row) => floatStateWords[row.state].zh },
  { head: '流入地', width: 26, value: (row) => row.hostName },
  { head: '编入支部', width: 26, value: (row) => row.branchName },
  { head: '活动证', width: 10, value: (row) => (row.passState === null ? '' : passWords[row.passState]) },
  { head: '最近要办', width: 44, value: (row) => tight(row.clock?.sentence.zh ?? '') },
]

async function workbook<Row>(
  sheetName: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  about: readonly string[],
): Promise<Buffer> {
  const book = new exceljs.Workbook()
  book.creator = '一公里 Yigongli'
  const sheet = book.addWorksheet(sheetName, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
  })
  sheet.columns = columns.map(({ head, width, format }) => ({
    header: head,
    width,
    // As text a cell stays what it says, whatever sign it begins with.
    style: { numFmt: format ?? '@', alignment: { vertical: 'top', wrapText: width > 30 } },
  }))
  const head = sheet.getRow(1)
  head.font = { bold: true }
  head.alignment = { vertical: 'middle', horizontal: 'center' }
  head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDF2F0' } }
  for (const row of rows) sheet.addRow(columns.map((column) => column.value(row)))
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
  const notes = book.addWorksheet('说明')
  notes.getColumn(1).width = 90
  for (const line of about) notes.addRow([line])
  return Buffer.from(await book.xlsx.writeBuffer())
}

const source = '数据由平台上的记录自动汇总，不需要另行填写；更正请在原记录上办理。'

export async function gatheringLedger(ctx: Context, node: Node, year: number): Promise<Buffer> {
  const rows: Gathering[] = []
  for (const { id } of await gatheringsOf(ctx, node, year)) rows.push(await gatheringAt(ctx, node, id))
  return gatheringBook(node, year, rows)
}

/** The ledger of records that have been read already. */
export const gatheringBook = (node: Node, year: number, rows: readonly Gathering[]): Promise<Buffer> =>
  workbook('会议活动台账', gatheringColumns, rows, [`${node.name}　${year}年度会议活动台账`, `共 ${rows.length} 条`, source])

export async function dutyLedger(ctx: Context, node: Node, year: number): Promise<Buffer> {
  return dutyBook(node, year, await dutiesOf(ctx, node, year))
}

export const dutyBook = (node: Node, year: number, rows: readonly Duty[]): Promise<Buffer> =>
  workbook('应办事项台账', dutyColumns, rows, [`${node.name}　${year}年度应办事项台账`, `共 ${rows.length} 条`, source])

const passWords: Record<NonNullable<FloatingRow['passState']>, string> = {
  ACTIVE: '有效',
  SUSPENDED: '暂停',
  REVOKED: '收回',
  EXPIRED: '过期',
  CLOSED: '办结',
}

/** The list of floating members, out or in. */
export async function floatingList(ctx: Context, node: Node, side: 'OUT' | 'IN'): Promise<Buffer> {
  const rows = await floatingOf(ctx, node, side)
  const name = side === 'OUT' ? '流出党员名册' : '流入党员名册'
  return workbook(name, floatingColumns, rows, [`${node.name}　${name}`, `共 ${rows.length} 人`, source])
}
