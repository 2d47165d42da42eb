/** Signing in: by the rotating code of the room (the phone's camera opened this page, or it is typed), or by one tap online. */
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useSearch } from 'wouter'
import { signInToGathering } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import type { ReturnsOf } from '#contract/operation'
import { showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { attendingPost, isPlanned, isPresent, may } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'
import { PostNeeded } from './PostNeeded.tsx'

type SignedIn = ReturnsOf<typeof signInToGathering>

/** A code may be pasted as the whole address it stands in. */
const tokenIn = (text: string) => /[?&]token=([^&\s]+)/.exec(text)?.[1] ?? text.trim()

export function SignIn({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const { me, post, choosePost } = useSession()
  const search = useSearch()
  const scanned = new URLSearchParams(search).get('token')
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  const { run, busy, problem } = useAction(signInToGathering)
  const [done, setDone] = useState<SignedIn>()
  const [typed, setTyped] = useState('')
  const tried = useRef(false)
  const attends = may(post, 'attend:gathering')
  const memberId = me.member?.memberId

  function signIn(how: 'CODE' | 'ONLINE', token?: string) {
    if (memberId === undefined) return
    const body = { how, deviceAt: new Date().toISOString(), ...(token === undefined ? {} : { token }) }
    run({ params: { organisationId, gatheringId, memberId }, body }).then(setDone, () => {})
  }

  // The camera has brought the code: nothing is left to tap.
  useEffect(() => {
    if (scanned === null || tried.current || !attends) return
    tried.current = true
    signIn('CODE', scanned)
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn('CODE', tokenIn(typed))
  }

  const back = `/meetings/${organisationId}/${gatheringId}`
  const gathering = asked.data
  const my = gathering?.roster.find((row) => row.memberId === memberId)
  const known = done ?? (my !== undefined && isPresent(my.state) ? { state: my.state, confirmedAt: my.confirmedAt } : undefined)
  const own = attendingPost(me.posts, organisationId)
  if (known !== undefined) return <Done back={back} title={gathering?.title ?? ''} state={known.state} at={known.confirmedAt} />
  return (
    <Page title={t('mobile.signIn.title')} back={back}>
      {gathering === undefined &&
        (asked.error ? (
          <PostNeeded organisationId={organisationId} problem={asked.error}>
            <Failed problem={asked.error} retry={() => void asked.refetch()} />
          </PostNeeded>
        ) : (
          <Loading />
        ))}
      {gathering !== undefined && (
        <>
          <p className="lead">{gathering.title}</p>
          {gathering.state !== 'IN_PROGRESS' && (
            <p className="nothing">{t(isPlanned(gathering.state) ? 'mobile.signIn.notYet' : 'mobile.signIn.over')}</p>
          )}
          {gathering.state !== 'IN_PROGRESS' ? null : !attends ? (
            <section className="card">
              <p>{t(own === undefined ? 'mobile.signIn.noMember' : 'mobile.post.memberOnly')}</p>
              {own !== undefined && (
                <button type="button" className="button wide" onClick={() => choosePost(own.id)}>
                  {t('mobile.post.asMember')}
                </button>
              )}
            </section>
          ) : (
            <>
              {gathering.mode !== 'ONSITE' && (
                <section className="card">
                  <h2>{t('mobile.signIn.online')}</h2>
                  <p className="quiet">{t('mobile.signIn.onlineHint')}</p>
                  <button type="button" className="button wide" disabled={busy} onClick={() => signIn('ONLINE')}>
                    {t('mobile.signIn.onlineDo')}
                  </button>
                </section>
              )}
              <form className="card" onSubmit={submit} noValidate>
                <h2>{t('mobile.signIn.onsite')}</h2>
                <p className="quiet">{t('mobile.signIn.onsiteHint')}</p>
                <Field label={t('mobile.signIn.code')}>
                  {(attributes) => (
                    <input
                      {...attributes}
                      autoCapitalize="off"
                      autoComplete="off"
                      spellCheck={false}
                      maxLength={400}
                      value={typed}
                      onChange={(event) => setTyped(event.target.value)}
                    />
                  )}
                </Field>
                <button
                  type="submit"
                  className={gathering.mode === 'ONSITE' ? 'button wide' : 'button outline wide'}
                  disabled={busy || typed.trim() === ''}
                >
                  {t('mobile.act.signIn')}
                </button>
              </form>
            </>
          )}
          <Wrong problem={problem} />
          <p className="note">{t('mobile.signIn.stored')}</p>
        </>
      )}
    </Page>
  )
}

/** Signed in: when, how, and what has been kept — the name, the time and the way, never a place. */
function Done({ back, title, state, at }: { back: string; title: string; state: SignedIn['state']; at: string | null }) {
  const t = useT()
  const language = useLanguage()
  return (
    <Page title={t('mobile.signIn.title')} back={back}>
      <section className="card signed-in" role="status">
        <b className="big-mark" aria-hidden="true">
          ✓
        </b>
        <p className="lead">
          {t('mobile.signIn.done')} {at !== null && <time dateTime={at}>{showTime(at, language)}</time>}
        </p>
        <p>{title}</p>
        <p className="quiet">{t(state === 'PRESENT_ONLINE' ? 'mobile.signIn.keptOnline' : 'mobile.signIn.keptOnsite')}</p>
      </section>
    </Page>
  )
}
