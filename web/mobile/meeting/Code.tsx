/** The rotating sign-in code for the wall or the table: big, always fresh, and who has just signed in. */
import { getSignInCode } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import { CodePicture } from '../../shared/CodePicture.tsx'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'
import { isPresent } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'

/** A code is shown well before the one before it ends. */
const freshMilliseconds = 15_000
const followMilliseconds = 3000

export function Code({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const language = useLanguage()
  const params = { organisationId, gatheringId }
  const asked = useOperation(getGathering, { params }, { refetchInterval: followMilliseconds })
  const code = useOperation(getSignInCode, { params }, { refetchInterval: freshMilliseconds })
  const back = `/meetings/${organisationId}/${gatheringId}`
  const came = (asked.data?.roster ?? [])
    .filter((row) => isPresent(row.state) && row.confirmedAt !== null)
    .sort((a, b) => (b.confirmedAt ?? '').localeCompare(a.confirmedAt ?? ''))
  return (
    <Page title={t('mobile.code.title')} back={back}>
      {code.data === undefined || code.isError ? (
        code.error ? (
          <Failed problem={code.error} retry={() => void code.refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <section className="card code">
          <CodePicture text={code.data.url} label={t('mobile.code.picture')} />
          <p className="quiet">{t('mobile.code.hint')}</p>
          <p className="code-words">
            <span>{t('mobile.code.orType')}</span> <code>{code.data.token}</code>
          </p>
        </section>
      )}
      {asked.data !== undefined && (
        <section className="card" aria-live="polite">
          <p className="arithmetic-heads">
            {t('mobile.roll.expected')} <b>{asked.data.expected}</b> <span aria-hidden="true">·</span> {t('mobile.roll.present')}{' '}
            <b>{asked.data.present}</b>
          </p>
          {came.slice(0, 6).map((row) => (
            <p key={row.memberId} className="quiet">
              {row.confirmedAt !== null && showTime(row.confirmedAt, language)} {row.name}
            </p>
          ))}
        </section>
      )}
    </Page>
  )
}
