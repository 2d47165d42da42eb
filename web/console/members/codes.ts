/** Codes of the national standards, in the order of the standards: GB/T 3304 (peoples) and GB/T 4658 (education). */
export const ethnicities = [...Array.from({ length: 56 }, (_, n) => String(n + 1).padStart(2, '0')), '97', '98']
export const educations = ['11', '14', '21', '31', '41', '44', '47', '61', '71', '81', '90']

/** A code on record may be one that the form does not offer: it stays. */
export const withOwn = (codes: readonly string[], own: string): string[] =>
  own === '' || codes.includes(own) ? [...codes] : [...codes, own]
