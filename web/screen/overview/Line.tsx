interface LineProps {
  /** Oldest first; null where there was nothing to count. */
  values: (number | null)[]
  /** The value at the upper edge. */
  most: number
  /** The last month is not over yet: its stretch is dashed. */
  unfinished: boolean
  /** What the line says, for those who do not see it. */
  label: string
}

const width = 110
const height = 40

/** Twelve months as a small line from zero up, without axes; the last point is marked. It takes its colour from the text around it. */
export function Line({ values, most, unfinished, label }: LineProps) {
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ x: placeOf(index, values.length), y: height - (value / most) * height }],
  )
  const last = points.at(-1)
  if (last === undefined || !(most > 0)) return null
  const sure = unfinished ? points.slice(0, -1) : points
  const at = ({ x, y }: { x: number; y: number }) => `${x.toFixed(1)} ${y.toFixed(1)}`
  return (
    <svg className="line" viewBox={`-3 -4 ${width + 6} ${height + 8}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {sure.length > 1 && <path d={`M${sure.map(at).join('L')}`} />}
      {unfinished && points.length > 1 && <path className="line-open" d={`M${points.slice(-2).map(at).join('L')}`} />}
      <path className="line-dot" d={`M${at(last)}h0.01`} />
    </svg>
  )
}

const placeOf = (index: number, many: number) => (many < 2 ? width : (index / (many - 1)) * width)
