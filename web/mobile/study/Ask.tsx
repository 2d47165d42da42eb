/** A question to the branch, for members; answered by its secretary or recorder. */
import { useState } from 'react'
import { Link } from 'wouter'
import { askQuestion } from '#contract/study'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { may } from '../meeting/gathering.ts'
import { Field } from '../parts/Field.tsx'
import { Wrong } from '../parts/Wrong.tsx'

export function Ask({ packId }: { packId: string | null }) {
  const t = useT()
  const { post } = useSession()
  const asking = useAction(askQuestion)
  const [questionId, setQuestionId] = useState(newId)
  const [text, setText] = useState('')
  const [sent, setSent] = useState(false)
  if (post === null || !may(post, 'attend:gathering')) return null

  async function send(organisationId: string) {
    try {
      await asking.run({ params: { organisationId, questionId }, body: { packId, text } })
    } catch {
      return // Shown above the button.
    }
    setText('')
    setQuestionId(newId())
    setSent(true)
  }

  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        void send(post.organisationId)
      }}
    >
      <Field
        label={t('mobile.study.ask')}
        hint={t('mobile.study.askHint', { branch: post.organisationName })}
        wrong={asking.problem?.of('body.text')}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            rows={2}
            maxLength={500}
            required
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setSent(false)
            }}
          />
        )}
      </Field>
      <Wrong problem={asking.problem} except={['body.text']} />
      <p className="saved" role="status">
        {sent && (
          <>
            {t('mobile.study.asked')} <Link href="/study/questions">{t('mobile.study.questions')}</Link>
          </>
        )}
      </p>
      <button type="submit" className="button outline wide" disabled={asking.busy || text.trim() === ''}>
        {t('mobile.study.send')}
      </button>
    </form>
  )
}
