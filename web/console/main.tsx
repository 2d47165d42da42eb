import zhShared from '../shared/i18n/zh/shared.json'
import zhConsole from '../shared/i18n/zh/console.json'
import { startFace } from '../shared/start.tsx'
import { Console } from './Console.tsx'

void startFace({
  name: 'console',
  zh: { shared: zhShared, console: zhConsole },
  english: async () => ({
    shared: (await import('../shared/i18n/en/shared.json')).default,
    console: (await import('../shared/i18n/en/console.json')).default,
  }),
  page: <Console />,
})
