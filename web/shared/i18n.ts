/** Words of the interface: Chinese first, English complete. English is fetched only by those who read it. */
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { keep, kept } from './device.ts'

export type Language = 'zh' | 'en'
/** Words by name space: `shared`, and the one of the face. */
export type Words = Record<string, object>

const listeners = new Set<() => void>()
let language: Language = kept('language') === 'en' ? 'en' : 'zh'
let fetchEnglish: () => Promise<Words> = () => Promise.resolve({})

export const currentLanguage = (): Language => language

/** Starts the words of a face. Call it once, before the first page is drawn. */
export async function startWords(zh: Words, english: () => Promise<Words>): Promise<void> {
  fetchEnglish = english
  await i18next.init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh } },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0])
  await setLanguage(language)
}

/** Changes the language at once; remembered on this device. */
export async function setLanguage(to: Language): Promise<void> {
  if (to === 'en' && !i18next.hasResourceBundle('en', 'translation')) i18next.addResourceBundle('en', 'translation', await fetchEnglish())
  language = to
  keep('language', to)
  await i18next.changeLanguage(to)
  document.documentElement.lang = to === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The language of the page; the page is drawn again when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage)

/** The words: `t('screen.title')`, `t('screen.fresh', { seconds })`. */
export function useT() {
  useLanguage()
  return i18next.t
}

/** A word outside a component. */
export const word = (key: string): string => i18next.t(key)

/** A sentence of the platform in the reader's language. */
export function useSay(): (sentence: { zh: string; en: string }) => string {
  const spoken = useLanguage()
  return (sentence) => sentence[spoken]
}
