import { getOrganisation } from '#contract/organisations'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { DayField } from '../field/DayField.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { Basics } from './Basics.tsx'
import { Findings } from './Findings.tsx'
import { Exports } from '../papers/Exports.tsx'
import { isBranch, type Organisation } from './organisation.ts'
import { TermSeats } from './TermSeats.tsx'

/** 概况: what the organisation is, today or as of a day. */
export function OrganisationPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const language = useLanguage()
  const address = useAddress()
  const asOf = address.get('asOf')
  const asked = useOperation(
    getOrganisation,
    { params: { organisationId: organisation.id }, query: asOf === undefined ? {} : { asOf } },
    { keep: true },
  )
  return (
    <div className="page organisation-page">
      <div className="toolbar">
        <span className="toolbar-label" id="as-of">
          {t('console.organisation.asOf')}
        </span>
        <DayField
          aria-label={t('console.organisation.asOf')}
          value={asOf ?? null}
          placeholder={t('console.organisation.today')}
          onDay={(day) => address.set({ asOf: day ?? undefined })}
        />
        {asOf !== undefined && (
          <>
            <span className="past">{t('console.organisation.past', { day: showDay(asOf, language) })}</span>
            <button type="button" className="link" onClick={() => address.set({ asOf: undefined })}>
              {t('console.organisation.backToToday')}
            </button>
          </>
        )}
      </div>
      <Answer asked={asked}>
        {(shown) => (
          <div className="organisation-sheet">
            <Basics organisation={shown} />
            <div className="organisation-side">
              {asOf === undefined && <Findings findings={shown.findings} />}
              <TermSeats organisation={shown} />
              {asOf === undefined && isBranch(shown) && <Exports organisationId={shown.id} />}
            </div>
          </div>
        )}
      </Answer>
    </div>
  )
}
