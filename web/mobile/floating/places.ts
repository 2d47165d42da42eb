/** Where somebody goes, as a phone asks for it: places of the province by search, others by their province. */

/** The province's prefectures (GB/T 2260), for a phone without a network. */
export const prefectures = [
  '530100',
  '530300',
  '530400',
  '530500',
  '530600',
  '530700',
  '530800',
  '530900',
  '532300',
  '532500',
  '532600',
  '532800',
  '532900',
  '533100',
  '533300',
  '533400',
] as const

/** Provinces outside, in the order of their codes. */
export const provinces = [
  '110000',
  '120000',
  '130000',
  '140000',
  '150000',
  '210000',
  '220000',
  '230000',
  '310000',
  '320000',
  '330000',
  '340000',
  '350000',
  '360000',
  '370000',
  '410000',
  '420000',
  '430000',
  '440000',
  '450000',
  '460000',
  '500000',
  '510000',
  '520000',
  '540000',
  '610000',
  '620000',
  '630000',
  '640000',
  '650000',
  '710000',
  '810000',
  '820000',
] as const

/** The twelve digits of an area of the province. */
export const wholeCode = (code: string): string => code.padEnd(12, '0')

/** The digits an area and everything below it begin with: 云南省 53, a prefecture 4, a county 6, a township 9. */
export function beginOf(code: string): string {
  const whole = wholeCode(code)
  for (const digits of [2, 4, 6, 9]) if (/^0+$/.test(whole.slice(digits))) return whole.slice(0, digits)
  return whole
}

/** The province outside of which somebody is: of a county there, its province. */
export const provinceOf = (code: string): string => code.slice(0, 2).padEnd(6, '0')

/** Is this place in the province the platform serves? */
export const isInside = (code: string): boolean => code === '' || code.startsWith('53')
