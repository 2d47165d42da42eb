/** A page without a session: nobody signs in to check a pass, and nothing about the platform's people is asked. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'virtual:/tokens.css'
import '../shared/faces.css'
import zhShared from '../shared/i18n/zh/shared.json'
import zhVerify from '../shared/i18n/zh/verify.json'
import { startWords } from '../shared/i18n.ts'
import { startLooks } from '../shared/looks.ts'
import { Verify } from './Verify.tsx'
import './verify.css'

async function start(): Promise<void> {
  startLooks()
  await startWords({ shared: zhShared, verify: zhVerify }, async () => ({
    shared: (await import('../shared/i18n/en/shared.json')).default,
    verify: (await import('../shared/i18n/en/verify.json')).default,
  }))
  document.documentElement.classList.add('verify')
  const root = document.querySelector('#root')
  if (root === null) throw new Error('the page has no root')
  createRoot(root).render(
    <StrictMode>
      <Verify />
    </StrictMode>,
  )
}
void start()

// Keeps this page for the time without a network.
if ('serviceWorker' in navigator) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('/verify-sw.js', { scope: '/verify' }).catch(() => {}))
}
