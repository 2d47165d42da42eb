/** 反馈意见书 on A4, to be handed to a member without a phone. Opening it is on record like every opening. */
import { Button } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import type { ReturnsOf } from '#contract/operation'
import { grades, openPapers } from '#contract/reviews'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'

interface LetterSheetProps {
  organisationId: string
  year: string
  memberId: string
  onBack: () => void
}

export function LetterSheet({ organisationId, year, memberId, onBack }: LetterSheetProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { open, problem, letter } = useOpened(organisationId, year, memberId)
  const word = (text: string) => {
    const grade = grades.find((one) => one === text)
    return grade === undefined ? text : t(`shared.grade.${grade}`)
  }
  return (
    <div className="page review-print">
      <div className="toolbar">
        <Button onClick={onBack}>{t('console.reviews.back')}</Button>
        {letter !== null && (
          <Button type="primary" onClick={() => print()}>
            {t('console.print')}
          </Button>
        )}
      </div>
      {letter === null ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} retry={open} />
        )
      ) : (
        <article className="sheet letter-sheet">
          <h2>{t('console.reviews.letter')}</h2>
          <p>{t('console.reviews.letterTo', { name: letter.name })}</p>
          <p>
            {letter.grade === null
              ? t('console.reviews.letterNoGrade', { year })
              : t('console.reviews.letterGrade', { organisation: letter.organisationName, year, grade: t(`shared.grade.${letter.grade}`) })}
          </p>
          <h3>{t('console.reviews.letterOpinion')}</h3>
          <p className="prose">{letter.opinion}</p>
          <p>{say(letter.peers)}</p>
          <p>{say(letter.masses)}</p>
          {letter.amendments.map((amendment) => (
            <p key={amendment.id}>
              {t('console.reviews.letterAmended', {
                field: t(`shared.reviewField.${amendment.field}`),
                old: word(amendment.old),
                new: word(amendment.new),
                reason: amendment.reason,
              })}
            </p>
          ))}
          <p className="quiet">{say(letter.noDecision)}</p>
          <p className="letter-end">
            {letter.organisationName}
            <br />
            {showDay(letter.closedOn, language)}
          </p>
          <p>{t('console.reviews.letterSigned')}</p>
        </article>
      )}
    </div>
  )
}

/** Opens the papers once when the sheet is shown, and again only when that is asked for. */
function useOpened(organisationId: string, year: string, memberId: string) {
  const t = useT()
  const purpose = t('console.reviews.purposeLetter')
  const { run, problem } = useAction(openPapers)
  const [letter, setLetter] = useState<ReturnsOf<typeof openPapers>['letter']>(null)
  const open = useCallback(() => {
    run({ params: { organisationId, year, memberId }, purpose }).then(
      (papers) => setLetter(papers.letter),
      () => {},
    )
  }, [run, organisationId, year, memberId, purpose])
  useEffect(open, [open])
  return { open, problem, letter }
}
