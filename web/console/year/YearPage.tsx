/** 年度安排: a branch's year as a calm calendar, or the theme-day kits of a committee. */
import type { Organisation } from '../organisation/organisation.ts'
import { BranchYear } from './BranchYear.tsx'
import { Kits } from './Kits.tsx'
import './year.css'

const branches = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']

export function YearPage({ organisation }: { organisation: Organisation }) {
  return branches.includes(organisation.kind) ? <BranchYear organisationId={organisation.id} /> : <Kits organisationId={organisation.id} />
}
