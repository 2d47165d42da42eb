/** The rotating sign-in code for the wall or the table: big, always fresh, and who has just signed in. */
import { useEffect, useState } from 'react'
import { getGathering, getSignInCode } from '#contract/meetings'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { isPresent } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'

/** A code is shown well before the one before it ends. */
const freshMilliseconds = 15_000
const followMilliseconds = 3000

export function Code({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const language = useLanguage()
  const params = { organisationId, gatheringId }
  const asked = useOperation(getGathering, { params }, { refetchInterval: followMilliseconds })
  const code = useOperation(getSignInCode, { params }, { refetchInterval: freshMilliseconds })
  const back = `/meetings/${organisationId}/${gatheringId}`
  const came = (asked.data?.roster ?? [])
    .filter((row) => isPresent(row.state) && row.confirmedAt !== null)
    .sort((a, b) => (b.confirmedAt ?? '').localeCompare(a.confirmedAt ?? ''))
  return (
    <Page title={t('mobile.code.title')} back={back}>
      {code.data === undefined || code.isError ? (
        code.error ? (
          <Failed problem={code.error} retry={() => void code.refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <section className="card code">
          <Picture text={code.data.url} label={t('mobile.code.picture')} />
          <p className="quiet">{t('mobile.code.hint')}</p>
          <p className="code-words">
            <span>{t('mobile.code.orType')}</span> <code>{code.data.token}</code>
          </p>
        </section>
      )}
      {asked.data !== undefined && (
        <section className="card" aria-live="polite">
          <p className="arithmetic-heads">
            {t('mobile.roll.expected')} <b>{asked.data.expected}</b> <span aria-hidden="true">·</span> {t('mobile.roll.present')}{' '}
            <b>{asked.data.present}</b>
          </p>
          {came.slice(0, 6).map((row) => (
            <p key={row.memberId} className="quiet">
              {row.confirmedAt !== null && showTime(row.confirmedAt, language)} {row.name}
            </p>
          ))}
        </section>
      )}
    </Page>
  )
}

/** The picture of a text as a QR code, black on white whatever the theme: cameras want it so. */
function Picture({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string }>()
  useEffect(() => {
    let wanted = true
    async function draw() {
      const { default: qrcode } = await import('qrcode')
      const { size, data } = qrcode.create(text, { errorCorrectionLevel: 'M' }).modules
      const path = Array.from(data, (dark, i) => (dark === 1 ? `M${i % size} ${Math.floor(i / size)}h1v1h-1z` : '')).join('')
      if (wanted) setDrawn({ size, path })
    }
    void draw()
    return () => {
      wanted = false
    }
  }, [text])
  if (drawn === undefined) return <Loading />
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`-4 -4 ${drawn.size + 8} ${drawn.size + 8}`} shapeRendering="crispEdges">
      <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}
