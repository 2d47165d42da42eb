import { useT } from '../../shared/i18n.ts'
import { figures } from './figures.ts'
import type { Figure } from './figures.ts'

/** Chooses the figure that shades the tiles, and says what each shade means. */
export function Shades({ figure, onFigure }: { figure: Figure; onFigure: (figure: Figure) => void }) {
  const t = useT()
  const scale = figure === 'gatherings' ? 'each' : 'share'
  return (
    <fieldset className="shades">
      <legend>{t('screen.map.shade')}</legend>
      <div className="shades-choice">
        {figures.map((one) => (
          <label key={one}>
            <input type="radio" name="figure" checked={one === figure} onChange={() => onFigure(one)} />
            <span>{t(`screen.figure.${one}`)}</span>
          </label>
        ))}
      </div>
      <p>{t(`screen.shade.${figure}`)}</p>
      <ol className="shades-scale">
        {([0, 1, 2, 3, 4] as const).map((step) => (
          <li key={step} className={`shade-${step}`}>
            {t(`screen.scale.${scale}.${step}`)}
          </li>
        ))}
      </ol>
    </fieldset>
  )
}
