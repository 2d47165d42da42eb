import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { setPassword } from '#contract/identity'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useUndo } from '../frame/undo.tsx'

export function Password() {
  const t = useT()
  const say = useUndo()
  const [current, setCurrent] = useState('')
  const [password, setNew] = useState('')
  const setting = useAction(setPassword)

  async function save(event: FormEvent) {
    event.preventDefault()
    await setting.run({ body: { password, ...(current === '' ? {} : { current }) } })
    setCurrent('')
    setNew('')
    say(t('console.password.saved'))
  }

  return (
    <form className="password" onSubmit={(event) => void save(event).catch(() => {})} noValidate>
      <Field label={t('console.password.current')} hint={t('console.password.currentHint')} wrong={setting.problem?.of('body.current')}>
        <Input
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <Field label={t('console.password.new')} hint={t('console.password.newHint')} wrong={setting.problem?.of('body.password')}>
        <Input
          type="password"
          autoComplete="new-password"
          maxLength={200}
          value={password}
          onChange={(event) => setNew(event.target.value)}
        />
      </Field>
      <Refusal problem={setting.problem} except={['body.']} />
      <Button htmlType="submit" type="primary" loading={setting.busy} disabled={password === ''}>
        {t('console.password.save')}
      </Button>
    </form>
  )
}
