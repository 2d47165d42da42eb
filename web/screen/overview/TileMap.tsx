import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useT } from '../../shared/i18n.ts'
import type { Figure, Overview } from './figures.ts'
import { placeOf } from './places.ts'
import { Shades } from './Shades.tsx'
import { isArrowKey, nextBox } from './steer.ts'
import { Tile } from './Tile.tsx'

interface TileMapProps {
  below: Overview['children']
  figure: Figure
  onFigure: (figure: Figure) => void
  /** Ids of the children that changed a moment ago. */
  moved: ReadonlySet<string>
}

/** The organisations directly below as tiles: the sixteen prefectures where they lie, everything else in rows. */
export function TileMap({ below, figure, onFigure, moved }: TileMapProps) {
  const t = useT()
  const tiles = useRef<HTMLDivElement>(null)
  const placed = below.map((child) => ({ child, place: child.kind === 'LOCAL_COMMITTEE' ? placeOf(child.areaCode) : undefined }))
  const province = placed.filter(({ place }) => place).length > 1
  const onMap = province ? placed.filter(({ place }) => place) : []
  const beside = province ? placed.filter(({ place }) => !place) : placed
  const tile = ({ child, place }: (typeof placed)[number]) => (
    <Tile key={child.organisationId} child={child} place={province ? place : undefined} figure={figure} moved={moved.has(child.organisationId)} />
  )

  function steer(event: KeyboardEvent) {
    if (!isArrowKey(event.key) || !tiles.current) return
    const links = [...tiles.current.querySelectorAll<HTMLElement>('[data-tile]')]
    const from = links.findIndex((link) => link === document.activeElement)
    const to = links[nextBox(links.map((link) => link.getBoundingClientRect()), from, event.key)]
    if (!to) return
    event.preventDefault()
    to.focus()
  }

  return (
    <section className="tiles" aria-label={province ? t('screen.map.title') : t('screen.map.children')}>
      <div ref={tiles} className={province ? 'tiles-map' : 'tiles-grid'} onKeyDown={steer} role="presentation">
        {province && <Shades figure={figure} onFigure={onFigure} />}
        {onMap.map(tile)}
        {province && beside.length > 0 && (
          <div className="tiles-beside">
            <h2>{t('screen.map.elsewhere')}</h2>
            <div>{beside.map(tile)}</div>
          </div>
        )}
        {!province && beside.map(tile)}
      </div>
      {!province && <Shades figure={figure} onFigure={onFigure} />}
      <p className="hint">{t('screen.map.hint')}</p>
    </section>
  )
}
