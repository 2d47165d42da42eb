/** The greeting of the hour, as people say it. @param hour 0–23 */
export function greetingAt(hour: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour >= 5 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 14) return 'noon'
  if (hour >= 14 && hour < 19) return 'afternoon'
  return 'evening'
}
