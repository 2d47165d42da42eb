import { FullscreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { create } from 'qrcode'
import { useMemo, useRef, useState } from 'react'
import { getSignInCode } from '#contract/attendance'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Answer } from '../frame/Answer.tsx'
import type { Gathering } from './useGathering.ts'

/** The code changes by itself long before it runs out. */
const freshMilliseconds = 10_000

/** The rotating code for the wall: members scan it and are on the roll. No place is recorded. */
export function SignInCode({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <section className="code" aria-labelledby="code">
      <h3 id="code">{t('console.code.title')}</h3>
      {open ? (
        <Code gathering={gathering} onHide={() => setOpen(false)} />
      ) : (
        <>
          <p className="quiet">{t('console.code.note')}</p>
          <Button onClick={() => setOpen(true)}>{t('console.code.show')}</Button>
        </>
      )}
    </section>
  )
}

function Code({ gathering, onHide }: { gathering: Gathering; onHide: () => void }) {
  const t = useT()
  const wall = useRef<HTMLDivElement>(null)
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  const asked = useOperation(getSignInCode, { params }, { refetchInterval: freshMilliseconds })
  return (
    <Answer asked={asked}>
      {(code) => (
        <>
          <div className="code-wall" ref={wall}>
            <b>{gathering.title}</b>
            <Qr text={new URL(code.url, location.origin).href} />
            <span>{t('console.code.scan')}</span>
          </div>
          <div className="buttons">
            <Button icon={<FullscreenOutlined aria-hidden />} onClick={() => void wall.current?.requestFullscreen()}>
              {t('console.code.enlarge')}
            </Button>
            <Button onClick={onHide}>{t('console.code.hide')}</Button>
          </div>
        </>
      )}
    </Answer>
  )
}

/** Always dark on white, whatever the theme: cameras need it so. */
function Qr({ text }: { text: string }) {
  const t = useT()
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const dots: string[] = []
    for (let y = 0; y < modules.size; y += 1)
      for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x) === 1) dots.push(`M${x} ${y}h1v1h-1z`)
    return { size: modules.size, path: dots.join('') }
  }, [text])
  return (
    <svg
      className="qr"
      role="img"
      aria-label={t('console.code.title')}
      viewBox={`-2 -2 ${size + 4} ${size + 4}`}
      shapeRendering="crispEdges"
    >
      <rect x="-2" y="-2" width={size + 4} height={size + 4} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
