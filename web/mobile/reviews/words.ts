import { grades } from '#contract/reviews'
import type { useT } from '../../shared/i18n.ts'

export type Grade = (typeof grades)[number]
type Words = ReturnType<typeof useT>

/** The four grades, to choose from. */
export const gradeOptions = (t: Words) => grades.map((value) => ({ value, name: t(`shared.grade.${value}`) }))

/** A corrected grade in words; any other text as it is. */
export function gradeOrText(t: Words, text: string): string {
  const grade = grades.find((one) => one === text)
  return grade === undefined ? text : t(`shared.grade.${grade}`)
}
