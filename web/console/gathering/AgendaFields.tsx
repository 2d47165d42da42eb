import { Button, Input } from 'antd'
import { useRef } from 'react'
import type { Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useUndo } from '../frame/undo.tsx'
import type { Planned } from './plan.ts'

interface AgendaFieldsProps {
  agenda: Planned['agenda']
  problem: Problem | null
  onAgenda: (agenda: Planned['agenda']) => void
}

/** The agenda, a line for each item: Enter adds the next, Alt with an arrow moves one. */
export function AgendaFields({ agenda, problem, onAgenda }: AgendaFieldsProps) {
  const t = useT()
  const say = useUndo()
  const list = useRef<HTMLOListElement>(null)
  const focus = (at: number) => requestAnimationFrame(() => list.current?.querySelectorAll('input')[at]?.focus())

  function add(at: number) {
    onAgenda(agenda.toSpliced(at, 0, { id: newId(), title: '', note: '' }))
    focus(at)
  }

  function move(at: number, to: number) {
    const item = agenda[at]
    if (item === undefined || to < 0 || to >= agenda.length) return
    onAgenda(agenda.toSpliced(at, 1).toSpliced(to, 0, item))
    focus(to)
  }

  function remove(at: number) {
    const before = agenda
    onAgenda(agenda.toSpliced(at, 1))
    if (agenda[at]?.title !== '') say(t('console.agenda.removed'), () => onAgenda(before))
    focus(Math.max(at - 1, 0))
  }

  return (
    <section className="agenda" aria-labelledby="agenda">
      <header className="section-head">
        <h3 id="agenda">{t('console.agenda.title')}</h3>
        <span className="quiet">{t('console.agenda.keys')}</span>
      </header>
      <ol ref={list}>
        {agenda.map((item, at) => {
          const wrong = problem?.of(`body.agenda.${at}`)
          return (
            <li key={item.id}>
              <Input
                aria-label={t('console.agenda.item', { number: at + 1 })}
                aria-invalid={wrong !== undefined}
                value={item.title}
                maxLength={120}
                onChange={(event) => onAgenda(agenda.map((each) => (each.id === item.id ? { ...each, title: event.target.value } : each)))}
                onKeyDown={(event) => {
                  if (event.ctrlKey || event.metaKey) return
                  if (event.key === 'Enter') add(at + 1)
                  else if (event.key === 'Backspace' && item.title === '') remove(at)
                  else if (event.altKey && event.key === 'ArrowUp') move(at, at - 1)
                  else if (event.altKey && event.key === 'ArrowDown') move(at, at + 1)
                  else return
                  event.preventDefault()
                }}
              />
              <Button aria-label={t('console.removeNamed', { name: item.title })} onClick={() => remove(at)}>
                {t('console.remove')}
              </Button>
              {wrong !== undefined && <p className="wrong">{wrong}</p>}
            </li>
          )
        })}
      </ol>
      <Button type="dashed" onClick={() => add(agenda.length)}>
        {t('console.agenda.add')}
      </Button>
    </section>
  )
}
