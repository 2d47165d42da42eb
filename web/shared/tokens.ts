/**
 * How it looks, once: antd, ECharts and our own styles take their colours and sizes from here (the page gets them as CSS variables).
 * Red is for the emblem and for danger. `ink3` never carries meaning alone. Contrasts are checked by `tokens.test.ts`.
 */
export const light = {
  ground: '#f7f8f7',
  surface: '#ffffff',
  ink: '#17201d',
  ink2: '#4a5652',
  ink3: '#66736e',
  accent: '#0b6e5b',
  accentInk: '#ffffff',
  accentSoft: '#e3f1ed',
  ok: '#2e7d4f',
  wait: '#7a5c14',
  late: '#a84c08',
  bad: '#b3261e',
  emblem: '#c8102e',
  line: '#e2e7e5',
} as const

export type Colours = Record<keyof typeof light, string>

export const dark: Colours = {
  ground: '#0e1513',
  surface: '#151e1b',
  ink: '#eaf1ee',
  ink2: '#b4c2bd',
  ink3: '#93a29c',
  accent: '#4cc3a5',
  accentInk: '#06231c',
  accentSoft: '#17352d',
  ok: '#6fce94',
  wait: '#d9b95a',
  late: '#f0a063',
  bad: '#ff8a80',
  emblem: '#c8102e',
  line: '#26332f',
}

/** Elder mode: what carries meaning reaches 7 : 1 on every ground. */
export const lightElder: Partial<Colours> = {
  ink2: '#3a4541',
  ink3: '#43504b',
  accent: '#075443',
  ok: '#1c5a38',
  wait: '#5a430c',
  late: '#7a3606',
  bad: '#8c1c16',
  line: '#9aa8a3',
}

export const darkElder: Partial<Colours> = {
  ink2: '#ccd8d3',
  ink3: '#b4c2bd',
  accent: '#63d3b6',
  ok: '#86dca6',
  wait: '#e6ca74',
  late: '#f6b482',
  bad: '#ffa59d',
  line: '#5b6c66',
}

/** Names of the CSS variables: `accentInk` → `--accent-ink`, `ink2` → `--ink-2`. */
export function variableOf(name: string): string {
  return `--${name.replaceAll(/([A-Z])/g, (letter) => `-${letter.toLowerCase()}`).replaceAll(/(\d)/g, '-$1')}`
}

const declarations = (colours: Partial<Colours>) =>
  Object.entries(colours)
    .map(([name, value]) => `${variableOf(name)}:${value};`)
    .join('')

/** The style sheet that the build puts in place of `tokens.css`. */
export const tokensCss = (): string =>
  `:root{color-scheme:light;${declarations(light)}}:root[data-theme='dark']{color-scheme:dark;${declarations(dark)}}` +
  `:root[data-elder]{${declarations(lightElder)}}:root[data-theme='dark'][data-elder]{${declarations(darkElder)}}`
