/** The phone: its pages by address, inside the session. Home comes with the first visit, the others when they are opened. */
import { type ComponentType, lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { DemoBanner } from '../shared/DemoBanner.tsx'
import { InPostAt, type Post, SessionGate } from '../shared/session.tsx'
import { Loading } from '../shared/states.tsx'
import { Home } from './home/Home.tsx'
import type { GatheringPath } from './meeting/Meeting.tsx'
import { Missing } from './parts/Missing.tsx'
import { TruthLine } from './sync/TruthLine.tsx'
import './mobile.css'

const Meetings = lazy(async () => ({ default: (await import('./meetings/Meetings.tsx')).Meetings }))
const Plan = lazy(async () => ({ default: (await import('./plan/Plan.tsx')).Plan }))
const EditPlan = lazy(async () => ({ default: (await import('./plan/Plan.tsx')).EditPlan }))
const Meeting = lazy(async () => ({ default: (await import('./meeting/Meeting.tsx')).Meeting }))
const RollCall = lazy(async () => ({ default: (await import('./meeting/RollCall.tsx')).RollCall }))
const Code = lazy(async () => ({ default: (await import('./meeting/Code.tsx')).Code }))
const Record = lazy(async () => ({ default: (await import('./meeting/Record.tsx')).Record }))
const Patrol = lazy(async () => ({ default: (await import('./meeting/Patrol.tsx')).Patrol }))
const Exemptions = lazy(async () => ({ default: (await import('./meeting/Exemptions.tsx')).Exemptions }))
const SignIn = lazy(async () => ({ default: (await import('./meeting/SignIn.tsx')).SignIn }))
const Leave = lazy(async () => ({ default: (await import('./meeting/Leave.tsx')).Leave }))
const Year = lazy(async () => ({ default: (await import('./year/Year.tsx')).Year }))
const Arrange = lazy(async () => ({ default: (await import('./year/Arrange.tsx')).Arrange }))
const SeriesPage = lazy(async () => ({ default: (await import('./year/SeriesPage.tsx')).SeriesPage }))
const KitPage = lazy(async () => ({ default: (await import('./year/KitPage.tsx')).KitPage }))
const Notices = lazy(async () => ({ default: (await import('./notices/Notices.tsx')).Notices }))
const Ring = lazy(async () => ({ default: (await import('./notices/Ring.tsx')).Ring }))
const Me = lazy(async () => ({ default: (await import('./me/Me.tsx')).Me }))
const Attendance = lazy(async () => ({ default: (await import('./me/Attendance.tsx')).Attendance }))
const MyRecord = lazy(async () => ({ default: (await import('./me/MyRecord.tsx')).MyRecord }))
const LookedAt = lazy(async () => ({ default: (await import('./me/LookedAt.tsx')).LookedAt }))
const Devices = lazy(async () => ({ default: (await import('./me/Devices.tsx')).Devices }))
const Outbox = lazy(async () => ({ default: (await import('./sync/Outbox.tsx')).Outbox }))
const Conflicts = lazy(async () => ({ default: (await import('./sync/Conflicts.tsx')).Conflicts }))
const Reviews = lazy(async () => ({ default: (await import('./reviews/Reviews.tsx')).Reviews }))
const Calendar = lazy(async () => ({ default: (await import('./papers/Calendar.tsx')).Calendar }))
const Reminders = lazy(async () => ({ default: (await import('./me/Reminders.tsx')).Reminders }))
const Study = lazy(async () => ({ default: (await import('./study/Study.tsx')).Study }))
const PackPage = lazy(async () => ({ default: (await import('./study/PackPage.tsx')).PackPage }))
const Ledger = lazy(async () => ({ default: (await import('./study/Ledger.tsx')).Ledger }))
const Questions = lazy(async () => ({ default: (await import('./study/Questions.tsx')).Questions }))
const CarryOut = lazy(async () => ({ default: (await import('./carry/CarryOut.tsx')).CarryOut }))
const CarryOthers = lazy(async () => ({ default: (await import('./carry/CarryOthers.tsx')).CarryOthers }))
const Floating = lazy(async () => ({ default: (await import('./floating/Floating.tsx')).Floating }))
const Pass = lazy(async () => ({ default: (await import('./pass/Pass.tsx')).Pass }))
const Door = lazy(async () => ({ default: (await import('./pass/Door.tsx')).Door }))
const Prepared = lazy(async () => {
  await firstPageShown()
  return { default: (await import('./carry/Prepared.tsx')).Prepared }
})
const TrustAhead = lazy(async () => {
  await firstPageShown()
  // Nobody waits for it: it leaves a weak network to what is being looked at.
  await new Promise((resolve) => setTimeout(resolve, laterMilliseconds))
  return { default: (await import('./pass/TrustAhead.tsx')).TrustAhead }
})

const laterMilliseconds = 15_000

/** Waits until the browser has nothing more urgent to do; one that does not say so (Safari) is given half a second. */
function firstPageShown(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 3000 })
    else setTimeout(resolve, 500)
  })
}

/** Pages of one gathering; opened anew for another one, so that nothing typed is carried over. */
const gatheringPages: Record<string, ComponentType<GatheringPath>> = {
  '': Meeting,
  '/edit': EditPlan,
  '/roll': RollCall,
  '/code': Code,
  '/record': Record,
  '/sign-in': SignIn,
  '/leave': Leave,
  '/patrol': Patrol,
  '/door': Door,
}

/** A phone begins with the post that has work to do on it. */
const hasWork = (post: Post) => post.role === 'BRANCH_SECRETARY' || post.role === 'RECORDER' || post.role === 'GROUP_LEADER'

export function Mobile() {
  return (
    <SessionGate face="mobile" prefers={hasWork}>
      <DemoBanner />
      <TruthLine />
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/meetings" component={Meetings} />
          <Route path="/meetings/plan" component={Plan} />
          <Route path="/meetings/exemptions" component={Exemptions} />
          {Object.entries(gatheringPages).map(([suffix, Shown]) => (
            <Route key={suffix} path={`/meetings/:organisationId/:gatheringId${suffix}`}>
              {({ organisationId = '', gatheringId = '' }: { organisationId?: string; gatheringId?: string }) => (
                <InPostAt organisationId={organisationId}>
                  <Shown key={gatheringId} organisationId={organisationId} gatheringId={gatheringId} />
                </InPostAt>
              )}
            </Route>
          ))}
          <Route path="/year" component={Year} />
          <Route path="/year/arrange" component={Arrange} />
          <Route path="/year/series" component={SeriesPage} />
          <Route path="/year/kits/:kitId">{({ kitId = '' }: { kitId?: string }) => <KitPage kitId={kitId} />}</Route>
          <Route path="/notices" component={Notices} />
          <Route path="/notices/ring" component={Ring} />
          <Route path="/study" component={Study} />
          <Route path="/study/ledger" component={Ledger} />
          <Route path="/study/questions" component={Questions} />
          <Route path="/study/:packId">{({ packId }) => <PackPage key={packId} packId={packId} />}</Route>
          <Route path="/carry" component={CarryOut} />
          <Route path="/carry/others" component={CarryOthers} />
          <Route path="/floating/*?" component={Floating} />
          <Route path="/pass" component={Pass} />
          <Route path="/me" component={Me} />
          <Route path="/me/attendance" component={Attendance} />
          <Route path="/me/record" component={MyRecord} />
          <Route path="/me/looked-at" component={LookedAt} />
          <Route path="/me/devices" component={Devices} />
          <Route path="/sync" component={Outbox} />
          <Route path="/conflicts/:organisationId">
            {({ organisationId = '' }: { organisationId?: string }) => <Conflicts organisationId={organisationId} />}
          </Route>
          <Route path="/reviews/*?" component={Reviews} />
          <Route path="/me/calendar" component={Calendar} />
          <Route path="/me/reminders" component={Reminders} />
          <Route component={Missing} />
        </Switch>
      </Suspense>
      <Suspense fallback={null}>
        <Prepared />
        <TrustAhead />
      </Suspense>
    </SessionGate>
  )
}
