import { useId } from 'react'
import { setLanguage, useLanguage, useSay, useT } from '../shared/i18n.ts'
import { chooseTheme, useTheme } from '../shared/looks.ts'
import { useSession } from '../shared/session.tsx'
import { useGo } from './steer/Way.tsx'

/** The foot of every page: what the keys do, and the few things that can be chosen. */
export function Foot({ hint = true }: { hint?: boolean }) {
  const t = useT()
  return (
    <footer className="foot">
      <p>
        <b>{t('shared.name')}</b> <span>{t('screen.title')}</span>
      </p>
      {hint && <p className="foot-hint">{t('screen.map.hint')}</p>}
      <Switches />
    </footer>
  )
}

function Switches() {
  const t = useT()
  const language = useLanguage()
  const theme = useTheme()
  const session = useSession()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <div className="switches">
      <PostChoice />
      <button type="button" onClick={() => chooseTheme(other)}>
        {t(`screen.switches.${other}`)}
      </button>
      <button
        type="button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        aria-label={t('screen.switches.languageLabel')}
        onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('screen.switches.language')}
      </button>
      <button type="button" onClick={() => session.signOut()}>
        {t('screen.switches.signOut')}
      </button>
    </div>
  )
}

/** Who looks at the screen, in which post; a choice when there are several. */
function PostChoice() {
  const t = useT()
  const say = useSay()
  const go = useGo()
  const label = useId()
  const session = useSession()
  const { me, post } = session
  const nameOf = (one: NonNullable<typeof post>) => `${one.organisationName} · ${say(one.roleName)}`
  if (post === null || me.posts.length === 1) return <span>{post === null ? me.name : `${me.name} · ${nameOf(post)}`}</span>
  return (
    <span className="switches-post">
      <label htmlFor={label}>{me.name}</label>
      <select
        id={label}
        aria-label={t('screen.switches.post')}
        value={post.id}
        onChange={(event) => {
          session.choosePost(event.target.value)
          go('/')
        }}
      >
        {me.posts.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </span>
  )
}
