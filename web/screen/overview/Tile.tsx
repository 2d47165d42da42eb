import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { attendanceShare, count, dutyShare, percent, shadeOf } from './figures.ts'
import type { Figure, Measures, Overview } from './figures.ts'
import type { Place } from './places.ts'

interface TileProps {
  child: Overview['children'][number]
  /** Where it stands on the map; in reading order when absent. */
  place: (Place & { short: string }) | undefined
  figure: Figure
  moved: boolean
}

/** One organisation: its name, the figure that shades it, and how many branches stand behind the figure. */
export function Tile({ child, place, figure, moved }: TileProps) {
  const t = useT()
  const { measures } = child
  const shade = shadeOf(figure, measures)
  return (
    <Link
      href={`/o/${child.organisationId}`}
      className={`tile shade-${shade ?? 'none'}${moved ? ' moved' : ''}`}
      style={place && { gridRow: place.row, gridColumn: `${place.column} / span 2` }}
      data-tile={child.areaCode}
      title={child.name}
    >
      <span className="tile-name">{place?.short ?? child.shortName}</span>
      <span className="tile-figure">{headline(figure, measures)}</span>
      <span className="tile-note">
        {moved ? t('screen.tile.moved') : figure === 'gatherings' ? t('screen.tile.each', { count: count(measures.branches) }) : t('screen.tile.gatherings', { count: count(measures.gatherings) })}
      </span>
    </Link>
  )
}

function headline(figure: Figure, measures: Measures): string {
  if (figure === 'gatherings') return count(measures.gatherings)
  const share = figure === 'duties' ? dutyShare(measures) : attendanceShare(measures)
  return share === null ? '—' : `${percent(share)}%`
}
