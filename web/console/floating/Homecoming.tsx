/** 返乡季: the weeks in which members come home, who they are, and what could be done then. */
import { Link, useLocation } from 'wouter'
import type { z } from 'zod'
import { getHomecoming } from '#contract/participations'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'
import { pathTo } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { type Column, Rows } from '../list/Rows.tsx'
import { isBranch, type Organisation } from '../organisation/organisation.ts'
import { pathToRegistration } from './sections.ts'
import { useAreaWord } from './words.ts'

type Season = z.output<typeof getHomecoming.returns>
type Person = Season['people'][number]

export function Homecoming({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const may = useMay()
  const [, go] = useLocation()
  const plans = may('write:gathering') && isBranch(organisation)
  const asked = useOperation(getHomecoming, { params: { organisationId: organisation.id } })
  const columns = usePeopleColumns()
  return (
    <div className="page">
      <Answer asked={asked}>
        {(season) => (
          <div className="float-two float-season">
            <section className="float-card" aria-labelledby="season">
              <h3 id="season">
                {t('console.floating.home.title', { from: showDay(season.from, language), until: showDay(season.until, language) })}
              </h3>
              <p>{say(season.sentence)}</p>
              <h4>{t('console.floating.home.proposals')}</h4>
              {season.proposals.length === 0 && <p className="quiet">{t('console.floating.home.noProposals')}</p>}
              <ul className="float-proposals">
                {season.proposals.map((proposal) => (
                  <Proposal
                    key={`${proposal.kind}${proposal.day}${proposal.title.zh}`}
                    organisation={organisation}
                    proposal={proposal}
                    plans={plans}
                  />
                ))}
              </ul>
              {!plans && season.proposals.length > 0 && <p className="quiet">{t('console.floating.home.byBranches')}</p>}
            </section>
            <section className="float-people" aria-labelledby="coming">
              <h3 id="coming">{t('console.floating.home.people', { count: season.people.length })}</h3>
              {season.people.length === 0 ? (
                <Empty text={t('console.floating.home.nobody')} />
              ) : (
                <Rows
                  label={t('console.floating.home.list')}
                  columns={columns}
                  rows={season.people}
                  idOf={(row) => row.registrationId}
                  onOpen={(row) => go(pathToRegistration(organisation.id, 'OUT', row.registrationId))}
                />
              )}
            </section>
          </div>
        )}
      </Answer>
    </div>
  )
}

interface ProposalProps {
  organisation: Organisation
  proposal: Season['proposals'][number]
  /** May it be planned from here? */
  plans: boolean
}

function Proposal({ organisation, proposal, plans }: ProposalProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { kind, title, day } = proposal
  const filled = new URLSearchParams({ day, kind, title: say(title) }).toString()
  return (
    <li>
      <p>
        <b>{say(title)}</b>
      </p>
      <p className="quiet">
        {t(`shared.kind.${kind}`)} · {showDay(day, language)}
      </p>
      {plans && (
        <Link
          className="float-plan"
          href={`${pathTo(organisation.id, 'gatherings')}/${organisation.id}/new?${filled}`}
          aria-label={t('console.floating.home.planNamed', { title: say(title) })}
        >
          {t('console.floating.home.plan')}
        </Link>
      )}
    </li>
  )
}

function usePeopleColumns(): Column<Person>[] {
  const t = useT()
  const language = useLanguage()
  const area = useAreaWord()
  return [
    { key: 'name', title: t('console.floating.name'), cell: (row) => <b>{row.name}</b> },
    {
      key: 'where',
      title: t('console.floating.workPlace'),
      cell: ({ destination: { areaCode, place, unit } }) =>
        (areaCode.startsWith('53') ? [area(areaCode, ''), place, unit] : [area(areaCode, place), unit]).filter(Boolean).join(' · '),
    },
    {
      key: 'back',
      title: t('console.floating.expectedBackOn'),
      cell: (row) => (row.expectedBackOn === null ? '—' : showDay(row.expectedBackOn, language)),
    },
    { key: 'open', title: t('console.floating.home.open'), cell: (row) => row.open, number: true },
  ]
}
