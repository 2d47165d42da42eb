/** The states every page has beside its own: loading, empty, failed, offline. */
import { useEffect, useState, type ReactNode } from 'react'
import type { Problem } from './client.ts'
import { useT } from './i18n.ts'

/** Shown only when an answer takes longer than a moment, so that a fast page does not flicker. */
const patienceMilliseconds = 150

export function Loading() {
  const t = useT()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="page-state" role="status" data-state="loading">
      <span className="unseen">{t('shared.loading')}</span>
      {late && (
        <div className="bars" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      )}
    </div>
  )
}

/** What will appear here and how to make it appear. */
export function Empty({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="page-state" data-state="empty">
      <p>{text}</p>
      {children}
    </div>
  )
}

/** How often a page without a network looks whether it is back. */
const lookMilliseconds = 4000

async function isReachable(): Promise<boolean> {
  try {
    return (await fetch('/health', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

/** What went wrong and what to do; without a network it says what is safe, and tries again by itself when the network is back. */
export function Failed({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const t = useT()
  const offline = problem.code === 'OFFLINE'
  useEffect(() => {
    if (!offline || retry === undefined) return undefined
    // Devices are often wrong about their network, so the platform itself is asked; the page changes only when it answers.
    const look = () => void isReachable().then((reachable) => reachable && retry())
    const timer = setInterval(look, lookMilliseconds)
    window.addEventListener('online', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', look)
    }
  }, [offline, retry])
  return (
    <div className="page-state" role="alert" data-state={offline ? 'offline' : 'error'}>
      <p>
        <strong>{t(offline ? 'shared.offline' : 'shared.failed')}</strong>
      </p>
      <p>{problem.message}</p>
      {problem.fields.map((field) => (
        <p key={field.path}>{field.message}</p>
      ))}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          {t('shared.retry')}
        </button>
      )}
    </div>
  )
}

/** The line at the top that tells the truth about the network; nothing while all is well. */
export function TruthLine() {
  const t = useT()
  const online = useOnline()
  if (online) return null
  return (
    <p className="truth-line" role="status">
      {t('shared.offlineLine')}
    </p>
  )
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return online
}
