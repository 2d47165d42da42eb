/** Who is signed in on this device, and in which of their posts they act. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { me as meOperation, type Me as MeShape, type Post as PostShape, signOut as signOutOperation } from '#contract/identity'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { forgetHere, onSignedOut, type Problem, travelIn, waitingHere } from './client.ts'
import { keep, kept } from './device.ts'
import { useT } from './i18n.ts'
import { askAhead, useAction, useOperation } from './query.ts'
import { Leaving } from './Leaving.tsx'
import { SignIn } from './SignIn.tsx'
import { Failed, Loading } from './states.tsx'

export type Me = z.output<typeof MeShape>
export type Post = z.output<typeof PostShape>

export interface Session {
  me: Me
  /** The post the person acts in; null for somebody without one. Rights never add up across posts. */
  post: Post | null
  choosePost: (postId: string) => void
  signOut: () => void
}

const Here = createContext<Session | null>(null)

/** The session. Only inside `SessionGate`. */
export function useSession(): Session {
  const session = useContext(Here)
  if (session === null) throw new Error('no session here')
  return session
}

/** Is this a post one chooses? Being a guest somewhere is not: there it is taken by itself. */
export const isChosen = ({ role }: Post): boolean => role !== 'GUEST'

/** The post for what concerns an organisation: a guest acts as one where they are one, and in their own post at home. */
function postAt(organisationId: string, { me, post }: Session): Post | null {
  if (post === null || post.organisationId === organisationId) return post
  const there = me.posts.filter((each) => each.organisationId === organisationId)
  return there.find((each) => !isChosen(each)) ?? (isChosen(post) ? post : (there[0] ?? post))
}

interface InPostAtProps {
  organisationId: string
  children: ReactNode
}

/** A page of one organisation: what is asked and done on it travels in the post held there, whichever was chosen. */
export function InPostAt({ organisationId, children }: InPostAtProps) {
  const session = useSession()
  const post = postAt(organisationId, session)
  const elsewhere = post?.id === session.post?.id ? undefined : post?.id
  // Before anything below is drawn, as with the chosen post.
  travelIn(elsewhere)
  useEffect(() => {
    travelIn(elsewhere)
    return () => travelIn(undefined)
  }, [elsewhere])
  return <Here value={elsewhere === undefined ? session : { ...session, post }}>{children}</Here>
}

/** A session works on its device only: where no id was ever made, nobody is signed in and there is nothing to ask. */
const mayBeSignedIn = () => kept('device') !== null

/** Asks who is here while the page is still being put together. */
export function lookWhoIsHere(queries: QueryClient): void {
  if (mayBeSignedIn()) void askAhead(queries, meOperation, {})
}

interface SessionGateProps {
  face: 'mobile' | 'console' | 'screen'
  /** Which of the posts a face begins with when none was chosen on this device. */
  prefers?: (post: Post) => boolean
  children: ReactNode
}

/** Shows the sign-in page to those who have not signed in, and the face to those who have. */
export function SessionGate({ face, prefers, children }: SessionGateProps) {
  const queries = useQueryClient()
  const [out, setOut] = useState(() => !mayBeSignedIn())
  const [warned, setWarned] = useState(false)
  const asked = useOperation(meOperation, {}, { enabled: !out })
  const leaving = useAction(signOutOperation)
  const [postId, setPostId] = useState(kept('post'))
  useEffect(() => onSignedOut(() => setOut(true)), [])

  const me = asked.data
  const post =
    me === undefined
      ? null
      : (me.posts.find(({ id }) => id === postId) ??
        me.posts.find((p) => prefers?.(p) ?? true) ??
        me.posts.find(isChosen) ??
        me.posts[0] ??
        null)
  // What is asked next travels in this post, so it is kept before anything below is drawn.
  if (me !== undefined && kept('post') !== (post?.id ?? null)) keep('post', post?.id ?? null)

  if (out || asked.error?.code === 'NOT_SIGNED_IN' || isLostPost(asked.error)) {
    return (
      <SignIn
        face={face}
        onSignedIn={() => {
          setPostId(null)
          setOut(false)
          void queries.resetQueries()
        }}
      />
    )
  }
  if (me === undefined)
    return <Door>{asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />}</Door>
  const session: Session = {
    me,
    post,
    choosePost(id) {
      keep('post', id)
      setPostId(id)
      void queries.resetQueries()
    },
    signOut() {
      if (waitingHere() > 0) setWarned(true)
      else void goOut()
    },
  }
  async function goOut() {
    setWarned(false)
    if (!(await leave(() => leaving.run({})))) return
    await forgetHere()
    queries.clear()
    setOut(true)
  }
  if (warned) return <Leaving count={waitingHere()} stay={() => setWarned(false)} leave={() => void goOut()} />
  return <Here value={session}>{children}</Here>
}

/** Before it is known who is here: the name of the house, and why it does not open yet. */
function Door({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <main className="door">
      <h1>
        <img src="/icon.svg" alt="" width="40" height="40" /> {t('shared.name')}
      </h1>
      {children}
    </main>
  )
}

/** Signs out and forgets the post; without a network the person stays signed in. */
async function leave(signOut: () => Promise<unknown>): Promise<boolean> {
  try {
    await signOut()
  } catch {
    return false
  }
  keep('post', null)
  return true
}

/** The post remembered on this device is not this person's any more: forget it and sign in afresh. */
function isLostPost(error: Problem | null): boolean {
  if (error?.code !== 'NOT_ALLOWED') return false
  keep('post', null)
  return true
}
