import { Waypoints } from 'lucide-react'
import { type ReactNode, useCallback, useEffect } from 'react'
import {
  type ClusterLine,
  changeClusters,
  chooseCluster,
  fetchClusters,
  followCut,
  loadClusters,
  useClusters,
} from '../../state/identity-clusters.ts'
import { useIdentity } from '../../state/identity-overview.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { alignedBits, count, counted } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { ClusterPane } from './ClusterPane.tsx'

const COLUMNS: readonly GridColumn[] = [
  { id: 'who', header: 'Records of one person', width: 'minmax(0, 1fr)', isSortable: false },
  { id: 'size', header: 'Records', align: 'end', width: '72px', isSortable: true },
  {
    id: 'weakest',
    header: 'Weakest',
    means: 'Bits of the weakest join that holds the group together.',
    align: 'end',
    width: '76px',
    isSortable: true,
  },
  {
    id: 'refused',
    header: 'Refused',
    means: 'Joins above the cut that a rule or an answer keeps out.',
    align: 'end',
    width: '56px',
    isSortable: false,
  },
]

/** Everybody with several records, and the graph of the one that is chosen. */
export function ClustersTab(): ReactNode {
  const { client } = useServices()
  const status = useClusters(state => state.status)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer changes the clusters
  useEffect(() => perform(followCut(client)), [client, version])
  if (status === 'failed') return <Retry title="The groups cannot be shown" again={() => loadClusters(client)} />
  if (status !== 'ready') return <SkeletonRows rows={12} label="Groups are being read" />
  return (
    <div className="clusters">
      <section className="clusters__list" aria-label="Groups">
        <ClusterSearch />
        <ClusterList />
      </section>
      <ClusterPane />
    </div>
  )
}

function ClusterSearch(): ReactNode {
  const { client } = useServices()
  const total = useClusters(state => state.rows.length)
  const search = useClusters(state => state.search)
  const ask = (text: string): void => perform(changeClusters(client, { search: text }))
  return (
    <div className="clusters__bar">
      <SearchField label="Search the groups" search={search} onSearch={ask} />
      <span className="muted">{counted(total, 'person', 'people')} with several records</span>
    </div>
  )
}

function ClusterList(): ReactNode {
  const { client } = useServices()
  const rows = useClusters(state => state.rows)
  const active = useClusters(state => state.active)
  const sort = useClusters(state => state.sort)
  const onVisible = useCallback((first: number, last: number) => perform(fetchClusters(client, first, last)), [client])
  const open = (place: number): void => {
    const row = rows[place] ?? null
    if (row !== null) perform(chooseCluster(client, row.clusterId, place))
  }
  if (rows.length === 0)
    return (
      <EmptyState icon={<Waypoints size={24} strokeWidth={1.5} />} title="No group fits">
        Search looks at names, addresses and ids; a higher cut leaves fewer groups.
      </EmptyState>
    )
  return (
    <div className="clusters__table">
      <VirtualTable
        label="Groups"
        columns={COLUMNS}
        count={rows.length}
        rowHeight={44}
        sort={{ id: sort, descending: sort === 'size' }}
        onSort={id => perform(changeClusters(client, { sort: id === 'weakest' ? 'weakest' : 'size' }))}
        active={active}
        onActive={open}
        onOpen={open}
        onVisible={onVisible}
        cellsOf={place => {
          const row = rows[place] ?? null
          return row === null ? null : COLUMNS.map(({ id }) => cellOf(id, row))
        }}
      />
    </div>
  )
}

function cellOf(id: string, row: ClusterLine): ReactNode {
  const [first] = row.members
  if (id === 'who')
    return (
      <span className="two-lines" title={[...new Set(row.members.map(({ title }) => title))].join(', ')}>
        <span className="clip pair-cell__names">{first?.title ?? row.clusterId}</span>
        <span className="clip muted pair-cell__why">
          {[...new Set(row.members.map(({ subtitle, key }) => subtitle ?? key))].join(', ')}
        </span>
      </span>
    )
  if (id === 'size') return count(row.size)
  if (id === 'weakest')
    return row.weakest === null ? (
      <span className="muted" title="An answer holds it together">
        answer
      </span>
    ) : (
      alignedBits(row.weakest)
    )
  return row.refused === 0 ? <span className="muted">0</span> : count(row.refused)
}
