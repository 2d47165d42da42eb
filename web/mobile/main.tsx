import zhMobile from '../shared/i18n/zh/mobile.json'
import zhShared from '../shared/i18n/zh/shared.json'
import { startOffline } from '../shared/offline/offline.ts'
import { startFace } from '../shared/start.tsx'
import { Mobile } from './Mobile.tsx'

startOffline()
void startFace({
  name: 'mobile',
  zh: { shared: zhShared, mobile: zhMobile },
  english: async () => ({
    shared: (await import('../shared/i18n/en/shared.json')).default,
    mobile: (await import('../shared/i18n/en/mobile.json')).default,
  }),
  page: <Mobile />,
})

// After the first page is there: what it needs without a network is fetched in the quiet time behind it.
if ('serviceWorker' in navigator) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => {}))
}
