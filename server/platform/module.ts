/** What a module brings to the house. A module that is not in `server/modules.ts` does not exist. */
import type { Context } from './context.ts'
import type { Handled } from './handle.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { Identity, SmsGateway } from './identity.ts'
import type { Job } from './jobs.ts'
import type { Logger } from 'pino'
import type { Files } from './files.ts'
import type { Metrics } from './metrics.ts'
import type { Pool } from './database.ts'
import type { Perform, PerformTogether } from './perform.ts'
import type { Projection } from './projections.ts'
import type { Secrets } from './secrets.ts'
import type { Placement } from './tables.ts'

/** What the platform lends to modules when the house is opened. */
export interface Services {
  identity: Identity
  secrets: Secrets
  files: Files
  metrics: Metrics
  hierarchy: Hierarchy
  sms: SmsGateway
  log: Logger
  /** Does another operation inside an open transaction, validated and authorised as a request is. */
  perform: Perform
  performTogether: PerformTogether
  demo: boolean
  /** The pool of the web side, for followers that read beside requests. */
  pool: Pool
  /** Forgets remembered sessions and nodes, after a change of posts, sessions or the hierarchy: `ctx.after(services.forget)`. */
  forget: () => void
}

export interface Module {
  name: string
  tables: readonly Placement[]
  /** Absolute folder of its `.sql` migrations. */
  migrations: string
  handlers?(services: Services): Handled[]
  projections?: readonly Projection[]
  jobs?(services: Services): Job[]
  /** Puts its part of the demo, in the order of the modules; may be run on an empty database only. */
  seed?(ctx: Context, services: Services): Promise<void>
}
