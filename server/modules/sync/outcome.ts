/** What becomes of an act when others wrote meanwhile: done, merged, or left to a person to decide (contract/merge.ts). */
import type { z } from 'zod'
import { askLeave, putAttendance, signInToGathering } from '#contract/attendance'
import { getGathering, type Gathering } from '#contract/meetings'
import { type Fields, type Mark, merge, mergeMarks, type Seen } from '#contract/merge'
import { documents, nameOfField } from '#contract/sync'
import { type Context, DomainError, type Sentence, type Services } from '#platform'
import type { Arriving, Done } from './arriving.ts'
import { leaveToRecorder } from './conflicts.ts'

type Perform = Services['perform']
type Whole = z.output<typeof Gathering>

const done = (answer: unknown): Done => ({ outcome: 'DONE', said: null, problem: null, answer })

/** @throws DomainError when it is refused */
export function doIt(perform: Perform, ctx: Context, arriving: Arriving): Promise<Done> {
  const { operation } = arriving
  if (documents[operation.id] !== undefined) return change(perform, ctx, arriving)
  if (operation.id === putAttendance.id) return mark(perform, ctx, arriving)
  if (operation.id === signInToGathering.id || operation.id === askLeave.id) return ownWord(perform, ctx, arriving)
  return plainly(perform, ctx, arriving)
}

async function plainly(perform: Perform, ctx: Context, { operation, caller, act }: Arriving): Promise<Done> {
  return done(await perform(ctx, operation, caller, { params: act.params, body: act.body }))
}

/** What is on record, as the author may see it; undefined when there is nothing yet. */
async function onRecord(perform: Perform, ctx: Context, { caller, act }: Arriving): Promise<Whole | undefined> {
  const { organisationId = '', gatheringId = '' } = act.params
  try {
    return (await perform(ctx, getGathering, caller, { params: { organisationId, gatheringId } })) as Whole
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Others may write between reading and writing; then it is merged again. */
const tries = 3

async function change(perform: Perform, ctx: Context, arriving: Arriving, left = tries): Promise<Done> {
  const { operation, caller, act } = arriving
  const whole = await onRecord(perform, ctx, arriving)
  const written = operation.body?.safeParse(isFields(act.body) ? { version: 0, ...act.body } : act.body)
  const content = documents[operation.id]?.content
  // What is malformed is left to the operation, which names the field.
  if (content === undefined || written?.success !== true || !isFields(written.data)) return plainly(perform, ctx, arriving)
  const { version: _seen, ...mine } = written.data
  if (whole === undefined) return done(await perform(ctx, operation, caller, { params: act.params, body: mine }))
  const { fields, taken, conflicts } = merge(isFields(act.base) ? act.base : undefined, mine, content(whole))
  try {
    const body = { ...fields, version: whole.version }
    const answer = await perform(ctx, operation, caller, { params: act.params, body })
    for (const { field, mine: my, theirs } of conflicts) await leaveToRecorder(ctx, arriving, { field, mine: my, theirs })
    if (conflicts.length > 0) return { outcome: 'CONFLICT', said: leftOpen(conflicts.map(({ field }) => field)), problem: null, answer }
    return taken.length > 0 ? { outcome: 'MERGED', said: together(taken), problem: null, answer } : done(answer)
  } catch (error) {
    if (left > 1 && error instanceof DomainError && error.code === 'STALE_VERSION') return change(perform, ctx, arriving, left - 1)
    throw error
  }
}

const named = (fields: readonly string[]) => ({
  zh: fields.map((field) => `“${nameOfField(field).zh}”`).join('、'),
  en: fields.map((field) => nameOfField(field).en).join(', '),
})

const together = (fields: readonly string[]): Sentence => ({
  zh: `别人同时改了${named(fields).zh}，和您改的地方不同，已合到一起。`,
  en: `Meanwhile somebody changed other parts (${named(fields).en}); both hold.`,
})

const leftOpen = (fields: readonly string[]): Sentence => ({
  zh: `${named(fields).zh}两边都改过。已记录的先不动，您写的也留着，由记录人决定用哪一个。`,
  en: `Both of you changed ${named(fields).en}. What is on record stays for now, yours is kept, and the recorder decides.`,
})

/** The states the author saw, from an act's base. */
const seenIn = (base: unknown): Seen[] | undefined => (Array.isArray(base) ? (base as Seen[]).filter(isFields) : undefined)

async function mark(perform: Perform, ctx: Context, arriving: Arriving): Promise<Done> {
  const { operation, caller, act } = arriving
  const rows = operation.body?.safeParse(act.body)
  const whole = rows?.success === true ? await onRecord(perform, ctx, arriving) : undefined
  if (whole === undefined || rows?.success !== true) return plainly(perform, ctx, arriving)
  const { hold, stay } = mergeMarks(seenIn(act.base), (rows.data as { rows: Mark[] }).rows, whole.roster)
  const answer = hold.length === 0 ? whole : await perform(ctx, operation, caller, { params: act.params, body: { rows: hold } })
  if (stay.length === 0) return done(answer)
  const names = whole.roster.filter(({ memberId }) => stay.includes(memberId)).map(({ name }) => name)
  const said = {
    zh: `${names.join('、')}已有更确定的到会记录（本人签到、请假或别人点名），按那一条计，没有重复。`,
    en: `${names.join(', ')}: a surer word about being there is on record and holds; nobody is counted twice.`,
  }
  return { outcome: 'MERGED', said, problem: null, answer }
}

/** Refusals that come only from being late: the code is no longer shown, the gathering is over. */
const tooLate = ['CODE_EXPIRED', 'WRONG_STATE']
/** What arrives within a minute, the life of a code, was as late when it was done: it is refused to the face of whoever is still looking. */
const lateMilliseconds = 60_000
const isPresent = (state: string) => state === 'PRESENT_ONSITE' || state === 'PRESENT_ONLINE'

/** A member's own word, sign-in or leave. One that comes too late is not lost: the recorder decides. */
async function ownWord(perform: Perform, ctx: Context, arriving: Arriving): Promise<Done> {
  const { operation, caller, act } = arriving
  try {
    return await plainly(perform, ctx, arriving)
  } catch (error) {
    const cameLate = ctx.now.getTime() - Date.parse(act.deviceAt) > lateMilliseconds
    if (!(error instanceof DomainError) || !tooLate.includes(error.code) || !cameLate) throw error
    const { memberId = '' } = act.params
    const row = (await onRecord(perform, ctx, arriving))?.roster.find((each) => each.memberId === memberId)
    if (row === undefined || caller.account?.subjectId !== memberId) throw error
    const body = isFields(act.body) ? act.body : {}
    const state = operation.id === askLeave.id ? 'LEAVE' : body['how'] === 'CODE' ? 'PRESENT_ONSITE' : 'PRESENT_ONLINE'
    if (row.state === state || (isPresent(row.state) && isPresent(state))) return done({ memberId, state: row.state })
    if (isPresent(row.state)) throw error
    const word = { memberId, name: row.name, leaveReason: body['reason'] ?? null, deviceAt: act.deviceAt }
    await leaveToRecorder(ctx, arriving, {
      field: 'attendance',
      mine: { ...word, state },
      theirs: { memberId, name: row.name, state: row.state, leaveReason: row.leaveReason },
    })
    const said = {
      zh: '到得晚了，平台不能自动计入，已交记录人核对，您不用再做什么。',
      en: 'It arrived too late to be counted by itself; the recorder has been asked to look, and you need do nothing more.',
    }
    return { outcome: 'CONFLICT', said, problem: null, answer: null }
  }
}
