/**
 * Before the tests of a file: what is tried by chance. On CI always the same, so that a change is judged by what it changes;
 * elsewhere something new each time. Whatever fails says its seed: `SEED=… npm test` tries it again.
 */
import fc from 'fast-check'

const seed = process.env['SEED'] ?? (process.env['CI'] === 'true' ? '20260301' : undefined)
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })
