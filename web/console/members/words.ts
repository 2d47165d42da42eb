import { useT } from '../../shared/i18n.ts'
import { educations, ethnicities } from './codes.ts'

/** The words for the codes; an unknown code is shown as it is. */
export function useCodeWords() {
  const t = useT()
  return {
    ethnicity: (code: string) => (ethnicities.includes(code) ? t(`console.ethnicity.${code}`) : code),
    education: (code: string) => (educations.includes(code) ? t(`console.education.${code}`) : code),
  }
}
