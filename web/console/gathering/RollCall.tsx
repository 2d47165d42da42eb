import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { Empty } from '../../shared/states.tsx'
import { useUndo } from '../frame/undo.tsx'
import { type RollRow, useRoll, useRollCall } from './roll.tsx'
import { RollLine } from './RollLine.tsx'
import type { Gathering } from './useGathering.ts'

/** Keys of the roll; 0 takes a mark back. */
const keys: Record<string, RollRow['state']> = { 1: 'PRESENT_ONSITE', 2: 'PRESENT_ONLINE', 3: 'LEAVE', 4: 'ABSENT', 0: 'EXPECTED' }

/** 点名: a table of names; digits mark and go on, arrows move. */
export function RollCall({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useUndo()
  const body = useRef<HTMLTableSectionElement>(null)
  const { rows, waiting } = useRoll(gathering)
  const { mark, problem, again } = useRollCall(gathering)
  const [activeId, setActiveId] = useState(rows[0]?.memberId)
  const unmarked = rows.filter((row) => row.state === 'EXPECTED')

  // Started a moment ago: the first name takes the keys at once.
  useEffect(() => {
    if (document.activeElement === document.body) body.current?.querySelector('tr')?.focus({ preventScroll: true })
  }, [])

  function focus(at: number) {
    const row = rows[Math.min(Math.max(at, 0), rows.length - 1)]
    if (row === undefined) return
    setActiveId(row.memberId)
    body.current?.querySelector<HTMLElement>(`tr[data-id="${row.memberId}"]`)?.focus()
  }

  function onKey(event: KeyboardEvent<HTMLTableElement>) {
    const line = (event.target as HTMLElement).closest<HTMLElement>('tr')
    const at = rows.findIndex((row) => row.memberId === line?.dataset['id'])
    const row = rows[at]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const inReason = event.target instanceof HTMLSelectElement
    const state = inReason ? undefined : keys[event.key]
    if (state !== undefined) {
      mark([row], state)
      // A leave has a reason: the reason is asked next, Enter goes on; whoever was faster has gone on already.
      if (state === 'LEAVE') requestAnimationFrame(() => document.activeElement === line && line?.querySelector('select')?.focus())
      else focus(at + 1)
    } else if (event.key === 'Enter') focus(at + 1)
    else if (inReason) return
    else if (event.key === 'ArrowDown') focus(at + 1)
    else if (event.key === 'ArrowUp') focus(at - 1)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(rows.length - 1)
    else return
    event.preventDefault()
  }

  function markRest() {
    mark(unmarked, 'PRESENT_ONSITE')
    say(t('console.roll.restMarked', { count: unmarked.length }), () => mark(unmarked, 'EXPECTED'))
  }

  return (
    <section className="roll" aria-labelledby="roll">
      <header className="section-head">
        <h3 id="roll">{t('console.roll.title')}</h3>
        <span className="quiet">{t('console.roll.keys')}</span>
        <span className="toolbar-end">
          <span className="quiet" role="status">
            {problem ? '' : t(waiting > 0 ? 'console.roll.sending' : 'console.roll.saved')}
          </span>
          {unmarked.length > 0 && <Button onClick={markRest}>{t('console.roll.rest', { count: unmarked.length })}</Button>}
        </span>
      </header>
      {problem && (
        <p className="refusal" role="alert">
          {t('console.roll.notSent', { count: waiting })} {problem.fields[0]?.message ?? problem.message}{' '}
          <button type="button" className="link" onClick={again}>
            {t('shared.retry')}
          </button>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty text={t('console.roll.empty')} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- rows take the focus and keys: a grid
        <table role="grid" aria-label={t('console.roll.title')} className="roll-table" onKeyDown={onKey}>
          <thead>
            <tr>
              <th scope="col">{t('console.member.name')}</th>
              <th scope="col">{t('console.roll.vote')}</th>
              <th scope="col">{t('console.roll.state')}</th>
              <th scope="col">{t('console.roll.how')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row) => (
              <RollLine
                key={row.memberId}
                row={row}
                active={row.memberId === activeId}
                onActive={() => setActiveId(row.memberId)}
                onMark={(state, reason) => mark([row], state, reason)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
