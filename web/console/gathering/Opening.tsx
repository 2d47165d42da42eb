/** 向流动党员开放: members from elsewhere who are not assigned here may find this gathering and come. */
import { Switch } from 'antd'
import { useState } from 'react'
import { getOpening, openToGuests } from '#contract/floating'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Refusal } from '../field/Field.tsx'
import { useUndo } from '../frame/undo.tsx'
import type { Gathering } from './useGathering.ts'

export function Opening({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const tell = useUndo()
  const { organisationId, id: gatheringId } = gathering
  const shown = useOperation(getOpening, { params: { organisationId, gatheringId } })
  const { run, busy, problem } = useAction(openToGuests)
  const [said, setSaid] = useState<boolean>()
  const open = said ?? shown.data?.open ?? false

  function set(to: boolean) {
    const finish = (answer: { open: boolean }) => {
      setSaid(answer.open)
      tell(t(answer.open ? 'console.opening.opened' : 'console.opening.shut'), () => set(!to))
    }
    run({ params: { organisationId, gatheringId }, body: { open: to } }).then(finish, () => {})
  }

  return (
    <section className="opening" aria-labelledby="opening">
      <h3 id="opening">{t('console.opening.title')}</h3>
      <label>
        <Switch aria-label={t('console.opening.title')} checked={open} loading={busy} onChange={set} />{' '}
        {t(open ? 'console.opening.isOpen' : 'console.opening.isShut')}
      </label>
      <p className="quiet">{t('console.opening.note')}</p>
      <Refusal problem={problem} />
    </section>
  )
}
