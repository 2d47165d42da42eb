import type { ReactNode } from 'react'

/** Names and what stands for them; what is not known is a dash. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode] | false)[] }) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact !== false && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1] === null || fact[1] === '' || fact[1] === undefined ? '—' : fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
