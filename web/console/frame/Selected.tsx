/** The selected organisation: its trail and name, and the pages it has. */
import { lazy, Suspense, useRef } from 'react'
import { Link, Route, Switch, useRoute } from 'wouter'
import { getOrganisation } from '#contract/organisations'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Loading } from '../../shared/states.tsx'
import { ChangesPage } from '../changes/ChangesPage.tsx'
import { DutiesPage } from '../duties/DutiesPage.tsx'
import { GatheringPage } from '../gathering/GatheringPage.tsx'
import { GatheringsPage } from '../gatherings/GatheringsPage.tsx'
import { MembersPage } from '../members/MembersPage.tsx'
import { OrganisationPage } from '../organisation/OrganisationPage.tsx'
import { StudyPage } from '../study/StudyPage.tsx'
import { ReviewsPage } from '../reviews/ReviewsPage.tsx'
import { YearPage } from '../year/YearPage.tsx'
import { Answer } from './Answer.tsx'
import { pagesFor, pathTo } from './address.ts'
import { useMay } from './may.ts'
import { Missing } from './Missing.tsx'

const FloatingPage = lazy(async () => ({ default: (await import('../floating/FloatingPage.tsx')).FloatingPage }))

export function Selected({ organisationId }: { organisationId: string }) {
  const asked = useOperation(getOrganisation, { params: { organisationId }, query: {} })
  return (
    <Answer asked={asked}>
      {(organisation) => (
        <div className="selected">
          <header className="selected-head">
            <Trail trail={organisation.trail.filter(({ id }) => id !== organisation.id)} />
            <h1>{organisation.shortName}</h1>
            <Tabs organisationId={organisation.id} />
          </header>
          <Switch>
            <Route path="/o/:id/members">
              <MembersPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/gatherings">
              <GatheringsPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/gatherings/:branchId/:gatheringId">
              {({ branchId, gatheringId }) => (
                <GatheringPage key={gatheringId} selectedId={organisation.id} branchId={branchId} gatheringId={gatheringId} />
              )}
            </Route>
            <Route path="/o/:id/floating/*?">
              <Suspense fallback={<Loading />}>
                <FloatingPage key={organisation.id} organisation={organisation} />
              </Suspense>
            </Route>
            <Route path="/o/:id/reviews">
              <ReviewsPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/year">
              <YearPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/duties">
              <DutiesPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/study">
              <StudyPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id/changes">
              <ChangesPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route path="/o/:id">
              <OrganisationPage key={organisation.id} organisation={organisation} />
            </Route>
            <Route>
              <Missing home={pathTo(organisation.id)} />
            </Route>
          </Switch>
        </div>
      )}
    </Answer>
  )
}

function Trail({ trail }: { trail: { id: string; name: string }[] }) {
  const t = useT()
  if (trail.length === 0) return null
  return (
    <nav className="trail" aria-label={t('console.trail')}>
      {trail.map(({ id, name }) => (
        <Link key={id} href={pathTo(id)}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** Pages as links; arrow keys go from one to the next as in a row of tabs. */
function Tabs({ organisationId }: { organisationId: string }) {
  const t = useT()
  const may = useMay()
  const list = useRef<HTMLElement>(null)
  const pages = pagesFor(may)
  const [, inside] = useRoute('/o/:id/:page/*?')
  const here = inside?.page ?? 'organisation'
  return (
    <nav className="tabs" aria-label={t('console.pages')} ref={list}>
      {pages.map((page) => (
        <Link
          key={page}
          href={pathTo(organisationId, page)}
          aria-current={page === here ? 'page' : undefined}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            if (step === 0) return
            const links = [...(list.current?.querySelectorAll('a') ?? [])]
            links[(pages.indexOf(page) + step + links.length) % links.length]?.focus()
          }}
        >
          {t(`console.page.${page}`)}
        </Link>
      ))}
    </nav>
  )
}
