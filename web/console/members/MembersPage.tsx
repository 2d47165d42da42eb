import { PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listMembers, mobilities, stages } from '#contract/members'
import { isBranch, type Organisation } from '../organisation/organisation.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Choice } from '../field/Choice.tsx'
import { SearchField } from '../field/SearchField.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Beside } from '../list/Beside.tsx'
import { Listing } from '../list/Listing.tsx'
import { useMemberColumns } from './columns.tsx'
import { ExactFind } from './ExactFind.tsx'
import { MemberPane } from './MemberPane.tsx'

const sorts = ['name', 'joinedOn'] as const

/** 党员: the members of a branch or of everything below, and the record of one beside the list. */
export function MembersPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  if (!may('read:member')) return <Empty text={t('console.members.notForPost')} />
  return <Members organisation={organisation} />
}

function Members({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const columns = useMemberColumns(organisation)
  const stage = stages.find((each) => each === address.get('stage'))
  const mobility = mobilities.find((each) => each === address.get('mobility'))
  const sort = sorts.find((each) => each === address.get('sort')) ?? 'name'
  const q = address.get('q') ?? ''
  const query = { q, sort, ...(stage ? { stage } : {}), ...(mobility ? { mobility } : {}), limit: 100 }
  const asked = usePages(listMembers, { params: { organisationId: organisation.id }, query })
  const pages = asked.data?.pages ?? []
  const [first] = pages
  const [branchId, memberId] = (address.get('member') ?? '').split('~')
  const isNew = address.get('new') !== undefined

  const list = (
    <>
      <div className="toolbar">
        <SearchField label={t('console.members.search')} value={q} onSearch={(text) => address.set({ q: text })} />
        <Choice
          aria-label={t('console.members.stage')}
          none={t('console.members.anyStage')}
          value={stage ?? ''}
          options={stages}
          nameOf={(each) => t(`console.stage.${each}`)}
          onChoose={(each) => address.set({ stage: each })}
        />
        <Choice
          aria-label={t('console.members.mobility')}
          none={t('console.members.anyMobility')}
          value={mobility ?? ''}
          options={mobilities}
          nameOf={(each) => t(`console.mobility.${each}`)}
          onChoose={(each) => address.set({ mobility: each })}
        />
        <Choice
          aria-label={t('console.members.sort')}
          value={sort}
          options={sorts}
          nameOf={(each) => t(`console.members.sortBy.${each}`)}
          onChoose={(each) => address.set({ sort: each === 'name' ? undefined : each })}
        />
        <ExactFind onFound={(member) => address.set({ member: `${member.organisationId}~${member.id}`, new: undefined })} />
        <span className="toolbar-end">
          {first && (
            <span className="counts" role="status">
              {t(first.more ? 'console.members.many' : 'console.members.counts', {
                total: first.total,
                full: first.full,
                counts: first.counts,
              })}
            </span>
          )}
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
          {may('write:member') && isBranch(organisation) && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => address.set({ member: undefined, new: newId() })}>
              {t('console.members.register')}
            </Button>
          )}
        </span>
      </div>
      <Listing
        asked={asked}
        empty={t(q === '' && !stage && !mobility ? 'console.members.empty' : 'console.members.noneFound')}
        label={t('console.page.members')}
        columns={columns}
        rows={pages.flatMap((page) => page.items)}
        idOf={(row) => row.id}
        openId={memberId}
        onOpen={(row) => address.set({ member: `${row.organisationId}~${row.id}`, new: undefined })}
      />
    </>
  )
  const close = () => address.set({ member: undefined, new: undefined })
  const record = isNew
    ? {
        key: 'new',
        title: t('console.members.registerTitle', { name: organisation.shortName }),
        body: (
          <MemberPane
            branchId={organisation.id}
            memberId={null}
            newId={address.get('new') ?? ''}
            onDone={(id) => address.set({ new: undefined, member: `${organisation.id}~${id}` })}
          />
        ),
      }
    : branchId !== undefined && memberId !== undefined
      ? {
          key: memberId,
          title: t('console.members.record'),
          body: <MemberPane branchId={branchId} memberId={memberId} newId="" onDone={() => {}} />,
        }
      : null
  return <Beside list={list} record={record} onClose={close} />
}
