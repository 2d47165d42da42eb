import { holds, type Permission } from '#contract/roles'
import { useSession } from '../../shared/session.tsx'

/** May the post one acts in do this? The server decides; this only spares showing what would be refused. */
export function useMay(): (permission: Permission) => boolean {
  const { post } = useSession()
  return (permission) => post !== null && holds(post.role, permission)
}
