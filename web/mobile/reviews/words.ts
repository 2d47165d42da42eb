import { grades } from '#contract/reviews'
import type { useT } from '../../shared/i18n.ts'

/** A corrected grade in words; any other text as it is. */
export function gradeOrText(t: ReturnType<typeof useT>, text: string): string {
  const grade = grades.find((one) => one === text)
  return grade === undefined ? text : t(`shared.grade.${grade}`)
}
