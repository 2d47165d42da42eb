/** 民主评议: the review of a branch for a year on one page, from the preparation to the letters, with what belongs to it beside. */
import { Button } from 'antd'
import { getReview, listReviews, putReview } from '#contract/reviews'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Choice } from '../field/Choice.tsx'
import { Refusal } from '../field/Field.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Beside } from '../list/Beside.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { LetterSheet } from './LetterSheet.tsx'
import { PartyDays } from './PartyDays.tsx'
import { People } from './People.tsx'
import { PersonPane } from './PersonPane.tsx'
import { Preparation } from './Preparation.tsx'
import { Promises } from './Promises.tsx'
import { Rectifications } from './Rectifications.tsx'
import { Running } from './Running.tsx'
import { Talks } from './Talks.tsx'
import './reviews.css'

const reviewing = ['BRANCH', 'JOINT_BRANCH', 'FLOATING_ORG']

export function ReviewsPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const params = { organisationId: organisation.id }
  const here = reviewing.includes(organisation.kind) && may('read:review')
  const asked = useOperation(listReviews, { params }, { enabled: here })
  const thisYear = useToday().slice(0, 4)
  const begun = asked.data?.items.map((one) => one.year) ?? []
  const years = [...new Set([thisYear, ...begun])]
  const year = years.find((one) => one === address.get('year')) ?? thisYear
  const letterOf = address.get('letter')
  if (!here) return <Empty text={t(may('read:review') ? 'console.reviews.notHere' : 'console.noDomain')} />
  if (letterOf !== undefined) {
    return (
      <LetterSheet organisationId={organisation.id} year={year} memberId={letterOf} onBack={() => address.set({ letter: undefined })} />
    )
  }
  if (address.get('list') === 'print') {
    return (
      <div className="page review-print">
        <div className="toolbar">
          <Button onClick={() => address.set({ list: undefined })}>{t('console.reviews.back')}</Button>
          <Button type="primary" onClick={() => print()}>
            {t('console.print')}
          </Button>
        </div>
        <h2>
          {organisation.name} {t('console.reviews.year', { year })}
          {t('console.reviews.rectify')}
        </h2>
        <Rectifications organisationId={organisation.id} year={year} plain />
      </div>
    )
  }
  return (
    <Answer asked={asked}>
      {() => (
        <Year
          key={year}
          organisation={organisation}
          year={year}
          begun={begun.includes(year)}
          choice={
            <Choice
              aria-label={t('console.reviews.whichYear')}
              value={year}
              options={years}
              nameOf={(each) => t('console.reviews.year', { year: each })}
              onChoose={(each) => address.set({ year: each, person: undefined })}
            />
          }
        />
      )}
    </Answer>
  )
}

interface YearProps {
  organisation: Organisation
  year: string
  begun: boolean
  choice: React.ReactNode
}

function Year({ organisation, year, begun, choice }: YearProps) {
  const t = useT()
  const address = useAddress()
  const asked = useOperation(getReview, { params: { organisationId: organisation.id, year } }, { enabled: begun })
  const person = asked.data?.people.find(({ memberId }) => memberId === address.get('person'))
  const parts = (
    <div className="review-parts">
      <Rectifications organisationId={organisation.id} year={year} />
      <Talks organisationId={organisation.id} year={year} />
      <Promises organisationId={organisation.id} year={year} />
      <PartyDays organisationId={organisation.id} />
    </div>
  )
  const list = begun ? (
    <Answer asked={asked}>
      {(review) => (
        <>
          <div className="toolbar">
            {choice}
            <Running review={review} />
          </div>
          <Preparation review={review} />
          <People review={review} openId={person?.memberId} onOpen={(memberId) => address.set({ person: memberId })} />
          {parts}
        </>
      )}
    </Answer>
  ) : (
    <>
      <div className="toolbar">{choice}</div>
      <Begin organisationId={organisation.id} year={year} />
      {parts}
    </>
  )
  const record =
    asked.data !== undefined && person !== undefined
      ? {
          key: person.memberId,
          title: person.name,
          body: <PersonPane key={`${person.memberId}${person.version}`} review={asked.data} person={person} />,
        }
      : null
  return (
    <>
      <h2 className="unseen">{t('console.page.reviews')}</h2>
      <Beside list={list} record={record} onClose={() => address.set({ person: undefined })} />
    </>
  )
}

function Begin({ organisationId, year }: { organisationId: string; year: string }) {
  const t = useT()
  const may = useMay()
  const { run, busy, problem } = useAction(putReview)
  if (!may('write:review')) return <Empty text={t('console.reviews.noneRead')} />
  return (
    <Empty text={t('console.reviews.none')}>
      <Button type="primary" loading={busy} onClick={() => void run({ params: { organisationId, year }, body: {} }).catch(() => {})}>
        {t('console.reviews.begin', { year })}
      </Button>
      <Refusal problem={problem} />
    </Empty>
  )
}
