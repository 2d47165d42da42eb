/** A theme-day kit from above: what to read, hear and do, and one touch that plans the theme day with it. */
import { useEffect, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { putGathering } from '#contract/meetings'
import { getKitFile } from '#contract/plans'
import { callForFile } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { useFile } from '../../shared/takeAway.ts'
import { arrangeYear, dayOfRow, fixedDays, type Kit, momentsOf, useYear, type YearOf } from '../../shared/year/basis.ts'
import { may, pathOf } from '../meeting/gathering.ts'
import { addDays, lastOf, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import './year.css'

export function KitPage({ kitId }: { kitId: string }) {
  const t = useT()
  const { post } = useSession()
  const month = new URLSearchParams(useSearch()).get('month') ?? today()
  const asked = useYear(post?.organisationId ?? '', month.slice(0, 4))
  const kit = asked.data?.basis.kits.find(({ id }) => id === kitId)
  if (asked.data === undefined || kit === undefined) {
    return (
      <Page title={t('mobile.kit.title')} back="/year">
        {asked.data !== undefined ? (
          <Empty text={t('mobile.kit.gone')} />
        ) : asked.problem ? (
          <Failed problem={asked.problem} retry={asked.again} />
        ) : (
          <Loading />
        )}
      </Page>
    )
  }
  return <Shown of={asked.data} kit={kit} />
}

/** The day to propose: as the year is arranged, else the fixed day, else in a few days. */
function dayFor(of: YearOf, kit: Kit): string {
  const arranged = arrangeYear(of).gatherings.find(({ day, kinds }) => day.startsWith(kit.month) && kinds.includes('THEME_DAY'))
  const fixed = fixedDays(of).find((day) => day.startsWith(kit.month) && day >= of.today)
  const soon = addDays(of.today, 3)
  return arranged?.day ?? fixed ?? (soon.startsWith(kit.month) ? soon : lastOf(kit.month))
}

function Shown({ of, kit }: { of: YearOf; kit: Kit }) {
  const t = useT()
  const { post } = useSession()
  const [, navigate] = useLocation()
  const series = of.basis.series.find(({ kinds }) => kinds.includes('THEME_DAY'))
  const [day, setDay] = useState(() => dayFor(of, kit))
  const [start, setStart] = useState(series?.start ?? '19:30')
  const [ids] = useState(() => ({ gatheringId: newId(), segmentId: newId() }))
  const planning = useAction(putGathering)
  const planned = of.rows.find(
    (row) => dayOfRow(row).startsWith(kit.month) && row.state !== 'CANCELLED' && row.segments.some(({ kind }) => kind === 'THEME_DAY'),
  )
  const over = `${kit.month}-31` < of.today
  const params = { organisationId: of.organisationId, gatheringId: ids.gatheringId }

  async function plan(): Promise<void> {
    const title = t('mobile.arrange.withKit', { title: t('shared.kind.THEME_DAY'), kit: kit.title })
    const moments = momentsOf({ day, start, minutes: series?.minutes ?? 90 })
    const body = {
      title,
      segments: [{ id: ids.segmentId, kind: 'THEME_DAY' as const }],
      mode: series?.mode ?? ('ONSITE' as const),
      place: series?.place ?? '',
      agenda: kit.agenda,
      ...moments,
    }
    await planning.run({ params, body })
    navigate(pathOf({ organisationId: of.organisationId, id: ids.gatheringId }), { replace: true })
  }

  return (
    <Page
      title={kit.title}
      back="/year"
      foot={
        may(post, 'write:plan') && !over ? (
          <>
            <Wrong problem={planning.problem} />
            <button type="button" className="button wide" disabled={planning.busy} onClick={() => void plan().catch(() => {})}>
              {t('mobile.kit.plan')}
            </button>
          </>
        ) : undefined
      }
    >
      <p className="quiet">{t('mobile.kit.from', { organisation: kit.organisationName, month: kit.month })}</p>
      {planned !== undefined && (
        <Link href={pathOf(planned)} className="year-link card">
          {t('mobile.kit.planned', { title: planned.title })}
        </Link>
      )}
      {may(post, 'write:plan') && !over && (
        <section className="card proposal-times">
          <Field label={t('mobile.plan.day')}>
            {(attributes) => (
              <input {...attributes} type="date" min={of.today} value={day} onChange={(event) => setDay(event.target.value)} />
            )}
          </Field>
          <Field label={t('mobile.plan.from')}>
            {(attributes) => <input {...attributes} type="time" value={start} onChange={(event) => setStart(event.target.value)} />}
          </Field>
        </section>
      )}
      {kit.agenda.length > 0 && (
        <section className="card proposal">
          <h2>{t('mobile.meeting.agenda')}</h2>
          <ol>
            {kit.agenda.map((item) => (
              <li key={item.id}>{item.title}</li>
            ))}
          </ol>
        </section>
      )}
      {kit.task !== '' && (
        <section className="card">
          <h2>{t('mobile.kit.task')}</h2>
          <p className="text-block">{kit.task}</p>
        </section>
      )}
      {kit.reading !== '' && (
        <section className="card">
          <h2>{t('mobile.kit.reading')}</h2>
          <p className="text-block">{kit.reading}</p>
          <ReadAloud text={kit.reading} />
        </section>
      )}
      {kit.files.map((file) => (
        <KitFile key={file.fileId} of={of} kit={kit} file={file} />
      ))}
    </Page>
  )
}

function KitFile({ of, kit, file }: { of: YearOf; kit: Kit; file: Kit['files'][number] }) {
  const t = useT()
  const [url, setUrl] = useState<string>()
  const { take, problem } = useFile(
    (kitFileId: string) => callForFile(getKitFile, { params: { organisationId: of.organisationId, kitId: kit.id, kitFileId } }),
    (content) => setUrl(URL.createObjectURL(content)),
  )
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url])

  return (
    <section className="card kit-file">
      <p>
        {file.name} <span className="quiet">{t('mobile.kit.size', { kilobytes: Math.max(1, Math.round(file.bytes / 1000)) })}</span>
      </p>
      {problem && (
        <p className="note late" role="alert">
          {t('shared.notReached')}
        </p>
      )}
      {url === undefined ? (
        <button type="button" className="button outline wide" onClick={() => take(file.fileId)}>
          {t(file.mediaType.startsWith('audio/') ? 'mobile.kit.listen' : 'mobile.kit.open')}
        </button>
      ) : file.mediaType.startsWith('audio/') ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the reading beside it is the text
        <audio controls autoPlay src={url} />
      ) : (
        <a className="button outline wide" href={url} target="_blank" rel="noreferrer" download={file.name}>
          {t('mobile.kit.open')}
        </a>
      )}
    </section>
  )
}
