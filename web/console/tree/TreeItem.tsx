import { CaretRightOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import { listChildOrganisations, type OrganisationRow } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'

interface TreeItemProps {
  organisation: Pick<z.output<typeof OrganisationRow>, 'id' | 'shortName' | 'children' | 'below' | 'kind'>
  level: number
  open: ReadonlySet<string>
  selectedId: string
}

export function TreeItem({ organisation, level, open, selectedId }: TreeItemProps) {
  const t = useT()
  const row = useRef<HTMLDivElement>(null)
  const { id, shortName, children, below } = organisation
  const isOpen = open.has(id) && children > 0
  const isSelected = id === selectedId
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  return (
    <li
      role="treeitem"
      data-id={id}
      tabIndex={isSelected || level === 1 ? 0 : -1}
      aria-level={level}
      aria-selected={isSelected}
      {...(children > 0 ? { 'aria-expanded': isOpen } : {})}
      aria-label={children > 0 ? t('console.tree.item', { name: shortName, children, below }) : shortName}
    >
      <div ref={row} className="tree-row" style={{ paddingInlineStart: 8 + (level - 1) * 14 }} aria-hidden="true">
        <span className="tree-caret" data-open={isOpen ? '' : undefined} data-caret={children > 0 ? '' : undefined}>
          {children > 0 && <CaretRightOutlined />}
        </span>
        <span className="tree-name" title={shortName}>
          {shortName}
        </span>
        {children > 0 && <span className="tree-count">{below === children ? below : `${children} / ${below}`}</span>}
      </div>
      {isOpen && <Below id={id} level={level + 1} open={open} selectedId={selectedId} />}
    </li>
  )
}

function Below({ id, level, ...rest }: Omit<TreeItemProps, 'organisation'> & { id: string }) {
  const t = useT()
  const asked = useOperation(listChildOrganisations, { params: { organisationId: id }, query: {} })
  if (asked.data === undefined) {
    return (
      <div className="tree-state" role="status">
        {asked.error ? asked.error.message : t('shared.loading')}
        {asked.error && (
          <button type="button" className="link" onClick={() => void asked.refetch()}>
            {t('shared.retry')}
          </button>
        )}
      </div>
    )
  }
  return (
    <ul role="group">
      {asked.data.items.map((child) => (
        <TreeItem key={child.id} organisation={child} level={level} {...rest} />
      ))}
    </ul>
  )
}
