import type { z } from 'zod'
import type { Preview } from '#contract/organisations'
import { useSay, useT } from '../../shared/i18n.ts'
import { Mark } from '../list/Mark.tsx'

/** What the document would do, to how many, and every reason why it cannot be done. */
export function PreviewPart({ preview, waiting }: { preview: z.output<typeof Preview> | undefined; waiting: boolean }) {
  const t = useT()
  const say = useSay()
  return (
    <section>
      <h3>{t('console.preview.title')}</h3>
      {preview === undefined ? (
        <p className="quiet">{t(waiting ? 'console.preview.waiting' : 'shared.loading')}</p>
      ) : (
        <>
          <ul className="effects">
            {preview.effects.map((effect) => (
              <li key={effect.zh}>{say(effect)}</li>
            ))}
          </ul>
          <p>
            <b>{t('console.preview.affected', { organisations: preview.organisationsAffected, members: preview.membersAffected })}</b>
          </p>
          {preview.blockers.length > 0 && (
            <ul className="blockers" role="alert">
              {preview.blockers.map((blocker) => (
                <li key={blocker.zh}>
                  <Mark tone="bad">{say(blocker)}</Mark>
                </li>
              ))}
            </ul>
          )}
          {preview.findings.length > 0 && (
            <>
              <h3>{t('console.preview.findings')}</h3>
              <ul className="effects">
                {preview.findings.map((finding) => (
                  <li key={finding.ruleId}>
                    <Mark tone={finding.excepted ? 'calm' : 'wait'}>{say(finding.sentence)}</Mark>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  )
}
