import { AtSign } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import {
  changeDomains,
  chooseDomain,
  type DomainClass,
  type DomainLine,
  fetchDomains,
  loadDomains,
  useDomains,
} from '../../state/identity-domains.ts'
import { useIdentity } from '../../state/identity-overview.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { DomainPanel } from './DomainPanel.tsx'
import { DOMAIN_WORDS } from './domain-words.ts'

const COLUMNS: readonly GridColumn[] = [
  { id: 'domain', header: 'Domain', width: 'minmax(160px, 1.4fr)', isSortable: false },
  { id: 'class', header: 'Taken for', width: 'minmax(120px, 1fr)', isSortable: false },
  { id: 'users', header: 'Users', align: 'end', width: '64px', isSortable: false },
  { id: 'persons', header: 'People', align: 'end', width: '64px', isSortable: false },
  { id: 'workspaces', header: 'Workspaces', align: 'end', width: '84px', isSortable: false },
  { id: 'accounts', header: 'Accounts', width: 'minmax(120px, 1.2fr)', isSortable: false },
]

/** Every domain with who uses it and what it is taken for; each can be said to be something else in this project. */
export function DomainsTab(): ReactNode {
  const { client } = useServices()
  const status = useDomains(state => state.status)
  const chosen = useDomains(state => state.rows.find(row => row !== null && row.domain === state.chosen) ?? null)
  const version = useIdentity(state => state.overview?.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer, and every step back, may change them
  useEffect(() => perform(loadDomains(client)), [client, version])
  if (status === 'failed') return <Retry title="The domains cannot be shown" again={() => loadDomains(client)} />
  if (status !== 'ready') return <SkeletonRows rows={14} label="Domains are being read" />
  return (
    <div className="domains">
      <div className="domains__main">
        <Bar />
        <List />
      </div>
      {chosen !== null && <DomainPanel line={chosen} />}
    </div>
  )
}

function Bar(): ReactNode {
  const { client } = useServices()
  const classes = useDomains(state => state.classes)
  const search = useDomains(state => state.search)
  const ask = (text: string): void => perform(changeDomains(client, { search: text }))
  const toggle = (id: DomainClass): void => {
    const next = classes.includes(id) ? classes.filter(known => known !== id) : [...classes, id]
    perform(changeDomains(client, { classes: next }))
  }
  return (
    <div className="filter-bar queue-bar">
      {(Object.keys(DOMAIN_WORDS) as DomainClass[]).map(id => (
        <button
          key={id}
          type="button"
          className={classes.includes(id) ? 'chip is-on' : 'chip'}
          aria-pressed={classes.includes(id)}
          title={DOMAIN_WORDS[id].means}
          onClick={() => toggle(id)}
        >
          {DOMAIN_WORDS[id].label}
        </button>
      ))}
      <div className="screen__spacer" />
      <SearchField label="Search the domains" search={search} onSearch={ask} />
    </div>
  )
}

function List(): ReactNode {
  const { client } = useServices()
  const rows = useDomains(state => state.rows)
  const chosen = useDomains(state => state.chosen)
  const [active, setActive] = useState(-1)
  const onVisible = useCallback((first: number, last: number) => perform(fetchDomains(client, first, last)), [client])
  const columns = chosen === null ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'accounts' && id !== 'persons')
  const open = (place: number): void => {
    setActive(place)
    chooseDomain(rows[place]?.domain ?? null)
  }
  if (rows.length === 0)
    return (
      <EmptyState icon={<AtSign size={24} strokeWidth={1.5} />} title="No domain fits">
        Domains come from the addresses of users; take the filter off to see all.
      </EmptyState>
    )
  return (
    <div className="domains__table">
      <VirtualTable
        label="Domains"
        columns={columns}
        count={rows.length}
        rowHeight={32}
        sort={null}
        onSort={() => undefined}
        active={Math.min(active, rows.length - 1)}
        onActive={chosen === null ? setActive : open}
        onOpen={open}
        onVisible={onVisible}
        cellsOf={place => {
          const row = rows[place] ?? null
          return row === null ? null : columns.map(({ id }) => cellOf(id, row))
        }}
      />
    </div>
  )
}

function cellOf(id: string, row: DomainLine): ReactNode {
  if (id === 'domain')
    return (
      <span className="clip pair-cell__names" title={row.domain}>
        {row.domain}
      </span>
    )
  if (id === 'class')
    return (
      <span className="clip">
        {DOMAIN_WORDS[row.class].label}
        {row.class !== row.byDefault && <span className="relation__proposed">said here</span>}
      </span>
    )
  if (id === 'users') return count(row.users)
  if (id === 'persons') return count(row.persons)
  if (id === 'workspaces') return count(row.workspaces)
  const [first] = row.accounts
  return (
    <span className="clip soft" title={row.accounts.map(({ name, accountId }) => name ?? accountId).join(', ')}>
      {first === undefined ? '–' : (first.name ?? first.accountId)}
      {row.accountsTotal > 1 && <span className="muted"> and {count(row.accountsTotal - 1)} more</span>}
    </span>
  )
}
