/** Columns of the two lists; what matters stands first and stays when there is little room. */
import { useT } from '../../shared/i18n.ts'
import { Mark } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'
import type { Side } from './sections.ts'
import { type Clock, passTones, type Row, stateTones, useAreaWord, useFloatWords } from './words.ts'

export function useRegistrationColumns(side: Side, named: boolean): Column<Row>[] {
  const t = useT()
  const words = useFloatWords()
  const area = useAreaWord()
  const placeOf = ({ destinationName, destination: { areaCode, unit } }: Row) =>
    [area(areaCode, destinationName), unit].filter(Boolean).join(' · ')
  const home: Column<Row> = { key: 'home', title: t('console.floating.homeBranch'), cell: (row) => row.homeName }
  const columns: (Column<Row> | false)[] = [
    { key: 'name', title: t('console.floating.name'), cell: (row) => <b>{row.name}</b> },
    { key: 'state', title: t('console.floating.state'), cell: (row) => <Mark tone={stateTones[row.state]}>{words.state(row.state)}</Mark> },
    {
      key: 'clock',
      title: t('console.floating.nearest'),
      cell: (row) => (row.clock === null ? '—' : <NearestClock clock={row.clock} />),
    },
    side === 'IN' && home,
    side === 'OUT' && { key: 'place', title: t('console.floating.destination'), cell: placeOf },
    side === 'OUT' && {
      key: 'host',
      title: t('console.floating.host'),
      cell: (row) => row.branchName || row.hostName || '—',
      spare: true,
    },
    side === 'IN' && {
      key: 'branch',
      title: t('console.floating.inBranch'),
      cell: (row) => row.branchName || row.hostName || '—',
      spare: true,
    },
    {
      key: 'pass',
      title: t('console.floating.pass.title'),
      cell: (row) =>
        row.passState === null ? '—' : <Mark tone={passTones[row.passState]}>{t(`console.floating.passState.${row.passState}`)}</Mark>,
      spare: true,
    },
    side === 'OUT' && named && { ...home, spare: true },
    side === 'IN' && { key: 'place', title: t('console.floating.workPlace'), cell: placeOf, spare: true },
  ]
  return columns.filter((column) => column !== false)
}

/** Which clock ends first and when, in words as well as by colour. */
function NearestClock({ clock }: { clock: Clock }) {
  const words = useFloatWords()
  const { text, tone } = words.when(clock)
  return (
    <Mark tone={tone}>
      {words.clock(clock.ruleId)} · {text}
    </Mark>
  )
}
