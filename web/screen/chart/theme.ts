/** The look of the screen's charts, from the same tokens as everything else. */
import { dark, light, type Colours } from '../../shared/tokens.ts'
import type { Theme } from '../../shared/looks.ts'

const colours: Record<Theme, Colours> = { light, dark }

/** @param rem pixels of one rem, so that the letters of a chart grow with the screen. @param fontFamily that of the page: widths are measured with it */
export function themeOf(theme: Theme, rem: number, fontFamily: string) {
  const { accent, ink, ink2, ink3, late, line } = colours[theme]
  const letters = { color: ink2, fontFamily, fontSize: 1.125 * rem }
  return {
    // Two greys, one accent, one warning colour.
    color: [accent, ink3, late],
    textStyle: letters,
    legend: { textStyle: letters, itemWidth: rem, itemHeight: rem, itemGap: 1.5 * rem, icon: 'rect' },
    categoryAxis: { axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: letters },
    valueAxis: { splitLine: { lineStyle: { color: line } }, axisLabel: letters },
    bar: { label: { ...letters, color: ink } },
  }
}
