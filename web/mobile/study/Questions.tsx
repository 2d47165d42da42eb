/** Questions: mine with their answers, and for secretary and recorder those of the branch, to be answered. */
import { useState } from 'react'
import type { z } from 'zod'
import { answerQuestion, listMyQuestions, listQuestions, type Question as QuestionShape } from '#contract/study'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { may } from '../meeting/gathering.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Ask } from './Ask.tsx'
import './study.css'

type Question = z.output<typeof QuestionShape>

export function Questions() {
  const t = useT()
  const { post } = useSession()
  const office = may(post, 'answer:study')
  const organisationId = post?.organisationId ?? ''
  const branch = useOperation(listQuestions, { params: { organisationId }, query: { limit: 100 } }, { enabled: office })
  const mine = useOperation(listMyQuestions, {}, { enabled: !office })
  const asked = office ? branch : mine
  const items = asked.data?.items
  return (
    <Page title={t(office ? 'mobile.study.branchQuestions' : 'mobile.study.questions')} back="/study">
      {items === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {items?.length === 0 && <Empty text={t(office ? 'mobile.study.noBranchQuestions' : 'mobile.study.noQuestions')} />}
      {items?.map((question) => (
        <Asked key={question.id} question={question} answerAt={office ? organisationId : undefined} />
      ))}
      <Ask packId={null} />
    </Page>
  )
}

function Asked({ question, answerAt }: { question: Question; answerAt: string | undefined }) {
  const t = useT()
  const language = useLanguage()
  return (
    <article className="card">
      {question.about !== '' && <p className="quiet">{t('mobile.study.about', { title: question.about })}</p>}
      <p className="lead">{question.text}</p>
      <p className="quiet">
        {question.byName} · {showMoment(question.askedAt, language)}
      </p>
      {question.answeredAt !== null && (
        <>
          <p className="text-block">{question.answer}</p>
          <p className="quiet">
            {t('mobile.study.answeredBy', { name: question.answeredBy })} · {showMoment(question.answeredAt, language)}
          </p>
        </>
      )}
      {question.answeredAt === null && answerAt === undefined && <p className="wait">{t('mobile.study.waitsForAnswer')}</p>}
      {question.answeredAt === null && answerAt !== undefined && <Answer questionId={question.id} organisationId={answerAt} />}
    </article>
  )
}

function Answer({ questionId, organisationId }: { questionId: string; organisationId: string }) {
  const t = useT()
  const answering = useAction(answerQuestion)
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        // Shown beside the button.
        answering.run({ params: { organisationId, questionId }, body: { text } }).catch(() => {})
      }}
    >
      <Field label={t('mobile.study.answer')} wrong={answering.problem?.of('body.text')}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={2000} required value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Wrong problem={answering.problem} except={['body.text']} />
      <button type="submit" className="button small" disabled={answering.busy || text.trim() === ''}>
        {t('mobile.study.sendAnswer')}
      </button>
    </form>
  )
}
