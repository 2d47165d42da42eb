/** What went wrong with something just done, in the platform's own sentence. */
import type { Problem } from '../../shared/client.ts'

export function Wrong({ problem, except = [] }: { problem: Problem | null; except?: readonly string[] }) {
  if (problem === null) return null
  // What is said at its field is not said twice.
  const fields = problem.fields.filter(({ path }) => !except.some((known) => path === known || path.startsWith(`${known}.`)))
  if (problem.fields.length > 0 && fields.length === 0) return null
  return (
    <p className="wrong" role="alert">
      {fields[0]?.message ?? problem.message}
    </p>
  )
}
