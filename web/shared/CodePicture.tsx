/** A text as a QR code: black on white whatever the theme, with the quiet edge that readers need. */
import qrcode from 'qrcode'

const quiet = 4

interface CodePictureProps {
  text: string
  label: string
  /** How much of a damaged code can be mended: M 15 %, L 7 %. */
  level?: 'L' | 'M'
}

export function CodePicture({ text, label, level = 'M' }: CodePictureProps) {
  const { size, data } = qrcode.create(text, { errorCorrectionLevel: level }).modules
  const path = Array.from(data, (dark, i) => (dark === 1 ? `M${i % size} ${Math.floor(i / size)}h1v1h-1z` : '')).join('')
  const side = size + 2 * quiet
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`${-quiet} ${-quiet} ${side} ${side}`} shapeRendering="crispEdges">
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
