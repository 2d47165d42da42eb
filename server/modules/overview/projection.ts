/** From events to what they touch: an event says whose numbers to look at again; only sign-ins, which come by the thousand, are added up. */
import { aboutGatherings, signedIn } from '#meetings'
import { type Context, type Event, type Projection } from '#platform'
import { dayOf } from '#rules'
import { recordHappenings, respread } from './happenings.ts'
import { firstDayKept, rollupsName } from './records.ts'
import { type Added, fill, replaceBelow, settle, type Touched } from './rollups.ts'

const id = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

/** Organisations of the event besides the one it happened at; they are always of the same county. */
const alsoAbout = ({ data }: Event) => [...id(data.from), ...id(data.into), ...id(data.newId)]

/** Changes of the tree that put organisations under other superiors. */
const places = new Set(['organisations.organisation.created', 'organisations.organisation.moved'])

/** Steps of a gathering that has not begun: it is counted nowhere yet. */
const countsNothing = new Set(['planned', 'postponed', 'cancelled', 'notified'].map((step) => `meetings.gathering.${step}`))

async function touchedBy(ctx: Context, events: readonly Event[]): Promise<Touched[]> {
  const meetings = events.filter(({ type }) => type.startsWith('meetings.gathering.') && !countsNothing.has(type))
  const gatherings = await aboutGatherings(
    ctx,
    meetings.map(({ county, subjectId }) => ({ county, gatheringId: subjectId })),
  )
  const days = [firstDayKept(ctx), dayOf(ctx.now)]
  const found = new Map<string, Touched>()
  const touch = (county: string, organisationId: string, ...periods: string[]) => {
    for (const period of periods) found.set(`${organisationId} ${period}`, { county, organisationId, period })
  }
  for (const event of events) {
    const { type, county, nodeId, subjectId } = event
    if (type === signedIn || countsNothing.has(type)) continue
    if (type.startsWith('meetings.')) {
      const heldOn = gatherings.get(subjectId)?.heldOn
      touch(county, nodeId, ...days, ...(typeof heldOn === 'string' ? [heldOn.slice(0, 7)] : []))
    } else if (type.startsWith('duties.')) touch(county, nodeId, ...(event.data.months as string[]))
    else for (const about of [nodeId, ...alsoAbout(event)]) touch(county, about, 'now')
  }
  return [...found.values()]
}

/** Sign-ins by organisation and the day they count on, if that day is still kept. */
function signInsIn(ctx: Context, events: readonly Event[]): Added[] {
  const first = firstDayKept(ctx)
  const found = new Map<string, Added>()
  for (const { type, county, nodeId, data } of events) {
    if (type !== signedIn || typeof data.heldOn !== 'string' || data.heldOn < first) continue
    const key = `${nodeId} ${data.heldOn}`
    const { signIns } = found.get(key) ?? { signIns: 0 }
    found.set(key, { county, organisationId: nodeId, period: data.heldOn, signIns: signIns + 1 })
  }
  return [...found.values()]
}

export const rollups: Projection = {
  name: rollupsName,
  listens: ['meetings.gathering.', signedIn, 'members.member.', 'organisations.organisation.', 'duties.organisation.recomputed'],
  async apply(ctx, events) {
    for (const event of events) if (places.has(event.type)) await respread(ctx, await replaceBelow(ctx, event.nodeId))
    await settle(ctx, await touchedBy(ctx, events), signInsIn(ctx, events))
    await recordHappenings(ctx, events)
  },
  reset: fill,
  refills: true,
}
