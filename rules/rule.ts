/** Rules as data: what `rules.json` says of a rule, how it is cited, and which wording of it was used. */
import catalogue from './rules.json' with { type: 'json' }

export interface Rule {
  id: string
  name_zh: string
  /** The document, with its year in brackets; or in plain words where there is no single document. */
  source: string
  /** `11`, `8,10`, or a chapter: `ch.2`. Null when not verified. */
  article: string | null
  confidence: string
  type: string
  params: Readonly<Record<string, unknown>>
  scope: string
  configurable: boolean
  note?: string
}

/** Both languages, with the arithmetic and the article. */
export interface Sentence {
  zh: string
  en: string
}

/** What every verdict carries: the rule it used and the wording of it at that time. */
export interface Ruled {
  sentence: Sentence
  ruleId: string
  ruleVersion: string
}

let byId: ReadonlyMap<string, Rule> | undefined

/** The rule, or undefined. Looked up in a table made at the first call, so that code that asks nothing costs nothing. */
export function findRule(id: string): Rule | undefined {
  byId ??= new Map((catalogue.rules as readonly Rule[]).map((each) => [each.id, each]))
  return byId.get(id)
}

/** @throws Error on an id that is not in `rules.json`: a mistake of the program, not of a person */
export function rule(id: string): Rule {
  const found = findRule(id)
  if (found === undefined) throw new Error(`rules.json has no rule ${id}`)
  return found
}

/** A whole number of a rule. @throws Error when the rule does not state it */
export function count(id: string, name: string): number {
  const value = rule(id).params[name]
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Error(`rules.json: ${id} states no whole number ${name}`)
  return value
}

/** A word or a test of a rule, such as `present*2>=eligible`. @throws Error when the rule does not state it */
export function wording(id: string, name: string): string {
  const value = rule(id).params[name]
  if (typeof value !== 'string') throw new Error(`rules.json: ${id} states no ${name}`)
  return value
}

/**
 * `1-` and eight hex digits of what the rule says (FNV-1a over source, article and parameters). It changes when and only when
 * these do, so a record that keeps it can be judged again by the wording of its time.
 */
export function versionOf(id: string): string {
  const known = versions.get(id)
  if (known !== undefined) return known
  const { source, article, params } = rule(id)
  let hash = 0x811c9dc5
  for (const unit of JSON.stringify([source, article, params])) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
  }
  const version = `${catalogue.schemaVersion}-${(hash >>> 0).toString(16).padStart(8, '0')}`
  versions.set(id, version)
  return version
}

const versions = new Map<string, string>()

export const ruled = (id: string, sentence: Sentence): Ruled => ({ sentence, ruleId: id, ruleVersion: versionOf(id) })
