import zhShared from '../shared/i18n/zh/shared.json'
import zhScreen from '../shared/i18n/zh/screen.json'
import { startFace } from '../shared/start.tsx'
import { Screen } from './Screen.tsx'
import './screen.css'

void startFace({
  name: 'screen',
  // A command centre is dark unless somebody chose otherwise.
  unchosen: 'dark',
  zh: { shared: zhShared, screen: zhScreen },
  english: async () => ({
    shared: (await import('../shared/i18n/en/shared.json')).default,
    screen: (await import('../shared/i18n/en/screen.json')).default,
  }),
  page: <Screen />,
})
