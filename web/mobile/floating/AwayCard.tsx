/** For somebody away: where it stands, what comes next, and the pass, from the first page. */
import { Link } from 'wouter'
import { floatStateWords } from '#rules'
import { useSay, useT } from '../../shared/i18n.ts'
import { Icon } from '../parts/Icon.tsx'
import { byUrgency, nextNameOf, nextOf, type Registration } from './words.ts'

export function AwayCard({ registration }: { registration: Registration }) {
  const t = useT()
  const say = useSay()
  const late = byUrgency(registration.clocks).find((clock) => clock.late)
  return (
    <section aria-labelledby="away">
      <h2 id="away">{t('mobile.floating.card.title')}</h2>
      <article className={`card duty-card${late === undefined ? '' : ' late-edge'}`}>
        <h3>
          <Link href="/floating" className="year-link">
            <span>
              {[registration.destinationName, say(floatStateWords[registration.state])].filter((part) => part !== '').join(' · ')}
            </span>
            <Icon name="forward" />
          </Link>
        </h3>
        <p className={late === undefined ? 'quiet' : 'late'}>
          {late === undefined ? t(`mobile.floating.next.${nextNameOf(registration)}`, nextOf(registration)) : say(late.sentence)}
        </p>
        <div className="card-acts">
          {registration.may.includes('REPORT_IN') ? (
            <Link href="/floating/hosts" className="button small">
              {t('mobile.floating.findHost')}
            </Link>
          ) : (
            <Link href="/floating/month" className="button small">
              {t('mobile.floating.month.title')}
            </Link>
          )}
          {registration.pass !== null && (
            <Link href="/pass" className="button outline small">
              {t('mobile.pass.show')}
            </Link>
          )}
        </div>
      </article>
    </section>
  )
}
