import { useT } from '../../shared/i18n.ts'
import { Way } from '../steer/Way.tsx'
import { attendanceShare, count, dutyShare, percent, shadeOf } from './figures.ts'
import type { Figure, Measures, Overview } from './figures.ts'
import type { Place } from './places.ts'

interface TileProps {
  child: Overview['children'][number]
  /** Where it stands on the map; in reading order when absent. */
  place: Place | undefined
  figure: Figure
  moved: boolean
}

/** One organisation: its name, the figure that shades it, and how much stands behind the figure. */
export function Tile({ child, place, figure, moved }: TileProps) {
  const t = useT()
  const { measures } = child
  const name = place === undefined ? child.shortName : t(`screen.place.${place.code}`)
  return (
    <Way
      to={`/o/${child.organisationId}`}
      way={child.organisationId}
      className={`tile shade-${shadeOf(figure, measures) ?? 'none'}${moved ? ' moved' : ''}`}
      style={place && { gridRow: place.row, gridColumn: `${place.column} / span 2` }}
      data-area={child.areaCode}
      title={child.name}
    >
      <span className="tile-name">{name}</span>
      {measures.branches > 0 && (
        <span className="tile-figure">
          <b>{headline(figure, measures)}</b>
          {figure !== 'gatherings' && headline(figure, measures) !== '—' && '%'}
        </span>
      )}
      <span className="tile-note">{moved ? t('screen.tile.moved') : note(figure, measures, t)}</span>
    </Way>
  )
}

function note(figure: Figure, measures: Measures, t: ReturnType<typeof useT>): string {
  if (measures.branches === 0) return t('screen.tile.none')
  if (figure === 'attendance') return t('screen.tile.present', { count: count(measures.present) })
  if (figure === 'gatherings') return t('screen.tile.branches', { count: count(measures.branches) })
  return t('screen.tile.gatherings', { count: count(measures.gatherings) })
}

function headline(figure: Figure, measures: Measures): string {
  if (figure === 'gatherings') return count(measures.gatherings)
  const share = figure === 'duties' ? dutyShare(measures) : attendanceShare(measures)
  return share === null ? '—' : percent(share)
}
