/** The overview of one organisation: itself, those directly below, twelve months, today. */
import type { z } from 'zod'
import type { Measures, Overview } from '#contract/overview'
import type { segmentKinds } from '#contract/meetings'
import { getOrganisation, type Kind, superiorsOf, trailOf } from '#organisations'
import { type Context, lagSeconds, type Node } from '#platform'
import { addMonths, dayOf } from '#rules'
import { listInMonth } from './children.ts'
import { countsOf } from './counts.ts'
import { rollupsName } from './records.ts'
import { hiddenFloating } from './floating.ts'
import { type Counts, kindColumns } from './measures.ts'

type Segments = (typeof segmentKinds)[number]

const monthsShown = 12
const branchKinds: readonly Kind[] = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']

/** What is counted where nothing is counted. */
const count = (counts: Counts | undefined, name: keyof Counts): number => counts?.[name] ?? 0

function measuresOf(now: Counts | undefined, month: Counts | undefined, hidesFloating: boolean): z.output<typeof Measures> {
  return {
    branches: count(now, 'branches'),
    members: count(now, 'members'),
    fullMembers: count(now, 'full_members'),
    floating: hidesFloating ? null : count(now, 'floating'),
    gatherings: count(month, 'gatherings'),
    gatheringsByKind: Object.fromEntries(Object.entries(kindColumns).map(([kind, column]) => [kind, count(month, column)])) as Record<
      Segments,
      number
    >,
    expected: count(month, 'expected'),
    present: count(month, 'present'),
    dutiesMet: count(month, 'duties_met'),
    dutiesDue: count(month, 'duties_due'),
    dutiesMissed: count(month, 'duties_missed'),
  }
}

/** @param month `2026-03`; the running month unless told @throws DomainError NOT_FOUND */
export async function get(ctx: Context, node: Node, month: string | undefined): Promise<z.output<typeof Overview>> {
  const today = dayOf(ctx.now)
  const chosen = month ?? today.slice(0, 7)
  const months = Array.from({ length: monthsShown }, (_, n) => addMonths(`${chosen}-01`, n - monthsShown + 1).slice(0, 7))
  const [organisation, superiors, children, own, lag] = await Promise.all([
    getOrganisation(ctx, node.id),
    superiorsOf(ctx, [node.path]),
    listInMonth(ctx, node.id, chosen),
    countsOf(ctx, [node], ['now', today, ...months]),
    lagSeconds(ctx, rollupsName),
  ])
  const line = trailOf(node.path, superiors)
  const [below, hidden] = await Promise.all([countsOf(ctx, children, ['now', chosen]), hiddenFloating(ctx, [...line, node])])
  // In the branch itself everybody knows who is away.
  const isOwn = ctx.post.node.id === node.id && branchKinds.includes(organisation.kind)
  return {
    organisationId: node.id,
    name: organisation.name,
    shortName: organisation.shortName,
    kind: organisation.kind,
    areaCode: organisation.areaCode,
    month: chosen,
    trail: line.filter((superior) => ctx.scope.contains(superior.path)).map(({ id, name }) => ({ id, name })),
    measures: measuresOf(own.get(`${node.id} now`), own.get(`${node.id} ${chosen}`), hidden.has(node.id) && !isOwn),
    children: children.map((child) => ({
      organisationId: child.id,
      name: child.name,
      shortName: child.shortName,
      kind: child.kind,
      areaCode: child.areaCode,
      children: child.children,
      // What stands elsewhere by now has its months here, but its members there.
      measures: measuresOf(
        child.stays ? below.get(`${child.id} now`) : undefined,
        below.get(`${child.id} ${chosen}`),
        !child.stays || hidden.has(child.id),
      ),
    })),
    series: months.map((each) => {
      const counts = own.get(`${node.id} ${each}`)
      return {
        month: each,
        gatherings: count(counts, 'gatherings'),
        present: count(counts, 'present'),
        dutiesMet: count(counts, 'duties_met'),
        dutiesMissed: count(counts, 'duties_missed'),
      }
    }),
    today: { gatherings: count(own.get(`${node.id} ${today}`), 'gatherings'), signIns: count(own.get(`${node.id} ${today}`), 'sign_ins') },
    asOf: { at: ctx.now.toISOString(), lagMilliseconds: Math.round(lag * 1000), source: rollupsName },
  }
}
