/** What can be done with a gathering now, by this person in this post: one main thing under the thumb, the rest beside it. */
import { useState } from 'react'
import { Link } from 'wouter'
import { answerNotice } from '#contract/attendance'
import { notifyGathering, startGathering } from '#contract/meetings'
import { archiveGathering } from '#contract/record'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Sign } from './Signing.tsx'
import { Amend, CallOff, Confirm, Postpone } from './Steps.tsx'
import { type Attendance, attendingPost, type Gathering, isPlanned, isPresent, isSettled, leaveIsOpen, may, pathOf } from './gathering.ts'

interface ActsProps {
  gathering: Gathering
  my: Attendance | undefined
}

export function Acts({ gathering, my }: ActsProps) {
  const { post } = useSession()
  if (may(post, 'write:gathering')) return <OfficeActs gathering={gathering} />
  if (may(post, 'attend:gathering') && my !== undefined) return <MemberActs gathering={gathering} my={my} />
  return <MemberPost my={my} gathering={gathering} />
}

/** Somebody on the roster who acts in another post: signing in and asking for leave belong to the member's post. */
function MemberPost({ gathering, my }: ActsProps) {
  const t = useT()
  const { me, post, choosePost } = useSession()
  const own = attendingPost(me.posts, gathering.organisationId)
  if (my === undefined || own === undefined || own.id === post?.id || !leaveIsOpen(gathering.state)) return null
  return (
    <button type="button" className="button outline wide" onClick={() => choosePost(own.id)}>
      {t('mobile.post.asMember')}
    </button>
  )
}

function MemberActs({ gathering, my }: { gathering: Gathering; my: Attendance }) {
  const t = useT()
  const path = pathOf(gathering)
  const answering = useAction(answerNotice)
  const present = isPresent(my.state)
  if (gathering.maySign) return <Sign gathering={gathering} />
  if (!leaveIsOpen(gathering.state) || present) return null
  const running = gathering.state === 'IN_PROGRESS'
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id, memberId: my.memberId }
  return (
    <>
      <Wrong problem={answering.problem} />
      <div className="acts">
        {my.state !== 'LEAVE' && (
          <Link href={`${path}/leave`} className="button outline">
            {t('mobile.act.leave')}
          </Link>
        )}
        <Link href={`${path}/patrol`} className="button outline">
          {t('mobile.act.way')}
        </Link>
        {!running && !my.coming && (
          <button
            type="button"
            className="button"
            disabled={answering.busy}
            onClick={() => void answering.run({ params, body: { coming: true } }).catch(() => {})}
          >
            {t('mobile.answer.coming')}
          </button>
        )}
        {running && (
          <Link href={`${path}/sign-in`} className="button">
            {t('mobile.act.signIn')}
          </Link>
        )}
      </div>
    </>
  )
}

type Step = 'more' | 'confirm' | 'cancel' | 'postpone' | 'amend'

function OfficeActs({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const { post } = useSession()
  const [step, setStep] = useState<Step>()
  const telling = useAction(notifyGathering)
  const starting = useAction(startGathering)
  const archiving = useAction(archiveGathering)
  const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
  const path = pathOf(gathering)
  const close = () => setStep(undefined)
  const busy = telling.busy || starting.busy || archiving.busy
  const begin = () => void starting.run({ params, body: { at: startOf(gathering) } }).catch(() => {})
  const planned = isPlanned(gathering.state)
  const secretary = may(post, 'confirm:gathering')
  return (
    <>
      <Wrong problem={telling.problem ?? starting.problem ?? archiving.problem} />
      <div className="acts">
        {(gathering.state === 'PLANNED' || gathering.state === 'POSTPONED') && (
          <>
            <button type="button" className="button outline" disabled={busy} onClick={begin}>
              {t('mobile.act.start')}
            </button>
            <button type="button" className="button" disabled={busy} onClick={() => void telling.run({ params }).catch(() => {})}>
              {t('mobile.act.notify')}
            </button>
          </>
        )}
        {gathering.state === 'NOTIFIED' && (
          <button type="button" className="button" disabled={busy} onClick={begin}>
            {t('mobile.act.start')}
          </button>
        )}
        {gathering.state === 'IN_PROGRESS' && (
          <>
            <Link href={`${path}/code`} className="button outline">
              {t('mobile.act.code')}
            </Link>
            <Link href={`${path}/record`} className="button outline">
              {t('mobile.act.record')}
            </Link>
            <Link href={`${path}/roll`} className="button">
              {t('mobile.act.roll')}
            </Link>
          </>
        )}
        {gathering.state === 'DRAFT_MINUTES' && (
          <>
            <Link href={`${path}/roll`} className="button outline">
              {t('mobile.act.correctRoll')}
            </Link>
            <Link href={`${path}/record`} className={gathering.mayConfirm ? 'button outline' : 'button'}>
              {t('mobile.act.correct')}
            </Link>
            {gathering.mayConfirm && (
              <button type="button" className="button" onClick={() => setStep('confirm')}>
                {t('mobile.act.confirm')}
              </button>
            )}
          </>
        )}
        {isSettled(gathering.state) && secretary && (
          <button type="button" className="button outline" aria-haspopup="dialog" onClick={() => setStep('amend')}>
            {t('mobile.act.amend')}
          </button>
        )}
        {gathering.state === 'CONFIRMED' && secretary && (
          <button type="button" className="button" disabled={busy} onClick={() => void archiving.run({ params }).catch(() => {})}>
            {t('mobile.act.archive')}
          </button>
        )}
        {planned && (
          <button type="button" className="button outline slim" aria-haspopup="dialog" onClick={() => setStep('more')}>
            {t('mobile.act.more')}
          </button>
        )}
      </div>
      {gathering.state === 'DRAFT_MINUTES' && !gathering.mayConfirm && <p className="note">{t('mobile.meeting.secondPerson')}</p>}
      {step === 'more' && (
        <Sheet title={t('mobile.act.moreTitle')} onClose={close}>
          <div className="sheet-acts">
            <Link href={`${path}/edit`} className="button outline wide">
              {t('mobile.act.edit')}
            </Link>
            <Link href="/meetings/exemptions" className="button outline wide">
              {t('mobile.exempt.title')}
            </Link>
            <button type="button" className="button outline wide" onClick={() => setStep('postpone')}>
              {t('mobile.act.postpone')}
            </button>
            <button type="button" className="button outline wide danger" onClick={() => setStep('cancel')}>
              {t('mobile.act.cancel')}
            </button>
          </div>
        </Sheet>
      )}
      {step === 'confirm' && <Confirm gathering={gathering} onClose={close} />}
      {step === 'cancel' && <CallOff gathering={gathering} onClose={close} />}
      {step === 'postpone' && <Postpone gathering={gathering} onClose={close} />}
      {step === 'amend' && <Amend gathering={gathering} onClose={close} />}
    </>
  )
}

/** Past this much of the plan, the meeting was held on paper or without a signal and is written up afterwards. */
const writtenUpMilliseconds = 1_800_000

/** What is written up afterwards began when it was planned to; otherwise it begins now. */
function startOf(gathering: Gathering): string {
  const planned = Date.parse(gathering.plannedStart)
  return planned < Date.now() - writtenUpMilliseconds ? gathering.plannedStart : new Date().toISOString()
}
