import { segmentKinds } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { count } from './figures.ts'
import { Region } from '../Region.tsx'
import type { Measures } from './figures.ts'

/** The gatherings of the month by kind; one gathering may hold several, so the kinds may add up to more. */
export function Kinds({ measures: { gatheringsByKind } }: { measures: Measures }) {
  const t = useT()
  const most = Math.max(1, ...segmentKinds.map((kind) => gatheringsByKind[kind]))
  return (
    <Region className="rows kinds" label={t('screen.kinds.title')}>
      <h2>{t('screen.kinds.title')}</h2>
      <dl>
        {segmentKinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`shared.kind.${kind}`)}</dt>
            <dd>{count(gatheringsByKind[kind])}</dd>
            <dd aria-hidden="true">
              <i style={{ width: `${(gatheringsByKind[kind] / most) * 100}%` }} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('screen.kinds.note')}</p>
    </Region>
  )
}
