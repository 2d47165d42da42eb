/** Every promise of the platform, in one list. A module's contract that is not here does not exist. */
import * as areas from './areas.ts'
import * as attendance from './attendance.ts'
import * as duties from './duties.ts'
import * as exemptions from './exemptions.ts'
import * as floating from './floating.ts'
import * as files from './files.ts'
import * as identity from './identity.ts'
import * as life from './life.ts'
import * as meetings from './meetings.ts'
import * as members from './members.ts'
import * as notifications from './notifications.ts'
import type { Operation } from './operation.ts'
import * as organisations from './organisations.ts'
import * as overview from './overview.ts'
import * as packages from './packages.ts'
import * as papers from './papers.ts'
import * as participations from './participations.ts'
import * as passes from './passes.ts'
import * as plans from './plans.ts'
import * as promises from './promises.ts'
import * as record from './record.ts'
import * as rectifications from './rectifications.ts'
import * as reviews from './reviews.ts'
import * as study from './study.ts'
import * as sync from './sync.ts'
import * as talks from './talks.ts'

const modules = {
  identity,
  notifications,
  files,
  areas,
  organisations,
  members,
  meetings,
  attendance,
  record,
  exemptions,
  study,
  reviews,
  rectifications,
  promises,
  talks,
  life,
  duties,
  floating,
  passes,
  participations,
  plans,
  papers,
  sync,
  packages,
  overview,
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'id' in value && 'method' in value && 'access' in value
}

/** All operations, in the order of the modules. */
export const operations: Operation[] = Object.values(modules).flatMap((module) => Object.values(module).filter(isOperation))
