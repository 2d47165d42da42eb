/** The letters of paper: Noto Serif SC (SIL Open Font License), read when the first paper is written. PDFKit puts only the used ones into a file. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export interface Fonts {
  regular: Buffer
  bold: Buffer
}

const read = (name: string) => readFile(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${name}`))

let reading: Promise<Fonts> | undefined

/** Both weights, about 30 MB together, kept once they are read. */
export function fonts(): Promise<Fonts> {
  reading ??= Promise.all([read('400Regular/NotoSerifSC_400Regular.ttf'), read('600SemiBold/NotoSerifSC_600SemiBold.ttf')]).then(
    ([regular, bold]) => ({ regular, bold }),
  )
  return reading
}
