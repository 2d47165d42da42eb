import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { useFirst } from '../field/first.ts'
import type { Organisation } from '../organisation/organisation.ts'

interface TakeEffectProps {
  organisation: Organisation
  ready: boolean
  noNumber: boolean
  members: number
  organisations: number
  busy: boolean
  onPut: () => void
}

/** Asks once more, because a document that took effect can only be corrected by another document. */
export function TakeEffect({ organisation, ready, noNumber, members, organisations, busy, onPut }: TakeEffectProps) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const first = useFirst<HTMLButtonElement & HTMLAnchorElement>(asking)
  if (!asking || !ready) {
    return (
      <>
        {noNumber && <p className="quiet">{t('console.change.numberMissing')}</p>}
        <Button type="primary" disabled={!ready} onClick={() => setAsking(true)}>
          {t('console.change.takeEffect')}
        </Button>
      </>
    )
  }
  return (
    <div className="ask" role="group" aria-label={t('console.change.takeEffect')}>
      <p>{t('console.change.consequence', { name: organisation.shortName, organisations, members })}</p>
      <div className="buttons">
        <Button type="primary" danger ref={first} loading={busy} onClick={onPut}>
          {t('console.change.confirm')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('console.change.lookAgain')}</Button>
      </div>
    </div>
  )
}
