/** When the post one acts in may not open this, but another of one's posts may: change to that one, one tap. */
import type { ReactNode } from 'react'
import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'

interface PostNeededProps {
  organisationId: string
  problem: Problem
  /** Shown when no other post helps. */
  children: ReactNode
}

export function PostNeeded({ organisationId, problem, children }: PostNeededProps) {
  const t = useT()
  const { me, post, choosePost } = useSession()
  const refused = problem.code === 'NOT_ALLOWED' || problem.code === 'NOT_FOUND'
  const other = me.posts.find((p) => p.organisationId === organisationId && p.id !== post?.id)
  if (!refused || other === undefined || post?.organisationId === organisationId) return children
  const name = t('mobile.home.postName', { organisation: other.organisationName, role: t(`mobile.role.${other.role}`) })
  return (
    <Empty text={t('mobile.post.other', { name })}>
      <button type="button" onClick={() => choosePost(other.id)}>
        {t('mobile.post.change')}
      </button>
    </Empty>
  )
}
