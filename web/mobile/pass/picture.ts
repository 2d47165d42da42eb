/** Reads a code out of a picture that somebody sent or saved. Nothing of the picture is kept. */
import jsqr from 'jsqr'

/** Enough for every module of a code that fills half the picture. */
const mostPixels = 1600

/** The text of the code in it, undefined when none is found. */
export async function codeIn(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, mostPixels / Math.max(picture.width, picture.height))
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) return undefined
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  return jsqr(pen.getImageData(0, 0, width, height).data, width, height)?.data
}
