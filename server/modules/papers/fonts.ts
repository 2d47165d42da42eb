/** The letters of paper: Noto Serif SC (SIL Open Font License), read when the first paper is written. PDFKit puts only the used ones into a file. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export interface Fonts {
  regular: Buffer
  bold: Buffer
}

const require = createRequire(import.meta.url)
const paths = [
  require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf'),
] as const

let reading: Promise<Fonts> | undefined

/** Both weights, about 30 MB together, kept once they are read. */
export function fonts(): Promise<Fonts> {
  reading ??= Promise.all([readFile(paths[0]), readFile(paths[1])]).then(([regular, bold]) => ({ regular, bold }))
  return reading
}
