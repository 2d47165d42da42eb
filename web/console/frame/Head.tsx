import {
  BellOutlined,
  LogoutOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
} from '@ant-design/icons'
import { Link, useLocation } from 'wouter'
import { listNotifications } from '#contract/notifications'
import { setLanguage, useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { chooseTheme, useTheme } from '../../shared/looks.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { forgetDrafts } from '../field/draft.ts'
import { pathTo } from './address.ts'

const inboxMilliseconds = 60_000

interface HeadProps {
  onFind: () => void
  /** Shows or hides the tree; absent when the post has none. */
  onTree: (() => void) | undefined
  treeOpen: boolean
}

export function Head({ onFind, onTree, treeOpen }: HeadProps) {
  const t = useT()
  const language = useLanguage()
  const theme = useTheme()
  const { me, signOut } = useSession()
  const unread = useOperation(listNotifications, { query: { limit: 1 } }, { refetchInterval: inboxMilliseconds }).data?.unread ?? 0
  return (
    <header className="head">
      {onTree && (
        <button type="button" className="icon" aria-expanded={treeOpen} aria-label={t('console.tree.toggle')} onClick={onTree}>
          {treeOpen ? <MenuFoldOutlined aria-hidden /> : <MenuUnfoldOutlined aria-hidden />}
        </button>
      )}
      <Link href="/" className="head-name">
        {t('shared.name')}
      </Link>
      {me.demo && <span className="head-demo">{t('shared.demoBanner')}</span>}
      <button type="button" className="head-find" onClick={onFind}>
        <SearchOutlined aria-hidden />
        <span>{t('console.find.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <PostChoice />
      <Link href="/me/inbox" className="icon" aria-label={t('console.inbox.unread', { count: unread })}>
        <BellOutlined aria-hidden />
        {unread > 0 && <span className="head-unread">{unread}</span>}
      </Link>
      <button
        type="button"
        className="icon"
        aria-label={t(theme === 'dark' ? 'console.theme.toLight' : 'console.theme.toDark')}
        onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
      </button>
      <button
        type="button"
        className="icon"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        aria-label={t('console.language.other')}
        onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('console.language.short')}
      </button>
      <Link href="/me/looked" className="head-me">
        {me.name}
      </Link>
      <button
        type="button"
        className="icon"
        aria-label={t('console.signOut')}
        onClick={() => {
          forgetDrafts()
          signOut()
        }}
      >
        <LogoutOutlined aria-hidden />
      </button>
    </header>
  )
}

/** In which post one acts. Rights never add up, so the post always stands in sight. */
function PostChoice() {
  const t = useT()
  const say = useSay()
  const [, go] = useLocation()
  const { me, post, choosePost } = useSession()
  if (post === null) return null
  if (me.posts.length === 1) {
    return (
      <span className="head-post">
        <b>{say(post.roleName)}</b> {post.organisationName}
      </span>
    )
  }
  return (
    <select
      className="head-post"
      aria-label={t('console.post.choose')}
      value={post.id}
      onChange={(event) => {
        const chosen = me.posts.find(({ id }) => id === event.target.value)
        choosePost(event.target.value)
        if (chosen) go(pathTo(chosen.organisationId))
      }}
    >
      {me.posts.map((each) => (
        <option key={each.id} value={each.id}>
          {say(each.roleName)} · {each.organisationName}
        </option>
      ))}
    </select>
  )
}
