import { Button } from 'antd'
import { confirmGathering } from '#contract/record'
import { useT } from '../../shared/i18n.ts'
import { Refusal } from '../field/Field.tsx'
import { useMay } from '../frame/may.ts'
import { useUndo } from '../frame/undo.tsx'
import { Advice } from './Advice.tsx'
import { type Gathering, useStep } from './useGathering.ts'

interface ConfirmingProps {
  gathering: Gathering
  /** Opens the record for changes; absent when it is open or may not be changed. */
  onEdit: (() => void) | undefined
}

/** 确认: by somebody other than the recorder; afterwards only corrections are possible, and it says so first. */
export function Confirming({ gathering, onEdit }: ConfirmingProps) {
  const t = useT()
  const say = useUndo()
  const may = useMay()
  const confirming = useStep(confirmGathering, gathering)
  const notValid = gathering.verdicts.filter((verdict) => !verdict.valid)
  return (
    <section className="confirming" aria-labelledby="confirming">
      <h3 id="confirming">{t('console.confirm.title')}</h3>
      {gathering.mayConfirm ? (
        <>
          <p>{t('console.confirm.consequence', { name: gathering.recorderName })}</p>
          {notValid.length > 0 && (
            <p className="note">
              {t('console.confirm.notValid', { kinds: notValid.map(({ kind }) => t(`shared.kind.${kind}`)).join('、') })}
            </p>
          )}
          <Advice gathering={gathering} />
          <Refusal problem={confirming.problem} />
          <Button
            type="primary"
            loading={confirming.busy}
            onClick={() =>
              void confirming
                .run({ body: { version: gathering.version } })
                .then(() => say(t('console.confirm.done')))
                .catch(() => {})
            }
          >
            {t('console.confirm.do')}
          </Button>
          {onEdit && (
            <p className="quiet">
              {t('console.confirm.editNote')}{' '}
              <button type="button" className="link" onClick={onEdit}>
                {t('console.confirm.edit')}
              </button>
            </p>
          )}
        </>
      ) : (
        <p>{t(may('confirm:gathering') ? 'console.confirm.own' : 'console.confirm.notPost', { name: gathering.recorderName })}</p>
      )}
    </section>
  )
}
