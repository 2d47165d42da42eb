/** The platform's door. It knows people, posts, places in a hierarchy, events, jobs, files — and not one word of the field. */
export { readJson } from './body.ts'
export { chainAudit, listAudit, verifyAudit, type AuditFinding } from './audit.ts'
export { addDocs } from './docs.ts'
export { readConfig, type Config } from './config.ts'
export { contains } from './contains.ts'
export { type Account, type Caller, type Node, type Post, Scope } from './caller.ts'
export { Context, type EventInput, onCommit, transact, transactAgain } from './context.ts'
export { comesAfter, keyOfMoment, pageOf } from './cursor.ts'
export { openPool, type Pool, type RawBuilder, sql } from './database.ts'
export { DomainError, type FieldProblem, inLanguage, type Sentence, wrong, wrongCursor } from './errors.ts'
export type { MadeFile, StoredFile } from './files.ts'
export { type Call, type Channel, handle, type Handled, handleInBatches, handleStream } from './handle.ts'
export { hashOf } from './hash.ts'
export { type House, migrationFolders, openHouse } from './house.ts'
export { sessionCookie } from './http.ts'
export { accountsOf, holdersOf, movePosts, type SmsGateway, sessionDays } from './identity.ts'
export { addJob, type Job } from './jobs.ts'
export { migrate } from './migrate.ts'
export type { Module, Services } from './module.ts'
export { Channels, channelsOf, chooseSms, reachedByPhone, subscribe, unsubscribe } from './notifyChannels.ts'
export { pushKeyOf } from './notifyPush.ts'
export { type DigestGateway, mayDisturb, type Notice, notify, sendDigests } from './notify.ts'
export {
  catchUp,
  countAsRead,
  type Event,
  holdProjection,
  lag,
  lagSeconds,
  type Projection,
  rebuild,
  step,
  unreadEvents,
  unreadOf,
} from './projections.ts'
export type { KeptFile } from './ranges.ts'
export { type Pair, readSecrets, Secrets } from './secrets.ts'
export { isDay, isId } from './shapes.ts'
export { hiddenAmong, mayShow } from './suppress.ts'
export { type Placement, platformTables } from './tables.ts'
export { attempt } from './throttle.ts'
