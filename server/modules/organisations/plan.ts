/** A change is planned first: what it does to whom and why it may not be done. The preview shows the plan, the decision carries it out. */
import type { BodyOf } from '#contract/operation'
import type { putChange } from '#contract/organisations'
import { type Context, DomainError, type Sentence, sql } from '#platform'
import { allColumns, type Stored } from './rows.ts'

export type Document = BodyOf<typeof putChange>

/** The change of one kind. */
export type ChangeOf<K extends Document['change']['kind']> = Extract<Document['change'], { kind: K }>

export interface Plan {
  /** What will be different. */
  effects: Sentence[]
  /** Why it cannot be done; empty when it can. */
  blockers: Sentence[]
  organisationsAffected: number
  membersAffected: number
  /** The other organisation it concerns, if any. */
  otherId: string | null
  /** Carries it out and emits its events. */
  apply(): Promise<void>
}

/** What every kind of change needs to know. */
export interface Case {
  ctx: Context
  organisation: Stored
  document: Document
  /** Today, Asia/Shanghai. */
  today: string
}

/** The other organisation of a change. @throws DomainError NOT_FOUND outside the caller's scope, as if it did not exist */
export async function getOther(ctx: Context, id: string): Promise<Stored> {
  return ctx.get(
    sql<Stored>`select ${allColumns} from organisations.organisation o where o.id = ${id} and ${ctx.scope.covers(sql`o.path`)}`,
  )
}

/** @throws DomainError ID_TAKEN when an organisation has this id already */
export async function refuseTaken(ctx: Context, id: string, path: string): Promise<void> {
  const taken = await ctx.find(sql`select from organisations.organisation where id = ${id} or path = ${path}`)
  if (taken !== undefined) throw new DomainError('ID_TAKEN')
}

/** Keeps those that are there. */
export const present = (...sentences: (Sentence | false | undefined)[]): Sentence[] =>
  sentences.filter((s): s is Sentence => s !== undefined && s !== false)

export const endedAlready = (name: string): Sentence => ({
  zh: `${name}已经撤销，不能再调整。`,
  en: `${name} has been dissolved and cannot be changed.`,
})

/** Emits what happened to this organisation. */
export function tell(ctx: Context, what: string, about: { id: string; county: string; path: string }, data: Record<string, unknown>): void {
  ctx.emit({
    type: `organisations.organisation.${what}`,
    county: about.county,
    nodeId: about.id,
    path: about.path,
    subjectId: about.id,
    data,
  })
}
