/** Ant Design in our colours, light and dark, in the reader's language, under the page's content security policy. */
import { ConfigProvider, theme as antd, type ThemeConfig } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { useLanguage } from '../../shared/i18n.ts'
import { type Theme, useTheme } from '../../shared/looks.ts'
import { dark, light } from '../../shared/tokens.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** Edges of fields stand out 3 : 1 against what is around them. The style sheet has the same as `--edge`. */
const edges: Record<Theme, string> = { light: '#8a9591', dark: '#66766f' }

function themeOf(name: Theme): ThemeConfig {
  const colours = name === 'dark' ? dark : light
  return {
    algorithm: name === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorPrimaryHover: colours.accent,
      colorPrimaryActive: colours.accent,
      colorPrimaryBg: colours.accentSoft,
      colorLink: colours.accent,
      colorLinkHover: colours.accent,
      colorTextLightSolid: colours.accentInk,
      colorSuccess: colours.ok,
      colorWarning: colours.wait,
      colorError: colours.bad,
      colorErrorBorderHover: colours.bad,
      colorText: colours.ink,
      colorTextSecondary: colours.ink2,
      colorTextTertiary: colours.ink2,
      colorTextPlaceholder: colours.ink3,
      colorTextDisabled: colours.ink3,
      colorBgLayout: colours.ground,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.surface,
      colorBorder: edges[name],
      colorBorderSecondary: colours.line,
      colorSplit: colours.line,
      controlItemBgActive: colours.accentSoft,
      borderRadius: 6,
      borderRadiusLG: 8,
      fontFamily: 'inherit',
      fontSize: 14,
      controlHeight: 32,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 } },
  }
}

export function Looks({ children }: { children: ReactNode }) {
  const name = useTheme()
  const language = useLanguage()
  const theme = useMemo(() => themeOf(name), [name])
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={theme}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  )
}
