/** What the members of my branch promised this year. */
import { listPromises } from '#contract/promises'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { thisYear } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { runsReviews } from './life.ts'
import { PromiseCard } from './PromiseCard.tsx'

export function BranchPromises() {
  const t = useT()
  const { post } = useSession()
  const organisationId = post?.organisationId ?? ''
  const asked = useOperation(listPromises, { params: { organisationId }, query: { year: thisYear() } }, { enabled: post !== null })
  return (
    <Page title={t('mobile.reviews.promise.branch')} back="/reviews">
      <Asked asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('mobile.reviews.promise.noneBranch')} />
          ) : (
            <section aria-labelledby="items">
              <h2 id="items" className="unseen">
                {t('mobile.reviews.year', { year: thisYear() })}
              </h2>
              {items.map((promise) => (
                <PromiseCard key={promise.id} promise={promise} office={runsReviews(post)} />
              ))}
            </section>
          )
        }
      </Asked>
    </Page>
  )
}
