import { Link } from 'wouter'
import type { z } from 'zod'
import type { Happening as HappeningShape } from '#contract/overview'
import { useT } from '../../shared/i18n.ts'

export type Happening = z.output<typeof HappeningShape>

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

/** 刚刚: what just happened below this organisation, newest first; each line opens its record. */
export function Just({ happenings, language }: { happenings: Happening[]; language: 'zh' | 'en' }) {
  const t = useT()
  return (
    <section className="just" aria-label={t('screen.just.title')}>
      <h2>{t('screen.just.title')}</h2>
      {happenings.length === 0 ? (
        <p className="quiet">{t('screen.just.empty')}</p>
      ) : (
        <ol tabIndex={0} aria-label={t('screen.just.title')}>
          {happenings.map((happening) => (
            <li key={happening.id}>
              <Link href={happening.gatheringId ? `/o/${happening.organisationId}/g/${happening.gatheringId}` : `/o/${happening.organisationId}`}>
                <time dateTime={happening.at}>{clock.format(new Date(happening.at))}</time>
                <span>{happening.text[language]}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
