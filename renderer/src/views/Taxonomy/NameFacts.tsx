import type { ReactNode } from 'react'
import type { NameList } from '../../state/taxonomy.ts'
import { count, counted, day, share } from '../../ui/format.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { daysAt } from './name-cells.tsx'

/** How often a name occurs, where and when. */
export function NameFacts({ list, place }: Readonly<{ list: NameList; place: number }>): ReactNode {
  const { columns, events, today, sparkDays } = list
  const own = columns.events[place] ?? 0
  const later = columns.later[place] ?? 0
  const days = daysAt(list, place)
  const dayOf = (value: number | undefined): string => (own === 0 || value === undefined ? '–' : day(value))
  return (
    <section>
      <Sparkline
        values={[...days]}
        nameOf={index => day(today - sparkDays + 1 + index)}
        label={`Events per day, ${sparkDays} days`}
        startLabel={day(today - sparkDays + 1)}
        endLabel={day(today)}
      />
      <dl className="facts taxonomy-panel__facts">
        <dt>Events</dt>
        <dd>
          {count(own)} <span className="muted">{share(events === 0 ? 0 : own / events)} of all</span>
        </dd>
        {later > 0 && (
          <>
            <dt>After {day(today)}</dt>
            <dd>{counted(later, 'event')}, not counted</dd>
          </>
        )}
        <dt>Users</dt>
        <dd>{count(columns.users[place] ?? 0)}</dd>
        <dt>Workspaces</dt>
        <dd>{count(columns.workspaces[place] ?? 0)}</dd>
        <dt>First to last day</dt>
        <dd>
          {dayOf(columns.firstDay[place])} to {dayOf(columns.lastDay[place])}
        </dd>
      </dl>
    </section>
  )
}
