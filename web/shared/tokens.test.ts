/** Text can be read on every ground: WCAG 2.2 contrast of the tokens, light and dark. */
import { expect, test } from 'vitest'
import { type Colours, dark, darkElder, light, lightElder, tokensCss, variableOf } from './tokens.ts'

/** Relative luminance 0–1 of `#rrggbb`. Source: WCAG 2.2, definition of relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast 1–21. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

test('contrast is computed as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test.each([
  ['light', light as Colours],
  ['dark', dark],
])('%s: words are at least 4.5 : 1 on ground and surface, the main ink at least 7 : 1', (_, colours) => {
  for (const ground of [colours.ground, colours.surface]) {
    for (const name of ['ink', 'ink2', 'ink3', 'accent', 'ok', 'wait', 'late', 'bad'] as const) {
      expect(contrast(colours[name], ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(colours.ink, ground)).toBeGreaterThanOrEqual(7)
    expect(contrast(colours.ink2, ground)).toBeGreaterThanOrEqual(7)
  }
  expect(contrast(colours.accentInk, colours.accent)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colours.ink, colours.accentSoft)).toBeGreaterThanOrEqual(7)
})

test.each([
  ['light', { ...light, ...lightElder }],
  ['dark', { ...dark, ...darkElder }],
])('%s, elder mode: words are at least 7 : 1 on every ground', (_, colours) => {
  for (const ground of [colours.ground, colours.surface, colours.accentSoft]) {
    for (const name of ['ink', 'ink2', 'ink3', 'accent', 'ok', 'wait', 'late', 'bad'] as const) {
      expect(contrast(colours[name], ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(7)
    }
  }
  expect(contrast(colours.accentInk, colours.accent)).toBeGreaterThanOrEqual(7)
})

test('every token is a CSS variable in both themes', () => {
  const css = tokensCss()
  for (const [name, value] of [...Object.entries(light), ...Object.entries(dark)]) expect(css).toContain(`${variableOf(name)}:${value};`)
})
