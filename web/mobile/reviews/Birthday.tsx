/** 政治生日: a quiet card for oneself, with the oath to read again. */
import { useState } from 'react'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import type { Life } from './life.ts'

/** @param soon it is in this month */
export function Birthday({ birthday, soon }: { birthday: NonNullable<Life['birthday']>; soon: boolean }) {
  const t = useT()
  const language = useLanguage()
  const [reading, setReading] = useState(false)
  const { joinedOn, day, years } = birthday
  const joined = showDay(joinedOn, language)
  return (
    <section className="card birthday" aria-labelledby="birthday">
      <h2 id="birthday">{t('mobile.reviews.birthday.title')}</h2>
      <p className="lead">
        {soon ? t('mobile.reviews.birthday.now', { count: years }) : t('mobile.reviews.birthday.next', { day: showDay(day, language) })}
      </p>
      <p className="quiet">{t('mobile.reviews.birthday.joined', { day: joined })}</p>
      <button type="button" className="text" onClick={() => setReading(true)}>
        {t('mobile.reviews.birthday.read')}
      </button>
      {reading && (
        <Sheet title={t('mobile.reviews.birthday.oathTitle')} onClose={() => setReading(false)}>
          <p className="oath">{t('mobile.reviews.birthday.oath')}</p>
          <ReadAloud text={t('mobile.reviews.birthday.oath')} />
        </Sheet>
      )}
    </section>
  )
}
