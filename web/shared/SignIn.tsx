/** Signing in: phone and code, or password; in the demo its people, one tap each. The same page for all three faces. */
import { useId, useState, type FormEvent } from 'react'
import { listDemoPeople, requestCode, signIn } from '#contract/identity'
import { deviceId } from './device.ts'
import { setLanguage, useLanguage, useT } from './i18n.ts'
import { chooseElder, useElder } from './looks.ts'
import { useAction, useOperation } from './query.ts'
import './sign-in.css'

interface SignInProps {
  face: 'mobile' | 'console' | 'screen'
  onSignedIn: () => void
}

/** The device as its owner would call it: `Android · WeChat`, `iPhone · Safari`. */
function deviceName(): string {
  const said = navigator.userAgent
  const first = (names: readonly (readonly [RegExp, string])[]) => names.find(([sign]) => sign.test(said))?.[1]
  const system = first([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/HarmonyOS/, 'HarmonyOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'Mac'],
    [/Linux/, 'Linux'],
  ])
  const browser = first([
    [/MicroMessenger/, 'WeChat'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  return [system, browser].filter((part) => part !== undefined).join(' · ')
}

export function SignIn({ face, onSignedIn }: SignInProps) {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const [phone, setPhone] = useState('')
  const [secret, setSecret] = useState('')
  const [way, setWay] = useState<'code' | 'password'>('code')
  const asking = useAction(requestCode)
  const entering = useAction(signIn)
  const [sent, setSent] = useState<string>()

  async function enter(number: string, word: string, by: 'code' | 'password') {
    const secretWord = by === 'code' ? { code: word } : { password: word }
    await entering.run({ body: { phone: number, ...secretWord, deviceId: deviceId(), deviceName: deviceName() } })
    onSignedIn()
  }

  /** In the demo the code is shown and filled in. */
  async function ask(number: string): Promise<string> {
    const { demoCode } = await asking.run({ body: { phone: number } })
    setSent(demoCode === undefined ? t('shared.signIn.sent') : t('shared.signIn.demoCode', { code: demoCode }))
    setSecret(demoCode ?? '')
    return demoCode ?? ''
  }

  async function enterAs(number: string) {
    setPhone(number)
    setWay('code')
    await enter(number, await ask(number), 'code')
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void (sent === undefined && way === 'code' ? ask(phone) : enter(phone, secret, way)).catch(() => {})
  }

  const problem = entering.problem ?? asking.problem
  const ids = { phone: useId(), secret: useId(), problem: useId() }
  return (
    <main className={`sign-in sign-in-${face}`}>
      <section className="sign-in-form">
        <header className="sign-in-head">
          <img src="/icon.svg" alt="" width="52" height="52" />
          <p className="sign-in-name">
            <b>{t('shared.name')}</b> {t('shared.nameEnglish')}
            <small>{t('shared.promise')}</small>
          </p>
        </header>
        <h1>{t('shared.signIn.title')}</h1>
        <form onSubmit={submit} noValidate>
          <label htmlFor={ids.phone}>{t('shared.signIn.phone')}</label>
          <input
            id={ids.phone}
            type="tel"
            inputMode="numeric"
            autoComplete="tel"
            maxLength={11}
            value={phone}
            aria-invalid={problem?.of('body.phone') !== undefined}
            aria-describedby={problem ? ids.problem : undefined}
            onChange={(event) => {
              setPhone(event.target.value.replaceAll(/\D/g, ''))
              setSent(undefined)
            }}
          />
          {(sent !== undefined || way === 'password') && (
            <>
              <label htmlFor={ids.secret}>{t(way === 'code' ? 'shared.signIn.code' : 'shared.signIn.password')}</label>
              <input
                id={ids.secret}
                type={way === 'code' ? 'text' : 'password'}
                inputMode={way === 'code' ? 'numeric' : 'text'}
                autoComplete={way === 'code' ? 'one-time-code' : 'current-password'}
                maxLength={way === 'code' ? 6 : 200}
                value={secret}
                onChange={(event) => setSecret(event.target.value)}
              />
            </>
          )}
          {sent !== undefined && way === 'code' && (
            <p className="sign-in-sent" role="status">
              {sent}
            </p>
          )}
          {problem && (
            <p id={ids.problem} className="sign-in-problem" role="alert">
              {problem.fields[0]?.message ?? problem.message}
            </p>
          )}
          <button type="submit" disabled={entering.busy || asking.busy}>
            {t(sent === undefined && way === 'code' ? 'shared.signIn.ask' : 'shared.signIn.enter')}
          </button>
          <div className="sign-in-other">
            <button
              type="button"
              onClick={() => {
                setWay(way === 'code' ? 'password' : 'code')
                setSecret('')
                setSent(undefined)
              }}
            >
              {t(way === 'code' ? 'shared.signIn.byPassword' : 'shared.signIn.byCode')}
            </button>
            <button
              type="button"
              lang={language === 'zh' ? 'en' : 'zh-CN'}
              onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
            >
              {language === 'zh' ? 'English' : '中文'}
            </button>
            {face === 'mobile' && (
              <button type="button" aria-pressed={elder} onClick={() => chooseElder(!elder)}>
                {t(elder ? 'shared.signIn.usualText' : 'shared.signIn.largeText')}
              </button>
            )}
          </div>
        </form>
      </section>
      <DemoPeople face={face} busy={entering.busy || asking.busy} onChoose={(number) => void enterAs(number).catch(() => {})} />
    </main>
  )
}

/** The people of the demo; those of this face first. Nothing outside the demo. */
function DemoPeople({ face, busy, onChoose }: { face: SignInProps['face']; busy: boolean; onChoose: (phone: string) => void }) {
  const t = useT()
  const people = useOperation(listDemoPeople, {}).data?.items ?? []
  if (people.length === 0) return null
  const sorted = [...people.filter((person) => person.face === face), ...people.filter((person) => person.face !== face)]
  return (
    <section className="sign-in-demo" aria-label={t('shared.signIn.demo')}>
      <h2>{t('shared.signIn.demo')}</h2>
      <p>{t('shared.signIn.demoNote')}</p>
      <ul>
        {sorted.map((person) => (
          <li key={person.phone}>
            <button type="button" disabled={busy} data-phone={person.phone} onClick={() => onChoose(person.phone)}>
              <b>{person.name}</b>
              {person.face !== face && <i>{t(`shared.face.${person.face}`)}</i>}
              <span>{person.post}</span>
              <small>{person.story}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
