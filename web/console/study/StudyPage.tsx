/** 学习: for a committee its packs, for a branch's secretary the ledger of what the branch studied together. */
import { useT } from '../../shared/i18n.ts'
import { Empty } from '../../shared/states.tsx'
import { useMay } from '../frame/may.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { BranchLedger } from './BranchLedger.tsx'
import { Packs } from './Packs.tsx'
import './study.css'

export function StudyPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  if (may('publish:study')) return <Packs organisation={organisation} />
  if (may('read:ledger')) return <BranchLedger organisation={organisation} />
  return <Empty text={t('console.study.notHere')} />
}
