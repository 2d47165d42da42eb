/** Ctrl-K: organisations by characters, pinyin or initials, and the pages. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { searchOrganisations } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { sections } from '../account/sections.ts'
import { pagesFor, pathTo } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'

interface Goal {
  key: string
  name: string
  note: string
  path: string
}

interface FindProps {
  /** The selected organisation, whose pages are offered; null for a post that reads none. */
  organisationId: string | null
  onClose: () => void
}

export function Find({ organisationId, onClose }: FindProps) {
  const t = useT()
  const may = useMay()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [, go] = useLocation()
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const words = q.trim()
  const found = useOperation(
    searchOrganisations,
    { query: { q: words, limit: 12 } },
    { keep: true, enabled: organisationId !== null && words !== '' },
  )
  useEffect(() => dialog.current?.showModal(), [])

  const places: Goal[] = [
    ...(organisationId === null
      ? []
      : pagesFor(may).map((page) => ({
          key: page,
          name: t(`console.page.${page}`),
          note: t('console.find.here'),
          path: pathTo(organisationId, page),
        }))),
    ...sections.map((section) => ({
      key: section,
      name: t(`console.me.${section}`),
      note: t('console.find.mine'),
      path: `/me/${section}`,
    })),
  ].filter((goal) => words === '' || goal.name.toLowerCase().includes(words.toLowerCase()))
  const organisations: Goal[] =
    words === ''
      ? []
      : (found.data?.items ?? []).map((row) => ({ key: row.id, name: row.shortName, note: row.trail, path: pathTo(row.id) }))
  const goals = [...organisations, ...places]
  const chosen = Math.min(at, goals.length - 1)

  function open(goal: Goal | undefined) {
    if (goal === undefined) return
    go(goal.path)
    onClose()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, goals.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') open(goals[chosen])
    else return
    event.preventDefault()
  }

  return (
    <dialog ref={dialog} className="find" aria-label={t('console.find.title')} onClose={onClose}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={goals.length === 0 ? undefined : `${id}-${chosen}`}
        aria-label={t('console.find.open')}
        placeholder={t('console.find.placeholder')}
        value={q}
        maxLength={60}
        onChange={(event) => {
          setQ(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div role="listbox" className="find-goals" id={`${id}-list`} aria-label={t('console.find.title')}>
        {goals.map((goal, n) => (
          <div
            key={goal.key}
            id={`${id}-${n}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === chosen}
            ref={(element) => {
              if (n === chosen) element?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => setAt(n)}
            onClick={() => open(goal)}
            onKeyDown={onKey}
          >
            <b>{goal.name}</b>
            <small>{goal.note}</small>
          </div>
        ))}
      </div>
      {goals.length === 0 && (
        <p className="find-none" role="status">
          {found.error ? found.error.message : found.isFetching ? t('shared.loading') : t('console.find.none', { q: words })}
        </p>
      )}
      <p className="find-help">{t('console.find.help')}</p>
    </dialog>
  )
}
