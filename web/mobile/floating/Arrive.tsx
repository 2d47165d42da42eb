/** 报到 by the link or poster of a host: who takes one in, what follows, one tap. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { getMyFloating, listHosts, takeMyStep } from '#contract/floating'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Asked } from '../parts/Asked.tsx'
import { today } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { HostFacts } from './Hosts.tsx'
import { Written } from './Out.tsx'
import type { MyFloating } from './words.ts'

export function Arrive({ hostId }: { hostId: string }) {
  const t = useT()
  const asked = useOperation(getMyFloating, {})
  return (
    <Page title={t('mobile.floating.step.REPORT_IN')} back="/floating/hosts">
      <Written />
      <Asked asked={asked}>{(my) => <Here my={my} hostId={hostId} />}</Asked>
    </Page>
  )
}

function Here({ my: { registration }, hostId }: { my: MyFloating; hostId: string }) {
  const t = useT()
  const [, navigate] = useLocation()
  const [stepId] = useState(newId)
  const hosts = useOperation(listHosts, { query: {} })
  const { run, busy, problem } = useAction(takeMyStep)
  const host = hosts.data?.items.find(({ organisationId }) => organisationId === hostId)
  const mayReport = registration?.may.includes('REPORT_IN') === true

  function report() {
    if (registration === null) return
    run({ params: { registrationId: registration.id, stepId }, body: { action: 'REPORT_IN', on: today(), hostId } }).then(
      () => navigate('/floating', { replace: true }),
      () => {},
    )
  }

  return (
    <>
      <section className="card">
        <p className="lead">{host?.organisationName ?? t('mobile.floating.arrive.unnamed')}</p>
        {host !== undefined && <HostFacts host={host} />}
      </section>
      {mayReport ? (
        <>
          <p className="quiet">{t('mobile.floating.arrive.follows')}</p>
          <Wrong problem={problem} />
          <button type="button" className="button wide" disabled={busy} onClick={report}>
            {t('mobile.floating.arrive.here')}
          </button>
        </>
      ) : (
        <p className="nothing">
          {t(
            registration === null
              ? 'mobile.floating.arrive.notOut'
              : registration.hostId === hostId
                ? 'mobile.floating.arrive.done'
                : registration.state === 'REGISTERED_OUT'
                  ? 'mobile.floating.arrive.noPass'
                  : 'mobile.floating.arrive.elsewhere',
            { host: registration?.hostName ?? '' },
          )}
        </p>
      )}
    </>
  )
}
