/** One thing to put right: what, how, by whom, until when; reported done, then verified by another person. */
import { useState } from 'react'
import { finishMyRectification, finishRectification, followRectification, verifyRectification } from '#contract/rectifications'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { showShortDay, today } from '../parts/days.ts'
import { Ask } from './Ask.tsx'
import { AskFollowUp, FollowUps } from './FollowUps.tsx'
import type { Rectification } from './life.ts'

interface RectificationCardProps {
  item: Rectification
  own?: boolean
  office?: boolean
}

export function RectificationCard({ item, own = false, office = false }: RectificationCardProps) {
  const t = useT()
  const language = useLanguage()
  const { me } = useSession()
  const [asking, setAsking] = useState<'follow' | 'finish' | 'accept' | 'sendBack' | null>(null)
  const follow = useAction(followRectification)
  const finishing = useAction(own ? finishMyRectification : finishRectification)
  const verifying = useAction(verifyRectification)
  const { organisationId, id: rectificationId } = item
  const params = { organisationId, rectificationId }
  const late = item.state === 'OPEN' && item.dueOn < today()
  // The owner and whoever reported it are refused by the platform; the owner is spared the button.
  const mayVerify = office && item.state === 'DONE' && item.ownerId !== me.member?.memberId
  return (
    <article className={`card ${item.state === 'VERIFIED' ? 'ok-edge' : late ? 'late-edge' : ''}`}>
      <h3>{item.problem}</h3>
      <p>{item.measure}</p>
      <p className="quiet">
        {t('mobile.reviews.rectify.owner', { name: item.ownerName, day: showShortDay(item.dueOn, language) })}
        {late && <b className="late"> {t('mobile.reviews.rectify.late')}</b>}
      </p>
      <FollowUps items={item.followUps} />
      {item.doneOn !== null && (
        <p className="quiet">
          {t('mobile.reviews.rectify.done', { name: item.doneByName, day: showShortDay(item.doneOn, language), text: item.doneNote })}
        </p>
      )}
      {item.verifiedOn !== null && (
        <p className="quiet ok">
          {t('mobile.reviews.rectify.verified', {
            name: item.verifiedByName,
            day: showShortDay(item.verifiedOn, language),
            text: item.verifiedNote,
          })}
        </p>
      )}
      {item.state === 'DONE' && !mayVerify && <p className="quiet wait">{t('mobile.reviews.rectify.waits')}</p>}
      <div className="acts">
        {item.state === 'OPEN' && (own || office) && (
          <button type="button" className="button small" onClick={() => setAsking('finish')}>
            {t('mobile.reviews.rectify.finish')}
          </button>
        )}
        {item.state === 'OPEN' && office && (
          <button type="button" className="button outline small" onClick={() => setAsking('follow')}>
            {t('mobile.reviews.rectify.follow')}
          </button>
        )}
        {mayVerify && (
          <>
            <button type="button" className="button small" onClick={() => setAsking('accept')}>
              {t('mobile.reviews.rectify.accept')}
            </button>
            <button type="button" className="button outline small" onClick={() => setAsking('sendBack')}>
              {t('mobile.reviews.rectify.sendBack')}
            </button>
          </>
        )}
      </div>
      {asking === 'follow' && (
        <AskFollowUp
          title={t('mobile.reviews.rectify.follow')}
          busy={follow.busy}
          problem={follow.problem}
          onSay={(followUpId, text) => follow.run({ params: { ...params, followUpId }, body: { text } })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'finish' && (
        <Ask
          title={t('mobile.reviews.rectify.finish')}
          label={t('mobile.reviews.rectify.finishLabel')}
          hint={t('mobile.reviews.rectify.finishHint')}
          act={t('mobile.reviews.rectify.finish')}
          busy={finishing.busy}
          problem={finishing.problem}
          onSay={(text) => finishing.run({ params: own ? { rectificationId } : params, body: { text } })}
          onClose={() => setAsking(null)}
        />
      )}
      {(asking === 'accept' || asking === 'sendBack') && (
        <Ask
          title={t(`mobile.reviews.rectify.${asking}`)}
          label={t(asking === 'accept' ? 'mobile.reviews.rectify.acceptLabel' : 'mobile.reviews.rectify.sendBackLabel')}
          act={t(`mobile.reviews.rectify.${asking}`)}
          busy={verifying.busy}
          problem={verifying.problem}
          onSay={(text) => verifying.run({ params, body: { accepted: asking === 'accept', text } })}
          onClose={() => setAsking(null)}
        />
      )}
    </article>
  )
}
