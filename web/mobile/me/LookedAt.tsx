/** Who looked at my data, when, in which post and for what. */
import { listWhoLooked } from '#contract/identity'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Page } from '../parts/Page.tsx'

export function LookedAt() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const asked = useOperation(listWhoLooked, {})
  return (
    <Page title={t('mobile.looked.title')} back="/me">
      <p className="note">{t('mobile.looked.hint')}</p>
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data?.items.length === 0 && <Empty text={t('mobile.looked.empty')} />}
      {asked.data !== undefined && asked.data.items.length > 0 && (
        <ul className="rows card">
          {asked.data.items.map((entry) => (
            <li key={entry.id}>
              <div>
                <span>
                  {entry.actorName} · {entry.post}
                  <small>
                    {say(entry.operationName)}
                    {entry.purpose !== null && <> · {t('mobile.looked.purpose', { purpose: entry.purpose })}</>}
                  </small>
                </span>
                <small>{showMoment(entry.at, language)}</small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
