/** From events to what they touch: an event says whose numbers to look at again, never what they are. */
import { aboutGatherings } from '#meetings'
import { type Context, type Event, type Projection } from '#platform'
import { dayOf } from '#rules'
import { rollupsName } from './drift.ts'
import { recordHappenings, respread } from './happenings.ts'
import { firstDayKept } from './records.ts'
import { fill, replaceBelow, settle, type Touched } from './rollups.ts'

const id = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

/** Organisations of the event besides the one it happened at; they are always of the same county. */
const alsoAbout = ({ data }: Event) => [...id(data.from), ...id(data.into), ...id(data.newId)]

/** Changes of the tree that put organisations under other superiors. */
const places = new Set(['organisations.organisation.created', 'organisations.organisation.moved'])

async function touchedBy(ctx: Context, events: readonly Event[]): Promise<Touched[]> {
  const meetings = events.filter((event) => event.type.startsWith('meetings.gathering.'))
  const gatherings = await aboutGatherings(ctx, [...new Set(meetings.map((e) => e.county))], [...new Set(meetings.map((e) => e.subjectId))])
  const days = [firstDayKept(ctx), dayOf(ctx.now)]
  const found = new Map<string, Touched>()
  const touch = (county: string, organisationId: string, ...periods: string[]) => {
    for (const period of periods) found.set(`${organisationId} ${period}`, { county, organisationId, period })
  }
  for (const event of events) {
    const { type, county, nodeId, subjectId } = event
    if (type === 'meetings.attendance.signedIn') {
      // Many arrive in the same minute: each touches the one day it counts on, if that day is still kept.
      touch(county, nodeId, ...days.filter((day) => day === event.data.heldOn))
    } else if (type.startsWith('meetings.')) {
      const heldOn = gatherings.get(subjectId)?.heldOn
      touch(county, nodeId, ...days, ...(typeof heldOn === 'string' ? [heldOn.slice(0, 7)] : []))
    } else if (type.startsWith('duties.')) touch(county, nodeId, ...(event.data.months as string[]))
    else for (const about of [nodeId, ...alsoAbout(event)]) touch(county, about, 'now')
  }
  return [...found.values()]
}

export const rollups: Projection = {
  name: rollupsName,
  listens: [
    'meetings.gathering.',
    'meetings.attendance.signedIn',
    'members.member.',
    'organisations.organisation.',
    'duties.organisation.recomputed',
  ],
  async apply(ctx, events) {
    for (const event of events) if (places.has(event.type)) await respread(ctx, await replaceBelow(ctx, event.nodeId))
    await settle(ctx, await touchedBy(ctx, events))
    await recordHappenings(ctx, events)
  },
  reset: fill,
  refills: true,
}
