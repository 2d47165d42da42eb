/** An answer of the platform in its states: waiting, not reached, refused, there — and there but old because it was not reached again. */
import type { ReactNode } from 'react'
import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { Failed, Loading } from '../../shared/states.tsx'

interface AnswerProps<Data> {
  asked: { data: Data | undefined; error: Problem | null; refetch(): unknown; dataUpdatedAt: number }
  children: (data: Data) => ReactNode
}

export function Answer<Data>({ asked, children }: AnswerProps<Data>) {
  const retry = () => void asked.refetch()
  if (asked.data === undefined) return asked.error ? <Failed problem={asked.error} retry={retry} /> : <Loading />
  return (
    <>
      {asked.error && <Old since={asked.dataUpdatedAt} retry={retry} />}
      {children(asked.data)}
    </>
  )
}

function Old({ since, retry }: { since: number; retry: () => void }) {
  const t = useT()
  const time = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', timeStyle: 'short' }).format(since)
  return (
    <p className="old" role="status">
      {t('console.old', { time })}{' '}
      <button type="button" className="link" onClick={retry}>
        {t('shared.retry')}
      </button>
    </p>
  )
}
