/** One promise with how it is going; its owner says how, and closes it with a sentence. */
import { useState } from 'react'
import { closeMyPromise, closePromise, followMyPromise, followPromise } from '#contract/promises'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { showShortDay } from '../parts/days.ts'
import { Ask } from './Ask.tsx'
import { AskFollowUp, FollowUps } from './FollowUps.tsx'
import type { MadePromise } from './life.ts'

interface PromiseCardProps {
  promise: MadePromise
  /** Mine: I follow and close it. */
  own?: boolean
  /** I look after the branch: I may note how it is going, and close it for one without a phone. */
  office?: boolean
}

export function PromiseCard({ promise, own = false, office = false }: PromiseCardProps) {
  const t = useT()
  const language = useLanguage()
  const [asking, setAsking] = useState<'follow' | 'close' | null>(null)
  const { id: promiseId, organisationId } = promise
  const follow = useAction(own ? followMyPromise : followPromise)
  const close = useAction(own ? closeMyPromise : closePromise)
  const params = own ? { promiseId } : { organisationId, promiseId }
  const open = promise.state === 'OPEN'
  return (
    <article className={open ? 'card' : 'card ok-edge'}>
      {!own && <h3>{promise.name}</h3>}
      <p>{promise.text}</p>
      <p className="quiet">
        {open
          ? promise.dueOn === null
            ? t('mobile.reviews.promise.open')
            : t('mobile.reviews.promise.until', { day: showShortDay(promise.dueOn, language) })
          : t('mobile.reviews.promise.closed', { day: showShortDay(promise.closedOn ?? '', language), text: promise.closing })}
      </p>
      <FollowUps items={promise.followUps} />
      {open && (own || office) && (
        <div className="acts">
          <button type="button" className="button outline small" onClick={() => setAsking('follow')}>
            {t('mobile.reviews.promise.follow')}
          </button>
          <button type="button" className="button outline small" onClick={() => setAsking('close')}>
            {t('mobile.reviews.promise.close')}
          </button>
        </div>
      )}
      {asking === 'follow' && (
        <AskFollowUp
          title={t('mobile.reviews.promise.follow')}
          busy={follow.busy}
          problem={follow.problem}
          onSay={(followUpId, text) => follow.run({ params: { ...params, followUpId }, body: { text } })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'close' && (
        <Ask
          title={t('mobile.reviews.promise.close')}
          label={t('mobile.reviews.promise.closeLabel')}
          hint={t('mobile.reviews.promise.closeHint')}
          act={t('mobile.reviews.promise.close')}
          busy={close.busy}
          problem={close.problem}
          onSay={(text) => close.run({ params, body: { text } })}
          onClose={() => setAsking(null)}
        />
      )}
    </article>
  )
}
