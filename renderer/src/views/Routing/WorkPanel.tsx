import { ActionIcon, Button } from '@mantine/core'
import { X } from 'lucide-react'
import { type ReactNode, useCallback } from 'react'
import { editPolicy, policyOf, useRouting } from '../../state/routing-draft.ts'
import { giveMarked } from '../../state/routing-give.ts'
import {
  assignmentsOf,
  chooseOwner,
  type OwnedUnit,
  type Pools,
  setActiveWork,
  showWork,
  toggleAllMarked,
  toggleMarked,
  usePools,
} from '../../state/routing-pools.ts'
import { capacityIn, setCapacity } from '../../state/routing-reps.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, date, score } from '../../ui/format.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { DestinationMark } from './DestinationMark.tsx'
import { UnitLink } from './UnitLink.tsx'
import { PersonChoice } from './WaitingUnits.tsx'

type Props = Readonly<{ ownerId: string; pools: Pools }>
type Person = Pools['teams'][number]['members'][number] & Readonly<{ pool: string }>

/** What one person works: each workspace can be released, or given to somebody else. */
export function WorkPanel({ ownerId, pools }: Props): ReactNode {
  const person = pools.teams
    .flatMap(({ team, members }) => members.map(member => ({ ...member, pool: team })))
    .find(member => member.ownerId === ownerId)
  const other = pools.teams.flatMap(({ others }) => others).find(known => known.ownerId === ownerId)
  const name = person?.name ?? other?.name ?? person?.email ?? ownerId
  return (
    <SidePanel label={`Work of ${name}`}>
      <div className="work-panel">
        <Head name={name} person={person} />
        <Actions ownerId={ownerId} />
        <Work name={name} />
      </div>
    </SidePanel>
  )
}

function Head({ name, person }: Readonly<{ name: string; person: Person | undefined }>): ReactNode {
  const { client } = useServices()
  return (
    <header className="work-panel__head">
      <h2 className="unit-head__name clip">{name}</h2>
      <ActionIcon
        className="unit-head__close"
        aria-label="Close the panel"
        onClick={() => perform(chooseOwner(client, null))}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
      {person !== undefined && <Capacity name={name} person={person} />}
    </header>
  )
}

/** The weekly capacity is a setting: it is edited with the rules and in force once they are saved. */
function Capacity({ name, person }: Readonly<{ name: string; person: Person }>): ReactNode {
  const { client } = useServices()
  const policy = useRouting(policyOf)
  if (policy === null) return null
  const capacity = capacityIn(policy, person)
  const change = (value: number | null): void =>
    perform(editPolicy(client, before => setCapacity(before, person, value), `capacity ${person.ownerId}`))
  return (
    <p className="work-panel__capacity">
      <span className="muted">
        {person.pool} pool{person.email === null ? '' : ` · ${person.email}`} · per week
      </span>
      <NumberField
        label={`Workspaces per week of ${name}`}
        value={capacity}
        step={1}
        onChange={value => change(Math.max(0, Math.round(value)))}
        onClear={() => change(null)}
        onDone={() => undefined}
      />
      <button
        type="button"
        className={capacity === 0 ? 'plain chip is-on' : 'plain chip'}
        aria-pressed={capacity === 0}
        onClick={() => change(capacity === 0 ? (person.capacity === 0 ? null : person.capacity) : 0)}
      >
        Away
      </button>
    </p>
  )
}

function Actions({ ownerId }: Readonly<{ ownerId: string }>): ReactNode {
  const { client } = useServices()
  const marked = usePools(state => state.marked.size)
  const all = usePools(state => assignmentsOf(state.work).length)
  const give = async (owner: string | null): Promise<void> => {
    const changed = await giveMarked(client, owner)
    if (changed > 0)
      notifyDone(
        owner === null ? 'Released' : 'Given away',
        `${counted(changed, 'workspace goes', 'workspaces go')} ${owner === null ? 'to whoever has room' : 'there'} with the next scoring. Until then the owner and the lists are as before.`,
      )
  }
  if (all === 0) return null
  return (
    <div className="filter-bar work-panel__actions" role="toolbar" aria-label="What is marked">
      <button
        type="button"
        className="plain chip"
        aria-pressed={marked === all}
        onClick={toggleAllMarked}
        title="Marks every assignment that was read"
      >
        {marked === 0 ? 'Mark all' : `${count(marked)} marked`}
      </button>
      <PersonChoice
        label="Give what is marked to"
        title="Give to"
        except={ownerId}
        isDisabled={marked === 0}
        onChoose={owner => perform(give(owner))}
      />
      <Button
        size="compact-sm"
        variant="default"
        disabled={marked === 0}
        title="Takes it from this person: the next scoring gives it to whoever of the pool has room"
        onClick={() => perform(give(null))}
      >
        Release
      </Button>
      <p className="muted work-panel__effect">
        Changes the owner with the next scoring. Lists and files that are written stay as they are.
      </p>
    </div>
  )
}

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', header: 'Workspace', width: 'minmax(140px, 1fr)', isSortable: false },
  { id: 'goes', header: 'Goes to', width: '128px', isSortable: false },
  {
    id: 'since',
    header: 'Since',
    means: 'As-of day of the scores that gave it. By the CRM: the account or the workspace names the owner.',
    width: '104px',
    isSortable: false,
  },
]

function Work({ name }: Readonly<{ name: string }>): ReactNode {
  const { client } = useServices()
  const work = usePools(state => state.work)
  const active = usePools(state => state.active)
  const marked = usePools(state => state.marked)
  const onVisible = useCallback((first: number, last: number) => perform(showWork(client, first, last)), [client])
  if (work === null) return <SkeletonRows rows={8} label="The work is being read" />
  if (work.total === 0)
    return (
      <EmptyState title="Nothing is owned">
        Workspaces come here when the pool gives them out, or when the CRM names this owner.
      </EmptyState>
    )
  return (
    <VirtualTable
      label={`Workspaces of ${name}`}
      columns={COLUMNS}
      count={work.total}
      rowHeight={32}
      sort={null}
      onSort={() => undefined}
      active={active}
      onActive={setActiveWork}
      onOpen={place => {
        setActiveWork(place)
        const row = work.rows[place]
        if (row !== undefined) toggleMarked(row)
      }}
      onVisible={onVisible}
      cellsOf={place => {
        const row = work.rows[place]
        return row === undefined ? null : cellsOf(row, marked.has(row.unitId))
      }}
    />
  )
}

function cellsOf(row: OwnedUnit, isMarked: boolean): readonly ReactNode[] {
  const { unitId, unitName, team, destination, standing } = row
  return [
    <span key="name" className="name-line">
      <input
        type="checkbox"
        className="name-line__pick"
        tabIndex={-1}
        aria-label={`Mark ${unitName ?? unitId}`}
        checked={isMarked}
        disabled={team === null}
        onChange={() => toggleMarked(row)}
        onClick={event => event.stopPropagation()}
      />
      {row.score === null ? (
        <span className="clip muted" title="Not in the newest scores">
          {unitName ?? unitId}, not scored now
        </span>
      ) : (
        <UnitLink unit={{ unitId, unitName, score: row.score }} />
      )}
    </span>,
    destination === null ? null : <DestinationMark key="goes" id={destination} />,
    <span
      key="since"
      className={standing === 'in use' ? 'soft clip' : 'muted clip'}
      title={row.score === null ? '' : score(row.score)}
    >
      {sinceText(row)}
    </span>,
  ]
}

function sinceText({ team, since, standing }: OwnedUnit): string {
  if (team === null) return 'by the CRM'
  if (standing === 'next') return 'next scoring'
  return `${since === null ? 'not known' : date(Date.parse(since))}${standing === 'unused' ? ', not used' : ''}`
}
