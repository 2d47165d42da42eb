/** Large text, light or dark, language. */
import { currentLanguage, setLanguage, useT } from '../shared/i18n.ts'
import { chooseElder, chooseTheme, useElder, useTheme } from '../shared/looks.ts'

export function Switches() {
  const t = useT()
  const [elder, theme] = [useElder(), useTheme()]
  return (
    <nav className="switches" aria-label={t('verify.switches.label')}>
      <button type="button" className="text" onClick={() => chooseElder(!elder)}>
        {t(elder ? 'verify.switches.usual' : 'verify.switches.large')}
      </button>
      <button type="button" className="text" onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}>
        {t(theme === 'dark' ? 'verify.switches.light' : 'verify.switches.dark')}
      </button>
      <button
        type="button"
        className="text"
        aria-label={t('verify.switches.languageLabel')}
        onClick={() => void setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')}
      >
        {t('verify.switches.language')}
      </button>
    </nav>
  )
}
