/** Starts a face: looks and words first, then the page inside its data and its session. */
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import 'virtual:/tokens.css'
import './faces.css'
import { startWords, type Words } from './i18n.ts'
import { startLooks, type ThemeChoice } from './looks.ts'
import { newQueryClient } from './query.ts'
import { lookWhoIsHere } from './session.tsx'

interface Face {
  name: 'mobile' | 'console' | 'screen'
  /** Light or dark for those who have chosen nothing; by default as the system says. */
  unchosen?: ThemeChoice
  zh: Words
  english: () => Promise<Words>
  page: ReactNode
}

export async function startFace({ name, unchosen, zh, english, page }: Face): Promise<void> {
  const queries = newQueryClient()
  lookWhoIsHere(queries)
  startLooks(unchosen)
  await startWords(zh, english)
  document.documentElement.classList.add(name)
  const root = document.querySelector('#root')
  if (root === null) throw new Error('the page has no root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>{page}</QueryClientProvider>
    </StrictMode>,
  )
}
