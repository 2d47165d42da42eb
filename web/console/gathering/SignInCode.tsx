import { FullscreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { getSignInCode } from '#contract/attendance'
import { CodePicture } from '../../shared/CodePicture.tsx'
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
            <CodePicture text={new URL(code.url, location.origin).href} label={t('console.code.title')} />
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
