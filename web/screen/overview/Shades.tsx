import { useT } from '../../shared/i18n.ts'
import { figures } from './figures.ts'
import type { Figure } from './figures.ts'

/** Chooses the figure that shades the tiles, and says what each shade means. */
export function Shades({ figure, onFigure }: { figure: Figure; onFigure: (figure: Figure) => void }) {
  const t = useT()
  const scale = figure === 'gatherings' ? 'each' : 'share'
  return (
    <div className="shades">
      <div className="shades-choice" role="group" aria-label={t('screen.map.shade')}>
        {figures.map((one) => (
          <button key={one} type="button" aria-pressed={one === figure} onClick={() => onFigure(one)}>
            {t(`screen.figure.${one}`)}
          </button>
        ))}
      </div>
      <p>{t(`screen.shade.${figure}`)}</p>
      <ol className="shades-scale" aria-label={t('screen.map.shade')}>
        {([0, 1, 2, 3, 4] as const).map((step) => (
          <li key={step}>
            <i className={`shade-${step}`} aria-hidden="true" />
            {t(`screen.scale.${scale}.${step}`)}
          </li>
        ))}
      </ol>
    </div>
  )
}
