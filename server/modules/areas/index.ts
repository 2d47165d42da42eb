/** Areas: the places of the province, found by name, pinyin or initials. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export { shortName, spell } from './names.ts'
export { areaNames, listLevel } from './read.ts'

export const areas: Module = {
  name: 'areas',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  seed,
}
