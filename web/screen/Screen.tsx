/** The screen of a command centre or a village lobby: from the organisation of the post down to one record. */
import { Redirect, Route, Router, Switch } from 'wouter'
import { holds } from '#contract/roles'
import { SessionGate, useSession, type Post } from '../shared/session.tsx'
import { GatheringPage } from './gathering/GatheringPage.tsx'
import { NoPost } from './NoPost.tsx'
import { OverviewPage } from './overview/OverviewPage.tsx'
import { useAwake } from './useAwake.ts'

const maySee = ({ role }: Post) => holds(role, 'read:overview')

export function Screen() {
  return (
    <SessionGate face="screen" prefers={maySee}>
      <Router base="/screen">
        <Pages />
      </Router>
    </SessionGate>
  )
}

function Pages() {
  const { post } = useSession()
  useAwake()
  if (post === null || !maySee(post)) return <NoPost />
  return (
    <Switch>
      <Route path="/">
        <OverviewPage post={post} organisationId={post.organisationId} />
      </Route>
      <Route path="/o/:organisationId">{({ organisationId }) => <OverviewPage post={post} organisationId={organisationId} />}</Route>
      <Route path="/o/:organisationId/g/:gatheringId">
        {({ organisationId, gatheringId }) => <GatheringPage post={post} organisationId={organisationId} gatheringId={gatheringId} />}
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  )
}
