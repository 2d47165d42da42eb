/** A dense list like a good spreadsheet: sticky head, arrows move, Enter opens, the open row is marked. Prints as a plain table. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useT } from '../../shared/i18n.ts'

export interface Column<Row> {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** Numbers stand to the right. */
  number?: boolean
  /** Left out when there is little room. */
  spare?: boolean
}

export interface RowsProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  idOf: (row: Row) => string
  /** The row whose record stands open beside the list. */
  openId?: string | undefined
  /** Absent when a row has nothing to open. */
  onOpen?: (row: Row) => void
  /** The next page, when there is one. */
  more?: { busy: boolean; fetch(): unknown } | undefined
}

export function Rows<Row>({ label, columns, rows, idOf, openId, onOpen, more }: RowsProps<Row>) {
  const t = useT()
  const body = useRef<HTMLTableSectionElement>(null)
  const [activeId, setActiveId] = useState<string>()
  const ids = rows.map(idOf)
  const current = [activeId, openId].find((id) => id !== undefined && ids.includes(id)) ?? ids[0]

  function focus(at: number) {
    const id = ids[Math.min(Math.max(at, 0), ids.length - 1)]
    if (id === undefined) return
    setActiveId(id)
    body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus()
    const row = rows[ids.indexOf(id)]
    // The record beside the list follows, as in a mail reader.
    if (openId !== undefined && row !== undefined) onOpen?.(row)
    if (at >= ids.length && more && !more.busy) more.fetch()
  }

  function onKey(event: KeyboardEvent<HTMLTableElement>) {
    const at = ids.indexOf((event.target as HTMLElement).dataset['id'] ?? '')
    if (at < 0) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1, PageDown: at + 15, PageUp: at - 15 }[event.key]
    const row = rows[at]
    if (to !== undefined) focus(to)
    else if (event.key === 'Enter' && row !== undefined && onOpen) onOpen(row)
    else return
    event.preventDefault()
  }

  return (
    <div className="rows">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- rows take the focus and keys: a grid */}
      <table role="grid" aria-label={label} aria-readonly="true" onKeyDown={onKey}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-number={column.number ? '' : undefined} data-spare={column.spare ? '' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => {
            const id = idOf(row)
            return (
              <tr
                key={id}
                data-id={id}
                tabIndex={id === current ? 0 : -1}
                aria-selected={id === openId}
                data-opens={onOpen ? '' : undefined}
                onFocus={() => setActiveId(id)}
                onClick={(event) => {
                  if (!(event.target as HTMLElement).closest('a, button')) onOpen?.(row)
                }}
              >
                {columns.map((column) => (
                  <td key={column.key} data-number={column.number ? '' : undefined} data-spare={column.spare ? '' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {more && (
        <button type="button" className="rows-more" disabled={more.busy} onClick={() => void more.fetch()}>
          {t(more.busy ? 'shared.loading' : 'console.more')}
        </button>
      )}
    </div>
  )
}
