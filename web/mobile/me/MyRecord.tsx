/** My own member record as the branch holds it; identity number and phone masked here too. */
import { getMyMember } from '#contract/members'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Page } from '../parts/Page.tsx'

export function MyRecord() {
  const t = useT()
  const language = useLanguage()
  const asked = useOperation(getMyMember, {})
  const member = asked.data
  const day = (value: string | null) => (value === null ? '' : showDay(value, language))
  return (
    <Page title={t('mobile.mine.record')} back="/me">
      {member === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {member === null && <Empty text={t('mobile.member.none')} />}
      {member !== null && member !== undefined && (
        <>
          <section className="card">
            <Facts
              rows={[
                [t('mobile.member.name'), member.name],
                [t('mobile.member.branch'), member.organisationName],
                [t('mobile.member.stage'), t(`mobile.stage.${member.stage}`)],
                [t('mobile.member.seats'), member.seats.join('、')],
                [t('mobile.member.joinedOn'), day(member.joinedOn)],
                [t('mobile.member.fullOn'), day(member.fullMemberOn)],
                [t('mobile.member.counts'), t(member.counts ? 'mobile.member.countsYes' : 'mobile.member.countsNo')],
                [t('mobile.member.mobility'), t(`mobile.mobility.${member.mobility}`)],
                [t('mobile.member.flow'), member.flowDestination],
              ]}
            />
          </section>
          <section className="card">
            <Facts
              rows={[
                [t('mobile.member.identity'), member.identityMasked],
                [t('mobile.member.phone'), member.phoneMasked],
                [t('mobile.member.bornOn'), day(member.bornOn)],
                [t('mobile.member.work'), member.work],
                [t('mobile.member.address'), member.address],
              ]}
            />
          </section>
          <p className="note">{t('mobile.member.wrong')}</p>
        </>
      )}
    </Page>
  )
}
