/** 报到: one field for a hand scanner, a pasted code or the number of a pass, and the poster by which members report in themselves. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useState } from 'react'
import { takeIn } from '#contract/floating'
import { CodePicture } from '../../shared/CodePicture.tsx'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { DayField } from '../field/DayField.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { useToday } from '../field/today.ts'
import { useAddress } from '../frame/address.ts'
import { useUndo } from '../frame/undo.tsx'
import { Beside } from '../list/Beside.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { RegistrationPane } from './RegistrationPane.tsx'
import type { Registration } from './words.ts'

export function Arrivals({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const openId = address.get('id')
  const list = (
    <div className="float-two">
      <TakeIn organisation={organisation} onTaken={(id) => address.set({ id: id })} />
      <Poster organisation={organisation} />
    </div>
  )
  const close = () => address.set({ id: undefined })
  const record =
    openId === undefined
      ? null
      : {
          key: openId,
          title: t('console.floating.record'),
          body: <RegistrationPane organisation={organisation} registrationId={openId} side="IN" onGone={close} />,
        }
  return <Beside list={list} record={record} onClose={close} />
}

/** What a scanner types while an input method is on comes out full width. */
const plain = (typed: string): string => typed.normalize('NFKC').trim()

function TakeIn({ organisation, onTaken }: { organisation: Organisation; onTaken: (registrationId: string) => void }) {
  const t = useT()
  const tell = useUndo()
  const today = useToday()
  const field = useFirst<InputRef>()
  const [presented, setPresented] = useState('')
  const [on, setOn] = useState<string | null>(today)
  const [stepId, setStep] = useState(newId)
  const { run, busy, problem, reset } = useAction(takeIn)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (plain(presented) === '' || on === null || busy) return
    const finish = (registration: Registration) => {
      tell(t('console.floating.arrive.done', { name: registration.name }))
      setPresented('')
      setStep(newId())
      onTaken(registration.id)
      field.current?.focus()
    }
    // The next scan takes the place of what was refused.
    run({ params: { organisationId: organisation.id, stepId }, body: { presented: plain(presented), on } }).then(finish, () =>
      field.current?.select(),
    )
  }

  return (
    <section className="float-card" aria-labelledby="arrive">
      <h3 id="arrive">{t('console.floating.arrive.title', { name: organisation.shortName })}</h3>
      <p className="quiet">{t('console.floating.arrive.note')}</p>
      <form className="float-form" onSubmit={submit} noValidate>
        <Field
          label={t('console.floating.arrive.presented')}
          hint={t('console.floating.arrive.hint')}
          wrong={problem?.of('body.presented')}
        >
          <Input
            ref={field}
            size="large"
            autoComplete="off"
            spellCheck={false}
            maxLength={900}
            value={presented}
            onChange={(event) => {
              if (problem !== null) reset()
              setPresented(event.target.value)
              setStep(newId())
            }}
          />
        </Field>
        <Field label={t('console.floating.arrive.on')} wrong={problem?.of('body.on')}>
          <DayField value={on} onDay={setOn} />
        </Field>
        <Refusal problem={problem} except={['body.']} />
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={busy} disabled={plain(presented) === '' || on === null}>
            {t('console.floating.arrive.do')}
          </Button>
        </div>
      </form>
      <h4>{t('console.floating.follows.title')}</h4>
      <ul className="effects">
        <li>{t('console.floating.arrive.then.sign')}</li>
        <li>{t('console.floating.arrive.then.home')}</li>
        <li>{t('console.floating.arrive.then.next')}</li>
      </ul>
    </section>
  )
}

/** For the wall of the service centre: whoever scans it with the phone reports in here. */
function Poster({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const link = new URL(`/floating/arrive/${organisation.id}`, location.origin).href
  return (
    <section className="float-card" aria-labelledby="poster">
      <h3 id="poster">{t('console.floating.arrive.poster')}</h3>
      <p className="quiet">{t('console.floating.arrive.posterNote')}</p>
      <div className="float-poster">
        <b>{t('console.floating.arrive.posterTitle')}</b>
        <span>{organisation.name}</span>
        <CodePicture text={link} label={t('console.floating.arrive.posterCode', { name: organisation.shortName })} />
        <span>{t('console.floating.arrive.posterHow')}</span>
        <small>{link}</small>
      </div>
      <div className="buttons">
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
          {t('console.floating.arrive.print')}
        </Button>
      </div>
    </section>
  )
}
