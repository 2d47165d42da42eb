/** SHA-256 of what was asked or kept, as JSON: the same once more is known by it. */
import { hash } from 'node:crypto'

export const hashOf = (content: unknown): Buffer => hash('sha256', JSON.stringify(content), 'buffer')
