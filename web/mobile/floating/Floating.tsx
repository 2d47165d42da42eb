/** 外出: the pages of a member away from home, in one piece that is fetched when it is first opened. */
import { Route, Switch } from 'wouter'
import { Missing } from '../parts/Missing.tsx'
import { Arrive } from './Arrive.tsx'
import { Hosts } from './Hosts.tsx'
import { Month } from './Month.tsx'
import { Out } from './Out.tsx'
import { YearOfMine } from './YearOfMine.tsx'
import './floating.css'

export function Floating() {
  return (
    <Switch>
      <Route path="/floating" component={Out} />
      <Route path="/floating/month" component={Month} />
      <Route path="/floating/hosts" component={Hosts} />
      <Route path="/floating/arrive/:hostId">{({ hostId = '' }: { hostId?: string }) => <Arrive key={hostId} hostId={hostId} />}</Route>
      <Route path="/floating/year/:year">{({ year = '' }: { year?: string }) => <YearOfMine key={year} year={year} />}</Route>
      <Route component={Missing} />
    </Switch>
  )
}
