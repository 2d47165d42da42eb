/** Before the stories: the browser is unpacked once, so that test files side by side find it whole. */
import { findChromium } from './browser.ts'

export default async function setup(): Promise<void> {
  await findChromium()
}
