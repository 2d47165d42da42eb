/** 省外互认: what a host outside the province recorded comes back as a signed file; the same file twice counts once. */
import { useId, useRef, useState } from 'react'
import { importExchange } from '#contract/passes'
import type { ReturnsOf } from '#contract/operation'
import { useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Refusal } from '../field/Field.tsx'
import { Mark } from '../list/Mark.tsx'

export function Exchange({ organisationId }: { organisationId: string }) {
  const t = useT()
  const say = useSay()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { run, busy, problem } = useAction(importExchange)
  const [name, setName] = useState('')
  const [result, setResult] = useState<ReturnsOf<typeof importExchange> | null>(null)

  async function open(file: File | undefined) {
    if (file === undefined) return
    setName(file.name)
    setResult(null)
    try {
      setResult(await run({ params: { organisationId }, body: { file: await file.text() } }))
    } finally {
      if (input.current !== null) input.current.value = ''
    }
  }

  return (
    <div className="float-form">
      <p>{t('console.floating.exchange.note')}</p>
      <div className="field">
        <label htmlFor={id}>{t('console.floating.exchange.choose')}</label>
        <input
          id={id}
          ref={input}
          type="file"
          disabled={busy}
          accept=".json,.jws,.txt,application/json,text/plain"
          onChange={(event) => void open(event.target.files?.[0]).catch(() => {})}
        />
      </div>
      <Refusal problem={problem} />
      <div role="status" className="float-result">
        {busy && <p>{t('console.floating.exchange.reading', { name })}</p>}
        {result !== null && (
          <>
            <p>
              <b>{t('console.floating.exchange.from', { from: result.from })}</b>
            </p>
            <p>
              <Mark tone="ok">{t('console.floating.exchange.added', { count: result.added })}</Mark>
            </p>
            {result.repeated > 0 && <p>{t('console.floating.exchange.repeated', { count: result.repeated })}</p>}
            {result.left.map(({ why, n }) => (
              <p key={why.zh}>
                <Mark tone="wait">{t('console.floating.exchange.left', { count: n })}</Mark> {say(why)}
              </p>
            ))}
          </>
        )}
      </div>
    </div>
  )
}
