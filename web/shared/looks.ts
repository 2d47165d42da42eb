/** Light or dark, and elder mode: chosen once, remembered on this device, set on the page before it is drawn. */
import { useSyncExternalStore } from 'react'
import { keep, kept } from './device.ts'

export type Theme = 'light' | 'dark'
export type ThemeChoice = Theme | 'system'

const listeners = new Set<() => void>()
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)').matches

/** What a face shows to those who have chosen nothing. */
let unchosen: ThemeChoice = 'system'

const choice = (): ThemeChoice => {
  const remembered = kept('theme')
  return remembered === 'light' || remembered === 'dark' ? remembered : unchosen
}
const theme = (): Theme => {
  const chosen = choice()
  return chosen === 'system' ? (systemIsDark() ? 'dark' : 'light') : chosen
}
const elder = () => kept('elder') === 'yes'

function apply(): void {
  const root = document.documentElement
  root.dataset['theme'] = theme()
  if (elder()) root.dataset['elder'] = 'yes'
  else delete root.dataset['elder']
  for (const listener of listeners) listener()
}

/** Sets the looks; call it before the first page is drawn. @param ifUnchosen for those who have chosen nothing */
export function startLooks(ifUnchosen: ThemeChoice = 'system'): void {
  unchosen = ifUnchosen
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
  apply()
}

export function chooseTheme(to: ThemeChoice): void {
  keep('theme', to === 'system' ? null : to)
  apply()
}

export function chooseElder(on: boolean): void {
  keep('elder', on ? 'yes' : null)
  apply()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The theme in force. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme)
/** What was chosen; `system` follows the device. */
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, choice)
/** Is elder mode on? */
export const useElder = (): boolean => useSyncExternalStore(subscribe, elder)
