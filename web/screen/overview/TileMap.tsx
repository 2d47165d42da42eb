import { useT } from '../../shared/i18n.ts'
import type { Figure, Overview } from './figures.ts'
import { mapColumns, mapRows, placeOf } from './places.ts'
import { Shades } from './Shades.tsx'
import { Tile } from './Tile.tsx'

interface TileMapProps {
  below: Overview['children']
  figure: Figure
  onFigure: (figure: Figure) => void
  /** Ids of the children that changed a moment ago. */
  moved: ReadonlySet<string>
}

/** The organisations directly below as tiles: the sixteen prefectures where they lie, everything else in the order of the areas. */
export function TileMap({ below, figure, onFigure, moved }: TileMapProps) {
  const t = useT()
  const placed = below.map((child) => ({ child, place: child.kind === 'LOCAL_COMMITTEE' ? placeOf(child.areaCode) : undefined }))
  const onMap = placed.filter(({ place }) => place)
  const province = onMap.length > 1
  const beside = province ? placed.filter(({ place }) => !place) : placed
  const tile = ({ child, place }: (typeof placed)[number]) => (
    <Tile
      key={child.organisationId}
      child={child}
      place={province ? place : undefined}
      figure={figure}
      moved={moved.has(child.organisationId)}
    />
  )
  return (
    <section className="tiles" aria-label={province ? t('screen.map.title') : t('screen.map.children')}>
      <Shades figure={figure} onFigure={onFigure} />
      {province ? (
        <div className="tiles-map" style={{ gridTemplate: `repeat(${mapRows}, minmax(0, 1fr)) / repeat(${mapColumns}, minmax(0, 1fr))` }}>
          {onMap.map(tile)}
          {beside.length > 0 && (
            <section className="tiles-beside" aria-label={t('screen.map.elsewhere')}>
              <h2>{t('screen.map.elsewhere')}</h2>
              <div>{beside.map(tile)}</div>
            </section>
          )}
        </div>
      ) : (
        <div className="tiles-grid" style={{ gridTemplateColumns: `repeat(${columnsFor(beside.length)}, minmax(0, 1fr))` }}>
          {beside.map(tile)}
        </div>
      )}
    </section>
  )
}

/** So many columns that the tiles are wider than high and the last row is not left almost empty. */
function columnsFor(many: number): number {
  const strain = (columns: number) => {
    const rows = Math.ceil(many / columns)
    const height = Math.min(stage.height / rows, stage.highest)
    return Math.abs(Math.log(stage.width / columns / height / stage.shape)) + (rows * columns - many) / columns / 2
  }
  return [2, 3, 4, 5, 6].toSorted((a, b) => strain(a) - strain(b))[0] ?? 4
}

/** The room for tiles in rem, and the shape of a tile: width by height. */
const stage = { width: 79, height: 49, highest: 13, shape: 1.5 }
