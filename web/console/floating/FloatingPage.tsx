/** 流动党员: ours who are away and guests who are here, and all that is done for them. Each part is fetched when it is opened. */
import { lazy, Suspense, useRef } from 'react'
import { Link, useRoute } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Empty, Loading } from '../../shared/states.tsx'
import { pathTo } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Missing } from '../frame/Missing.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { needs, pathToSection, type Section, sections } from './sections.ts'
import './floating.css'

type Body = React.ComponentType<{ organisation: Organisation }>

const bodies: Record<Section, Body> = {
  list: lazy(async () => ({ default: (await import('./Registrations.tsx')).Registrations })),
  arrive: lazy(async () => ({ default: (await import('./Arrivals.tsx')).Arrivals })),
  participations: lazy(async () => ({ default: (await import('./Participations.tsx')).Participations })),
  door: lazy(async () => ({ default: (await import('./DoorChecks.tsx')).DoorChecks })),
  flows: lazy(async () => ({ default: (await import('./Flows.tsx')).Flows })),
  home: lazy(async () => ({ default: (await import('./Homecoming.tsx')).Homecoming })),
  where: lazy(async () => ({ default: (await import('./Welcome.tsx')).Welcome })),
  keys: lazy(async () => ({ default: (await import('./IssuerKeys.tsx')).IssuerKeys })),
}
const Ledger = lazy(async () => ({ default: (await import('./Ledger.tsx')).Ledger }))

export function FloatingPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const [, inside] = useRoute('/o/:id/floating/*?')
  const [inLedger, ofLedger] = useRoute('/o/:id/floating/ledger/:registrationId')
  if (!may('read:floating')) return <Empty text={t('console.floating.notForPost')} />
  const asked = inside?.['*'] || 'list'
  const open = sections.filter((each) => needs[each]?.some(may) ?? true)
  const section = open.find((each) => each === asked)
  const Shown = section === undefined ? undefined : bodies[section]
  return (
    <div className="floating">
      <h2 className="unseen">{t('console.page.floating')}</h2>
      <Parts organisationId={organisation.id} shown={open} here={inLedger ? 'list' : section} />
      <Suspense fallback={<Loading />}>
        {inLedger ? (
          <Ledger key={ofLedger.registrationId} organisation={organisation} registrationId={ofLedger.registrationId} />
        ) : Shown === undefined ? (
          <Missing home={pathTo(organisation.id, 'floating')} />
        ) : (
          <Shown organisation={organisation} />
        )}
      </Suspense>
    </div>
  )
}

interface PartsProps {
  organisationId: string
  shown: readonly Section[]
  here: Section | undefined
}

/** The parts as links; arrow keys go from one to the next, as in the pages above them. */
function Parts({ organisationId, shown, here }: PartsProps) {
  const t = useT()
  const list = useRef<HTMLElement>(null)
  return (
    <nav className="parts" aria-label={t('console.floating.parts')} ref={list}>
      {shown.map((section, at) => (
        <Link
          key={section}
          href={pathToSection(organisationId, section)}
          aria-current={section === here ? 'page' : undefined}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            if (step !== 0) list.current?.querySelectorAll('a')[(at + step + shown.length) % shown.length]?.focus()
          }}
        >
          {t(`console.floating.section.${section}`)}
        </Link>
      ))}
    </nav>
  )
}
