/** 反馈意见书: what the organisation tells me, with every correction beside what stood there before. */
import { getMyLetter } from '#contract/reviews'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Asked } from '../parts/Asked.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { gradeOrText } from './words.ts'

export function MyLetter({ year }: { year: string }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const asked = useOperation(getMyLetter, { params: { year } })
  return (
    <Page title={t('mobile.reviews.letter.of', { year })} back="/reviews">
      <Asked asked={asked}>
        {(letter) => (
          <>
            <section className="card letter">
              <p className="quiet">{letter.organisationName}</p>
              <p className="lead">
                {letter.grade === null
                  ? t('mobile.reviews.letter.noGrade', { name: letter.name })
                  : t('mobile.reviews.letter.grade', { name: letter.name, grade: t(`shared.grade.${letter.grade}`) })}
              </p>
              <p className="text-block">{letter.opinion}</p>
              <p className="quiet">{say(letter.peers)}</p>
              <p className="quiet">{say(letter.masses)}</p>
              <p className="quiet">{showDay(letter.closedOn, language)}</p>
            </section>
            {letter.amendments.length > 0 && (
              <section aria-labelledby="amendments">
                <h2 id="amendments">{t('mobile.reviews.letter.amendments')}</h2>
                {letter.amendments.map((amendment) => (
                  <div className="card" key={amendment.id}>
                    <p>
                      {t('mobile.reviews.letter.amended', {
                        field: t(`shared.reviewField.${amendment.field}`),
                        old: gradeOrText(t, amendment.old),
                        new: gradeOrText(t, amendment.new),
                      })}
                    </p>
                    <p className="quiet">
                      {t('mobile.reviews.letter.because', {
                        reason: amendment.reason,
                        name: amendment.byName,
                        moment: showMoment(amendment.at, language),
                      })}
                    </p>
                  </div>
                ))}
              </section>
            )}
            <p className="note">{say(letter.noDecision)}</p>
            <ReadAloud text={`${letter.opinion} ${say(letter.peers)} ${say(letter.masses)} ${say(letter.noDecision)}`} />
          </>
        )}
      </Asked>
    </Page>
  )
}
