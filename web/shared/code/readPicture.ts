/** A picture somebody chose: the code in it, or why there is none. It is looked at here and never leaves the device. */
import { loadReader } from './reader.ts'

/** Longest sides in turn: a large one for a small code in a wide picture, a small one, which evens out a coarse one. */
const sides = [1600, 1000, 600] as const

export type Picture = { text: string } | 'NOTHING' | 'BROKEN'

export async function readPicture(file: File): Promise<Picture> {
  const image = await createImageBitmap(file).catch(() => null)
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (image === null || pen === null) return 'BROKEN'
  const read = await loadReader()
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(image.width, image.height))
    const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))]
    pen.canvas.width = width
    pen.canvas.height = height
    pen.drawImage(image, 0, 0, width, height)
    const code = read(pen.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: 'attemptBoth' })
    if (code !== null && code.data !== '') return { text: code.data }
  }
  return 'NOTHING'
}
