/** 评议与承诺: the pages of the year's review, in one piece that is fetched when it is first opened. */
import { Route, Switch } from 'wouter'
import { Missing } from '../parts/Missing.tsx'
import { Assessment } from './Assessment.tsx'
import { Ballot } from './Ballot.tsx'
import { Branch } from './Branch.tsx'
import { BranchPeople } from './BranchPeople.tsx'
import { BranchPromises } from './BranchPromises.tsx'
import { BranchTalks } from './BranchTalks.tsx'
import { MyLetter } from './MyLetter.tsx'
import { MyPromise } from './MyPromise.tsx'
import { MyTalk } from './MyTalk.tsx'
import { MyYear } from './MyYear.tsx'
import { Rectifications } from './Rectifications.tsx'
import './reviews.css'

export function Reviews() {
  return (
    <Switch>
      <Route path="/reviews" component={MyYear} />
      <Route path="/reviews/assessment" component={Assessment} />
      <Route path="/reviews/ballot" component={Ballot} />
      <Route path="/reviews/letter/:year">{({ year = '' }: { year?: string }) => <MyLetter key={year} year={year} />}</Route>
      <Route path="/reviews/promise" component={MyPromise} />
      <Route path="/reviews/talk" component={MyTalk} />
      <Route path="/reviews/promises" component={BranchPromises} />
      <Route path="/reviews/rectifications" component={Rectifications} />
      <Route path="/reviews/branch" component={Branch} />
      <Route path="/reviews/branch/people" component={BranchPeople} />
      <Route path="/reviews/branch/talks" component={BranchTalks} />
      <Route component={Missing} />
    </Switch>
  )
}
