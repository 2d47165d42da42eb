/** 我: my attendance, my record, who looked at it, my devices and how this app behaves for me. Elder mode shows fewer choices. */
import { useState } from 'react'
import { Link } from 'wouter'
import { setLanguage, useLanguage, useT } from '../../shared/i18n.ts'
import { chooseElder, chooseTheme, useElder, useThemeChoice } from '../../shared/looks.ts'
import { useSession } from '../../shared/session.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icon.tsx'
import { thisYear } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { Switch } from '../parts/Switch.tsx'

export function Me() {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const theme = useThemeChoice()
  const [all, setAll] = useState(false)
  const { me, post, signOut } = useSession()
  const few = elder && !all
  return (
    <Page title={me.name}>
      <p className="post-line">
        {post === null
          ? (me.member?.organisationName ?? t('mobile.home.noPost'))
          : t('mobile.home.postName', { organisation: post.organisationName, role: t(`mobile.role.${post.role}`) })}
      </p>
      <Rows
        rows={[
          ...(me.member === null ? [] : [{ href: '/me/attendance', name: t('mobile.attendance.title') }]),
          ...(me.member === null ? [] : [{ href: '/reviews', name: t('mobile.reviews.title') }]),
          { href: '/study', name: t('mobile.study.title') },
          { href: '/notices', name: t('mobile.notices.title') },
          { href: '/carry', name: t('mobile.carry.outTitle') },
          { href: '/carry/others', name: t('mobile.carry.othersTitle') },
          ...(me.member === null ? [] : [{ href: '/me/record', name: t('mobile.mine.record') }]),
        ]}
      />
      {me.member !== null && (
        <Rows
          name={t('mobile.me.away')}
          rows={[
            { href: '/pass', name: t('mobile.pass.title') },
            { href: '/floating', name: t('mobile.floating.title') },
            ...(few
              ? []
              : [
                  { href: '/floating/hosts', name: t('mobile.floating.hosts.title') },
                  { href: `/floating/year/${thisYear()}`, name: t('mobile.floating.year.title') },
                ]),
          ]}
        />
      )}
      <section className="card switches">
        <Switch name={t('mobile.me.elder')} hint={t('mobile.me.elderHint')} on={elder} onChange={chooseElder} />
        {!few && (
          <>
            <Choice
              label={t('mobile.me.theme')}
              value={theme}
              options={[
                { value: 'system', name: t('mobile.me.system') },
                { value: 'light', name: t('mobile.me.light') },
                { value: 'dark', name: t('mobile.me.dark') },
              ]}
              onChange={chooseTheme}
            />
            <Choice
              label={t('mobile.me.language')}
              value={language}
              options={[
                { value: 'zh', name: '中文' },
                { value: 'en', name: 'English' },
              ]}
              onChange={(to) => void setLanguage(to)}
            />
          </>
        )}
      </section>
      {few ? (
        <button type="button" className="text more" onClick={() => setAll(true)}>
          {t('mobile.me.more')}
        </button>
      ) : (
        <Rows
          rows={[
            { href: '/me/calendar', name: t('mobile.calendar.title') },
            { href: '/me/reminders', name: t('mobile.reminders.title') },
            { href: '/me/looked-at', name: t('mobile.looked.title') },
            { href: '/sync', name: t('mobile.sync.title') },
            { href: '/me/devices', name: t('mobile.devices.title') },
          ]}
        />
      )}
      <button type="button" className="button outline wide" onClick={signOut}>
        {t('mobile.me.signOut')}
      </button>
    </Page>
  )
}

interface RowsProps {
  /** What they have in common, where that has to be said. */
  name?: string
  rows: readonly { href: string; name: string }[]
}

function Rows({ name: label, rows }: RowsProps) {
  return (
    <ul className="rows card" aria-label={label}>
      {rows.map(({ href, name }) => (
        <li key={href}>
          <Link href={href}>
            <span>{name}</span>
            <Icon name="forward" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
