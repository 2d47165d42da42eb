/** The flows as arcs on the tile map. The same stands in words in the table beside it. */
import { useId } from 'react'
import { useT } from '../../shared/i18n.ts'
import { type Amount, type Arc, isSome, pairOf, pictureHeight, pictureWidth, type Tile } from './flowMap.ts'

interface FlowMapProps {
  tiles: readonly Tile[]
  arcs: readonly Arc[]
  label: string
  /** The pair that is marked; the others step back. */
  marked: string | undefined
}

export function FlowMap({ tiles, arcs, label, marked }: FlowMapProps) {
  const t = useT()
  const id = useId()
  const nameOf = (spot: string) =>
    spot === 'rest'
      ? t('console.floating.flows.rest')
      : t(spot.length === 4 ? `console.floating.prefecture.${spot}` : `console.floating.province.${spot}`)
  const number = ({ shown, hidden }: Amount) => (shown === 0 ? t('console.floating.flows.few') : hidden ? `${shown}+` : String(shown))
  const isShown = (tile: Tile) => [tile.out, tile.in, tile.within].some(({ shown }) => shown > 0)
  const lines = (tile: Tile) =>
    [
      isSome(tile.out) && t('console.floating.flows.out', { number: number(tile.out) }),
      isSome(tile.in) && t('console.floating.flows.in', { number: number(tile.in) }),
      isSome(tile.within) && t('console.floating.flows.within', { number: number(tile.within) }),
    ].filter((line) => line !== false)
  return (
    <svg
      className="flow-map"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${pictureWidth} ${pictureHeight}`}
      data-marked={marked === undefined ? undefined : ''}
    >
      <defs>
        <marker id={id} viewBox="0 0 10 10" refX="7" refY="5" markerWidth="15" markerHeight="15" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0 0 10 5 0 10 2.5 5Z" />
        </marker>
      </defs>
      {tiles.map((tile) => (
        <rect
          key={tile.spot}
          className="flow-tile"
          data-some={isShown(tile) ? '' : undefined}
          x={tile.x}
          y={tile.y}
          width={tile.width}
          height={tile.height}
          rx="4"
        />
      ))}
      {arcs.map((arc) => (
        <path
          key={pairOf(arc.from, arc.to)}
          className="flow-arc"
          d={arc.path}
          strokeWidth={arc.width}
          markerEnd={`url(#${id})`}
          data-few={arc.amount.shown === 0 ? '' : undefined}
          data-marked={pairOf(arc.from, arc.to) === marked ? '' : undefined}
        />
      ))}
      {tiles.map((tile) => {
        const beside = tile.spot.length !== 4
        const said = lines(tile)
        return (
          <g key={tile.spot} className="flow-words" data-some={isShown(tile) ? '' : undefined}>
            <text x={tile.x + 8} y={beside ? tile.y + tile.height / 2 + 5 : tile.y + 19}>
              {nameOf(tile.spot)}
            </text>
            {beside ? (
              <text className="flow-number" x={tile.x + tile.width - 8} y={tile.y + tile.height / 2 + 5} textAnchor="end">
                {said.join(' ')}
              </text>
            ) : (
              said.map((line, n) => (
                <text key={line} className="flow-number" x={tile.x + 8} y={tile.y + 37 + n * 15}>
                  {line}
                </text>
              ))
            )}
          </g>
        )
      })}
    </svg>
  )
}
