/** 年度安排: a branch's year as a calm calendar, or the theme-day kits of a committee. */
import { isBranch, type Organisation } from '../organisation/organisation.ts'
import { BranchYear } from './BranchYear.tsx'
import { Kits } from './Kits.tsx'
import './year.css'

export function YearPage({ organisation }: { organisation: Organisation }) {
  return isBranch(organisation) ? <BranchYear organisationId={organisation.id} /> : <Kits organisationId={organisation.id} />
}
