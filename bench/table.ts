/** Markdown tables, and the state of the machine beside the figures. */
import { cpus, loadavg, totalmem } from 'node:os'

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const number = (value: number): string => Math.round(value).toLocaleString('en-US')
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const times = (value: number): string => `${value.toFixed(2)} ×`
export const load = (): string => (loadavg()[0] ?? 0).toFixed(1)

export const machine = (): string =>
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform}; load average ${load()}`
