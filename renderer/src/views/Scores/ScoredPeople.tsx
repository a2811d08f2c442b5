import { Star } from 'lucide-react'
import { type ReactNode, useCallback, useEffect } from 'react'
import { DAY_MS } from '#lib/time'
import { useNavigation } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { openListed } from '../../state/score-level.ts'
import {
  fetchPeople,
  loadPeople,
  type PeopleSort,
  type ScoredPerson,
  searchPeople,
  setActivePerson,
  sortPeople,
  useScorePeople,
} from '../../state/score-people.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, day, daysBetween, factor, score } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { roleOf } from '../words.ts'

const COLUMNS: readonly GridColumn[] = [
  {
    id: 'personId',
    header: 'Person',
    means: 'One row per person and workspace. Sorted by the id of the person.',
    width: 'minmax(140px, 1.3fr)',
    isSortable: true,
  },
  { id: 'unit', header: 'Workspace', width: 'minmax(110px, 1fr)', isSortable: false },
  {
    id: 'userScore',
    header: 'Own score',
    means: 'Sum of the person-scope buckets: role factor × signals, each held to the maximum of its bucket.',
    align: 'end',
    width: '88px',
    isSortable: true,
  },
  {
    id: 'role',
    header: 'Role',
    means: 'The first row of the role table that is met, and its factor.',
    width: 'minmax(96px, 160px)',
    isSortable: false,
  },
  { id: 'lastActive', header: 'Last active', align: 'end', width: '92px', isSortable: true },
  {
    id: 'events30d',
    header: 'Events 30 d',
    means: 'Events in the last 30 days.',
    align: 'end',
    width: '96px',
    isSortable: true,
  },
]
const SORTS: readonly PeopleSort[] = ['userScore', 'lastActive', 'events30d', 'personId']

/** The people of all workspaces by what they score themselves; a row opens its workspace. */
export function ScoredPeople(): ReactNode {
  const { client } = useServices()
  const runId = useProject(state => state.summary?.scoreRun?.runId ?? null)
  const status = useScorePeople(state => state.status)
  const total = useScorePeople(state => state.total)
  const search = useScorePeople(state => state.search)
  const find = (text: string): void => perform(searchPeople(client, text))
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run means other figures
  useEffect(() => perform(loadPeople(client)), [client, runId])
  return (
    <>
      <div className="filter-bar" role="toolbar" aria-label="Filters">
        <SearchField search={search} onSearch={find} label="Search people and workspaces" />
        <div className="screen__spacer" />
        {status === 'ready' && (
          <span className="muted filter-bar__total" role="status">
            {counted(total, 'row')}
          </span>
        )}
      </div>
      <div className="score-table">
        {status === 'failed' ? (
          <Retry title="The people cannot be shown" again={() => loadPeople(client)} />
        ) : status !== 'ready' ? (
          <SkeletonRows rows={12} label="People are being read" />
        ) : total === 0 ? (
          <Nobody isSearched={search !== ''} clear={() => find('')} />
        ) : (
          <List />
        )}
      </div>
    </>
  )
}

function List(): ReactNode {
  const { client } = useServices()
  const { total, rows, active, sort, isDescending } = useScorePeople()
  const asOf = useProject(state => state.summary?.scoreRun?.asOf ?? null)
  const today = asOf === null ? null : Math.floor(asOf / DAY_MS)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order means other people in the same places
  const onVisible = useCallback(
    (first: number, last: number) => perform(fetchPeople(client, first, last)),
    [client, sort, isDescending],
  )
  return (
    <VirtualTable
      label="Users by own score"
      columns={COLUMNS}
      count={total}
      rowHeight={32}
      sort={{ id: sort, descending: isDescending }}
      onSort={id => perform(sortPeople(client, SORTS.find(known => known === id) ?? 'userScore'))}
      active={active}
      onActive={place => (useNavigation.getState().unitId === null ? setActivePerson(place) : open(place))}
      onOpen={open}
      onVisible={onVisible}
      cellsOf={place => {
        const person = rows[place]
        return person === undefined ? null : cellsOf(person, today)
      }}
    />
  )
}

function open(place: number): void {
  setActivePerson(place)
  const person = useScorePeople.getState().rows[place]
  if (person !== undefined) openListed(person.unitId)
}

function cellsOf(person: ScoredPerson, today: number | null): readonly ReactNode[] {
  const role = roleOf(person.role)
  return [
    <span key="person" className="with-mark clip" title={[person.email, person.personId].filter(Boolean).join(' · ')}>
      {person.isRepresentative && <Star size={12} className="representative" aria-label="Representative" />}
      <span className="clip">{person.name ?? person.email ?? person.personId}</span>
    </span>,
    <span key="unit" className="clip soft" title={person.unitId}>
      {person.unitName ?? person.unitId}
    </span>,
    <strong key="score">{score(person.userScore)}</strong>,
    <span key="role" className="clip" title={role.means}>
      {factor(person.roleFactor)} <span className="muted">{role.label.toLowerCase()}</span>
    </span>,
    <span key="active" className="soft" title={day(person.lastActiveDay)}>
      {daysBetween(person.lastActiveDay, today)}
    </span>,
    <span key="events" className={person.events30d === 0 ? 'muted' : undefined}>
      {count(person.events30d)}
    </span>,
  ]
}

function Nobody({ isSearched, clear }: Readonly<{ isSearched: boolean; clear: () => void }>): ReactNode {
  if (!isSearched)
    return <EmptyState title="No people in the scored workspaces">Their users could not be told apart.</EmptyState>
  const action = (
    <button type="button" className="plain text-button" onClick={clear}>
      Clear the search
    </button>
  )
  return (
    <EmptyState title="Nobody fits the search" action={action}>
      Search looks at names, addresses and ids of people, and at their workspaces and accounts.
    </EmptyState>
  )
}
