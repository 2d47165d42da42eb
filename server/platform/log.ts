/** Structured logs, one JSON object a line, without personal data: PostgreSQL quotes values in its messages, so those stay out. */
import { type DestinationStream, type Logger, pino } from 'pino'

interface Fault {
  name: string
  message?: string
  code?: string
  /** Where in the schema, when PostgreSQL says so. */
  constraint?: string
  table?: string
  column?: string
  routine?: string
  stack: string
}

/** What is safe to write down of an error. */
function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: typeof error, stack: '' }
  const extra = error as { code?: unknown; severity?: unknown; constraint?: unknown; table?: unknown; column?: unknown; routine?: unknown }
  const fromDatabase = typeof extra.severity === 'string'
  // JSON.parse quotes what it could not read.
  const quotes = fromDatabase || error instanceof SyntaxError
  return {
    name: fromDatabase ? 'DatabaseError' : error.name,
    ...(quotes ? {} : { message: error.message }),
    ...said({ code: extra.code, constraint: extra.constraint, table: extra.table, column: extra.column, routine: extra.routine }),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  }
}

/** One line of what is safe to say of an error. */
export function summaryOf(error: unknown): string {
  const { name, code, constraint, message } = faultOf(error)
  return [name, code, constraint, message].filter((part) => part !== undefined).join(' ')
}

const said = (all: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** @param to where the lines go; default: standard output */
export function openLog(level: string, to?: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: faultOf } }, to ?? pino.destination(1))
}
