import type { z } from 'zod'
import { type AuditEntry, listWhoLooked } from '#contract/identity'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'
import { type Column, Rows } from '../list/Rows.tsx'

/** 谁看过我的资料: everybody who read what is on record about me, in which post and what for. */
export function Looked() {
  const t = useT()
  const columns = useLookedColumns()
  const asked = useOperation(listWhoLooked, {})
  return (
    <Answer asked={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('console.looked.empty')} />
        ) : (
          <Rows label={t('console.me.looked')} rows={items} idOf={(row) => row.id} columns={columns} />
        )
      }
    </Answer>
  )
}

function useLookedColumns(): Column<z.output<typeof AuditEntry>>[] {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  return [
    { key: 'at', title: t('console.looked.at'), cell: (row) => showMoment(row.at, language) },
    { key: 'who', title: t('console.looked.who'), cell: (row) => <b>{row.actorName}</b> },
    { key: 'post', title: t('console.looked.post'), cell: (row) => row.post },
    { key: 'what', title: t('console.looked.what'), cell: (row) => say(row.operationName) },
    { key: 'purpose', title: t('console.looked.purpose'), cell: (row) => row.purpose ?? '—' },
  ]
}
