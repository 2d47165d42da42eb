import * as packages from '#contract/packages'
import * as contract from '#contract/sync'
import { handle, type Handled, handleInBatches, type Services } from '#platform'
import { listConflicts, settleConflict } from './conflicts.ts'
import { deliver } from './packageDeliver.ts'
import { platformKeys, putDeviceKey } from './packageKeys.ts'
import { pageOf } from './shelf.ts'
import { executeTogether } from './together.ts'

/** A package holds up to two hundred acts: a few at a time, so that everything else stays fast. */
const packageLimit = { atOnce: 3, mostWaiting: 200 }

/** Acts done in one transaction at most. */
const mostActs = 50

export function routes(services: Services): Handled[] {
  return [
    handleInBatches(contract.putAct, mostActs, (ctx, calls) => executeTogether(services, ctx, calls)),
    handle(contract.getShelf, (ctx, { query }) => pageOf(ctx, services.perform, query.since)),
    handle(contract.listConflicts, (ctx, { node }) => listConflicts(ctx, node)),
    handle(contract.settleConflict, async (ctx, { node, params, body }) => {
      await settleConflict(ctx, services.perform, node, params.conflictId, body.keep)
      return { done: true as const }
    }),
    handle(packages.getPackageKeys, () => Promise.resolve(platformKeys(services.secrets))),
    handle(packages.putDeviceKey, (ctx, { body }) => putDeviceKey(ctx, services.secrets, body)),
    handle(packages.putPackage, (ctx, { params, body }) => deliver(ctx, services, params.packageId, body.sealed), packageLimit),
  ]
}
