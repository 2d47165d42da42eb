/** A verdict on a pass, to be read at arm's length in the sun: a shape, a few characters, the sentence, what to do now, and whose pass it is. */
import type { ReactNode } from 'react'
import { ageInWords, type Outcome, type Verdict } from '#pass'
import { showDay } from '../dates.ts'
import { useLanguage, useSay, useT } from '../i18n.ts'
import './verdict.css'

/** `good` let in · `look` let in, and look at something · `again` show it again · `stop` not good. Each has a shape of its own. */
type Tone = 'good' | 'look' | 'again' | 'stop'

const tones: Record<Outcome, Tone> = {
  VALID: 'good',
  VALID_PAPER: 'look',
  LIST_OLD: 'look',
  COPY: 'again',
  PROOF_OLD: 'again',
  CLOCK: 'again',
  EXPIRED: 'again',
  NOT_YET: 'again',
  LIST_MISSING: 'again',
  OTHER_CODE: 'again',
  ALTERED: 'again',
  PROOF_WRONG: 'stop',
  SUSPENDED: 'stop',
  REVOKED: 'stop',
  ISSUER_WITHDRAWN: 'stop',
  ISSUER_EXPIRED: 'stop',
  ISSUER_UNKNOWN: 'stop',
}

const shapes: Record<Tone, ReactNode> = {
  good: (
    <>
      <circle cx="24" cy="24" r="20" />
      <path d="m15 24.5 6.5 6.5L34 18" />
    </>
  ),
  look: (
    <>
      <path d="M24 5 44 41H4z" />
      <path d="M24 19v10m0 5.2v.3" />
    </>
  ),
  again: (
    <>
      <path d="M40 24a16 16 0 1 1-5.2-11.8" />
      <path d="M36 4.5v8.6h-8.6" />
    </>
  ),
  stop: (
    <>
      <path d="M16.5 4h15L44 16.5v15L31.5 44h-15L4 31.5v-15z" />
      <path d="m17 17 14 14m0-14L17 31" />
    </>
  ),
}

/** Seconds that nobody counts. */
const justNow = 60

interface VerdictCardProps {
  verdict: Verdict
  /** Buttons under it. */
  children?: ReactNode
}

export function VerdictCard({ verdict, children }: VerdictCardProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { outcome, title, sentence, next, pass, listAge } = verdict
  const tone = tones[outcome]
  const facts: [string, string][] =
    pass === null
      ? []
      : [
          [t('shared.pass.name'), pass.name],
          [t('shared.pass.branch'), pass.branch],
          [t('shared.pass.issuer'), pass.issuer],
          [t('shared.pass.until'), showDay(new Date(pass.expiresAt.getTime() - 1).toISOString(), language)],
        ]
  return (
    <article className="verdict-card" data-tone={tone} data-outcome={outcome}>
      <header>
        <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
          <g fill="none" stroke="currentColor" strokeWidth="3.6" strokeLinecap="round" strokeLinejoin="round">
            {shapes[tone]}
          </g>
        </svg>
        <h2>{say(title)}</h2>
      </header>
      <div className="verdict-card-said">
        <p>{say(sentence)}</p>
        <p className="verdict-card-next">
          <b>{t('shared.pass.next')}</b>
          {say(next)}
        </p>
      </div>
      {facts.length > 0 && (
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {listAge !== null && (
        <p className="verdict-card-age">
          {listAge < justNow ? t('shared.pass.listNow') : t('shared.pass.listAge', { age: say(ageInWords(listAge)) })}
        </p>
      )}
      {children !== undefined && <footer>{children}</footer>}
    </article>
  )
}
