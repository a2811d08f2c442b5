import { Star } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { DAY_MS } from '#lib/time'
import type { UnitDetail, UnitPerson } from '../../state/score-unit.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count, counted, day, daysBetween, factor, score } from '../../ui/format.ts'
import { RecordLink } from '../RecordLink.tsx'
import { coverageMeans, roleOf } from '../words.ts'

type Props = Readonly<{ unit: UnitDetail }>

/** Everyone in the workspace, what each counts for, and who stands for it. */
export function PeopleTab({ unit }: Props): ReactNode {
  const columns = useMemo(() => columnsOf(Math.floor(unit.asOf / DAY_MS)), [unit.asOf])
  return (
    <section aria-labelledby="people-title">
      <h3 id="people-title" className="section-title">
        {counted(unit.people.length, 'person', 'people')}
      </h3>
      <p className="soft">
        {coverageMeans(unit.row.coverage)} Activation, depth and intent are those of the representative, marked{' '}
        <Star size={12} className="representative" aria-label="with a star" />: the admin or champion with the highest
        score.
      </p>
      <div className="scroll-x">
        <DataTable
          label="People"
          columns={columns}
          rows={unit.people}
          keyOf={person => person.personId}
          sort={{ id: 'score', desc: true }}
        />
      </div>
    </section>
  )
}

const columnsOf = (today: number): readonly Column<UnitPerson>[] => [
  {
    id: 'name',
    header: 'Person',
    sortBy: person => person.name ?? person.email ?? person.personId,
    cell: person => <Name person={person} />,
  },
  {
    id: 'role',
    header: 'Role',
    means: 'The first row of the role table that is met, and its factor.',
    sortBy: person => person.roleFactor,
    cell: person => <Role person={person} />,
  },
  {
    id: 'score',
    header: 'Score',
    means: 'Sum of the person-scope buckets: role factor × signals, each held to the maximum of its bucket.',
    align: 'end',
    sortBy: person => person.userScore,
    cell: person => <strong>{score(person.userScore)}</strong>,
  },
  {
    id: 'events',
    header: 'Events',
    means: 'Events in the last 30 days.',
    align: 'end',
    sortBy: person => person.events30d,
    cell: person => <span className={person.events30d === 0 ? 'muted' : undefined}>{count(person.events30d)}</span>,
  },
  {
    id: 'active',
    header: 'Last active',
    align: 'end',
    sortBy: person => person.lastActiveDay ?? 0,
    cell: person => (
      <span className="soft" title={day(person.lastActiveDay)}>
        {daysBetween(person.lastActiveDay, today)}
      </span>
    ),
  },
]

function Name({ person }: Readonly<{ person: UnitPerson }>): ReactNode {
  const first = person.name ?? person.email ?? person.personId
  return (
    <span className="two-lines">
      <span className="with-mark clip">
        {person.isRepresentative && <Star size={12} className="representative" aria-label="Representative" />}
        <RecordLink table="users" id={person.userIds[0] ?? person.personId}>
          <span className="clip">{first}</span>
        </RecordLink>
      </span>
      {person.email !== null && person.email !== first && (
        <span className="muted clip" title={person.email}>
          {person.email}
        </span>
      )}
      {person.userIds.length > 1 && (
        <span className="muted person-ids">
          {person.userIds.map(id => (
            <RecordLink key={id} table="users" id={id} />
          ))}
        </span>
      )}
    </span>
  )
}

function Role({ person }: Readonly<{ person: UnitPerson }>): ReactNode {
  const role = roleOf(person.role)
  const parts = [person.isAdmin ? 'admin' : null, person.isChampion ? 'champion' : null].filter(part => part !== null)
  return (
    <span className="two-lines" title={role.means}>
      <span className="clip">{person.jobTitle ?? <span className="muted">title unknown</span>}</span>
      <span className="muted clip">
        {factor(person.roleFactor)} {parts.length > 0 ? parts.join(', ') : role.label.toLowerCase()}
      </span>
    </span>
  )
}
