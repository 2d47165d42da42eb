import { useT } from '../../shared/i18n.ts'
import { useMay } from '../frame/may.ts'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { stageTones } from './columns.tsx'
import type { Numbers } from './input.ts'
import type { Member } from './member.ts'
import { Reveal } from './Reveal.tsx'
import { useCodeWords } from './words.ts'

/** All that is on record of a member. The numbers stay masked until somebody says what for. */
export function MemberRecord({ member, onEdit }: { member: Member; onEdit: (numbers: Numbers) => void }) {
  const t = useT()
  const may = useMay()
  const words = useCodeWords()
  return (
    <div className="member">
      <p className="member-name">
        <b>{member.name}</b>
        {member.seats.map((seat) => (
          <span className="seat" key={seat}>
            {seat}
          </span>
        ))}
      </p>
      <p className="quiet">{member.organisationName}</p>
      <section className="axes" aria-label={t('console.member.axes')}>
        <Mark tone={stageTones[member.stage]}>{t(`console.stageSentence.${member.stage}`)}</Mark>
        <Mark tone={member.membership === 'NORMAL' ? 'ok' : 'wait'}>{t(`console.membershipSentence.${member.membership}`)}</Mark>
        <Mark tone={member.contact === 'IN_CONTACT' ? 'ok' : 'late'}>
          {t(`console.contactSentence.${member.contact}`, { since: member.lostContactSince ?? '—' })}
        </Mark>
        <Mark tone={member.mobility === 'RESIDENT' ? 'ok' : 'accent'}>
          {t(`console.mobilitySentence.${member.mobility}`, { destination: member.flowDestination || '—' })}
        </Mark>
        <p>{t(member.counts ? 'console.member.countsSentence' : 'console.member.countsNotSentence')}</p>
      </section>
      <Facts
        facts={[
          [t('console.member.gender'), t(`console.gender.${member.gender}`)],
          [t('console.member.ethnicity'), words.ethnicity(member.ethnicity)],
          [t('console.member.bornOn'), member.bornOn],
          [t('console.member.education'), words.education(member.education)],
          [t('console.member.joinedOn'), member.joinedOn],
          [t('console.member.fullMemberOn'), member.fullMemberOn],
          [t('console.member.work'), member.work],
          [t('console.member.identity'), member.identityMasked],
          [t('console.member.phone'), member.phoneMasked],
          [t('console.member.landline'), member.landline],
          [t('console.member.address'), member.address],
          member.rightsSuspendedUntil !== null && [t('console.member.rightsSuspendedUntil'), member.rightsSuspendedUntil],
        ]}
      />
      {may('reveal:member') && <Reveal member={member} onEdit={may('write:member') ? onEdit : undefined} />}
    </div>
  )
}
