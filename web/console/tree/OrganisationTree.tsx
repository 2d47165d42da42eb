import { useState } from 'react'
import { useLocation, useRoute } from 'wouter'
import { getOrganisation } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { SearchField } from '../field/SearchField.tsx'
import { Answer } from '../frame/Answer.tsx'
import { type Page, pages, pathTo } from '../frame/address.ts'
import { Found } from './Found.tsx'
import { moveIn, pointIn } from './keys.ts'
import { TreeItem } from './TreeItem.tsx'

/** The organisations below one's post, read level by level; the selected one stands in the address and is always in sight. */
export function OrganisationTree({ rootId, selectedId }: { rootId: string; selectedId: string }) {
  const t = useT()
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set([rootId]))
  const [, go] = useLocation()
  const [, inside] = useRoute('/o/:id/:page/*?')
  const page: Page = pages.find((each) => each === inside?.page) ?? 'organisation'
  const root = useOperation(getOrganisation, { params: { organisationId: rootId }, query: {} })
  const selected = useOperation(getOrganisation, { params: { organisationId: selectedId }, query: {} }, { enabled: selectedId !== '' })
  const trail = selected.data?.trail
  const [shownTrail, setShownTrail] = useState(trail)
  if (trail !== shownTrail) {
    setShownTrail(trail)
    if (trail) setOpen(new Set([...open, ...trail.map(({ id }) => id).filter((id) => id !== selectedId)]))
  }

  const toggle = (id: string, to?: boolean) =>
    setOpen((before) => {
      const next = new Set(before)
      if (to ?? !next.has(id)) next.add(id)
      else next.delete(id)
      return next
    })
  const choose = (id: string) => go(pathTo(id, page))

  return (
    <>
      <div className="tree-search">
        <SearchField label={t('console.tree.search')} value={q} onSearch={setQ} maxLength={60} />
      </div>
      {q.trim() !== '' ? (
        <Found
          q={q}
          onChoose={(id) => {
            setQ('')
            choose(id)
          }}
        />
      ) : (
        <Answer asked={root}>
          {(organisation) => (
            <ul
              role="tree"
              className="tree"
              aria-label={t('console.tree.title')}
              onKeyDown={(event) => moveIn(event, open, toggle, choose)}
              onClick={(event) => pointIn(event, toggle, choose)}
            >
              <TreeItem organisation={organisation} level={1} open={open} selectedId={selectedId} />
            </ul>
          )}
        </Answer>
      )}
    </>
  )
}
