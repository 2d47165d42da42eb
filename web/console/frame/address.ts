/** Where one is: the selected organisation and the filters stand in the address, so that a link, a reload and “back” show the same. */
import { useLocation, useSearch } from 'wouter'
import type { Permission } from '#contract/roles'

export const pages = ['organisation', 'members', 'gatherings', 'floating', 'year', 'reviews', 'duties', 'study', 'changes'] as const
export type Page = (typeof pages)[number]

/** Pages that say nothing to a post without this. */
const needed: Partial<Record<Page, Permission>> = { floating: 'read:floating' }

/** The pages a post has. */
export const pagesFor = (may: (permission: Permission) => boolean): Page[] =>
  pages.filter((page) => needed[page] === undefined || may(needed[page]))

/** The address of a page of an organisation. */
export const pathTo = (organisationId: string, page: Page = 'organisation') =>
  page === 'organisation' ? `/o/${organisationId}` : `/o/${organisationId}/${page}`

/** The address of one gathering, seen from the selected organisation. */
export const pathToGathering = (selectedId: string, gathering: { organisationId: string; id: string }) =>
  `/o/${selectedId}/gatherings/${gathering.organisationId}/${gathering.id}`

export interface Address {
  get(name: string): string | undefined
  /** Changes filters; `undefined` and empty take one away. */
  set(changes: Record<string, string | undefined>): void
}

export function useAddress(): Address {
  const search = useSearch()
  const [path, go] = useLocation()
  const given = new URLSearchParams(search)
  return {
    get: (name) => given.get(name) ?? undefined,
    set(changes) {
      const next = new URLSearchParams(location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(name)
        else next.set(name, value)
      }
      const text = next.toString()
      go(text === '' ? path : `${path}?${text}`, { replace: true })
    },
  }
}

/** The console's address for an address inside the platform, as notifications carry it; null when it has none here. */
export function consolePath(href: string): string | null {
  const meeting = /^\/meetings\/([\w-]+)\/([\w-]+)$/.exec(href)
  if (meeting !== null) return pathToGathering(meeting[1] ?? '', { organisationId: meeting[1] ?? '', id: meeting[2] ?? '' })
  if (href.startsWith('/console/floating')) return href.slice('/console'.length)
  const duties = /^\/(?:duties|organisations)\/([\w-]+)/.exec(href)
  if (duties !== null) return pathTo(duties[1] ?? '', href.startsWith('/duties') ? 'duties' : 'organisation')
  return null
}
