/** 发证密钥: the keys that sign passes, opened and rotated by the organisation department; one that got out is withdrawn from a moment on. */
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { type IssuerKey as Shape, listIssuerKeys, rotateIssuerKey, withdrawIssuerKey } from '#contract/passes'
import { newId } from '../../shared/device.ts'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { MomentField } from '../field/MomentField.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { useUndo } from '../frame/undo.tsx'
import { Beside } from '../list/Beside.tsx'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { type Column, Rows } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { isIssuer } from './sections.ts'

type IssuerKey = z.output<typeof Shape>

export function IssuerKeys({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const openKid = address.get('id')
  const asked = useOperation(listIssuerKeys, { params: { organisationId: organisation.id } })
  const columns = useKeyColumns(organisation.children > 0)
  const open = asked.data?.items.find(({ kid }) => kid === openKid)
  const certifies = may('certify:issuer')
  const issuer = isIssuer(organisation)
  const list = (
    <>
      <div className="toolbar">
        <p className="quiet">{t('console.floating.keys.note')}</p>
      </div>
      {certifies && !issuer && <p className="quiet float-lead">{t('console.floating.keys.choose')}</p>}
      <Answer asked={asked}>
        {({ items }) => (
          <>
            {certifies && issuer && (
              <Rotate
                organisation={organisation}
                current={items.find((key) => key.organisationId === organisation.id && key.withdrawnAt === null)}
              />
            )}
            {items.length === 0 ? (
              <Empty text={t(certifies ? 'console.floating.keys.none' : 'console.floating.keys.noneHere')} />
            ) : (
              <Rows
                label={t('console.floating.section.keys')}
                columns={columns}
                rows={items}
                idOf={(row) => row.kid}
                openId={openKid}
                onOpen={(row) => address.set({ id: row.kid })}
              />
            )}
          </>
        )}
      </Answer>
    </>
  )
  const record = open && {
    key: open.kid,
    title: t('console.floating.keys.record'),
    body: <KeyPane issuerKey={open} withdraws={certifies && open.withdrawnAt === null} />,
  }
  return <Beside list={list} record={record ?? null} onClose={() => address.set({ id: undefined })} />
}

function useKeyColumns(named: boolean): Column<IssuerKey>[] {
  const t = useT()
  const language = useLanguage()
  const columns: (Column<IssuerKey> | false)[] = [
    { key: 'kid', title: t('console.floating.keys.kid'), cell: (row) => <code>{row.kid}</code> },
    { key: 'state', title: t('console.floating.state'), cell: (row) => <KeyState issuerKey={row} /> },
    named && { key: 'organisation', title: t('console.floating.pass.issuer'), cell: (row) => row.organisationName },
    { key: 'from', title: t('console.floating.keys.validFrom'), cell: (row) => showDay(row.validFrom, language) },
    { key: 'until', title: t('console.floating.keys.validUntil'), cell: (row) => showDay(row.validUntil, language), spare: true },
    { key: 'passes', title: t('console.floating.keys.passes'), cell: (row) => row.passes, number: true },
  ]
  return columns.filter((column) => column !== false)
}

function KeyState({ issuerKey: { withdrawnAt, validUntil } }: { issuerKey: IssuerKey }) {
  const t = useT()
  const today = useToday()
  if (withdrawnAt !== null) return <Mark tone="bad">{t('console.floating.keys.withdrawn')}</Mark>
  if (validUntil < today) return <Mark tone="calm">{t('console.floating.keys.ended')}</Mark>
  return <Mark tone="ok">{t('console.floating.keys.good')}</Mark>
}

/** A new key signs from now on; what the one before signed stays good until it ends. */
function Rotate({ organisation, current }: { organisation: Organisation; current: IssuerKey | undefined }) {
  const t = useT()
  const tell = useUndo()
  const [keyId, setKey] = useState(newId)
  const [asking, setAsking] = useState(false)
  const first = useFirst<HTMLButtonElement & HTMLAnchorElement>(asking)
  const { run, busy, problem } = useAction(rotateIssuerKey)
  const name = t(current === undefined ? 'console.floating.keys.openKey' : 'console.floating.keys.rotate')

  function rotate() {
    const finish = () => {
      tell(t('console.floating.keys.rotated', { name: organisation.shortName }))
      setKey(newId())
      setAsking(false)
    }
    run({ params: { organisationId: organisation.id, keyId } }).then(finish, () => setAsking(false))
  }

  return (
    <div className="float-lead">
      <Refusal problem={problem} />
      {asking ? (
        <div className="ask" role="group" aria-label={name}>
          <p>{t('console.floating.keys.rotateThen', { name: organisation.shortName })}</p>
          {current !== undefined && <p>{t('console.floating.keys.rotateKeeps', { count: current.passes })}</p>}
          <div className="buttons">
            <Button type="primary" ref={first} loading={busy} onClick={rotate}>
              {t('console.floating.step.confirm', { step: name, name: organisation.shortName })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('console.change.lookAgain')}</Button>
          </div>
        </div>
      ) : (
        <div className="buttons">
          <Button type={current === undefined ? 'primary' : 'default'} onClick={() => setAsking(true)}>
            {name}
          </Button>
        </div>
      )}
    </div>
  )
}

function KeyPane({ issuerKey, withdraws }: { issuerKey: IssuerKey; withdraws: boolean }) {
  const t = useT()
  const language = useLanguage()
  const [withdrawing, setWithdrawing] = useState(false)
  return (
    <>
      <p className="member-name">
        <code>{issuerKey.kid}</code> <KeyState issuerKey={issuerKey} />
      </p>
      <Facts
        facts={[
          [t('console.floating.pass.issuer'), issuerKey.organisationName],
          [t('console.floating.keys.validFrom'), showDay(issuerKey.validFrom, language)],
          [t('console.floating.keys.validUntil'), showDay(issuerKey.validUntil, language)],
          [t('console.floating.keys.passes'), issuerKey.passes],
          issuerKey.withdrawnAt !== null && [t('console.floating.keys.withdrawnAt'), showMoment(issuerKey.withdrawnAt, language)],
          issuerKey.reason !== '' && [t('console.floating.pass.reason'), issuerKey.reason],
        ]}
      />
      {withdraws && !withdrawing && (
        <div className="buttons">
          <Button danger onClick={() => setWithdrawing(true)}>
            {t('console.floating.keys.withdraw')}
          </Button>
        </div>
      )}
      {withdraws && withdrawing && <Withdraw issuerKey={issuerKey} onDone={() => setWithdrawing(false)} />}
    </>
  )
}

/** Says exactly what is refused from then on, and what stays good. */
function Withdraw({ issuerKey, onDone }: { issuerKey: IssuerKey; onDone: () => void }) {
  const t = useT()
  const tell = useUndo()
  const language = useLanguage()
  const [since, setSince] = useState(() => new Date().toISOString())
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const first = useFirst<HTMLButtonElement & HTMLAnchorElement>(asking)
  const { run, busy, problem } = useAction(withdrawIssuerKey)
  const when = showMoment(since, language)

  function withdraw() {
    const { organisationId, kid } = issuerKey
    const finish = () => {
      tell(t('console.floating.keys.withdrew', { kid }))
      onDone()
    }
    run({ params: { organisationId }, body: { kid, since, reason } }).then(finish, () => setAsking(false))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (reason.trim() !== '') setAsking(true)
  }

  return (
    <form className="float-form" aria-label={t('console.floating.keys.withdraw')} onSubmit={submit} noValidate>
      <Field label={t('console.floating.keys.since')} hint={t('console.floating.keys.sinceHint')} wrong={problem?.of('body.since')}>
        <MomentField value={since} onMoment={setSince} />
      </Field>
      <Field label={t('console.floating.keys.reason')} wrong={problem?.of('body.reason')}>
        <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <section className="float-follows" aria-label={t('console.floating.follows.title')}>
        <h3>{t('console.floating.follows.title')}</h3>
        <ul className="effects">
          <li>{t('console.floating.keys.then.refused', { when })}</li>
          <li>{t('console.floating.keys.then.stays', { when, count: issuerKey.passes })}</li>
          <li>{t('console.floating.keys.then.offline')}</li>
          <li>{t('console.floating.keys.then.next')}</li>
        </ul>
      </section>
      <Refusal problem={problem} except={['body.']} />
      {asking ? (
        <div className="ask" role="group" aria-label={t('console.floating.keys.withdraw')}>
          <p>{t('console.floating.keys.ask', { kid: issuerKey.kid, when })}</p>
          <div className="buttons">
            <Button type="primary" danger ref={first} loading={busy} onClick={withdraw}>
              {t('console.floating.step.confirm', { step: t('console.floating.keys.withdraw'), name: issuerKey.kid })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('console.change.lookAgain')}</Button>
          </div>
        </div>
      ) : (
        <div className="buttons">
          <Button type="primary" danger htmlType="submit" disabled={reason.trim() === ''}>
            {t('console.floating.step.next', { step: t('console.floating.keys.withdraw') })}
          </Button>
          <Button onClick={onDone}>{t('console.cancel')}</Button>
        </div>
      )}
    </form>
  )
}
