import { Button } from '@mantine/core'
import { X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useModel } from '../../state/model.ts'
import type { UnitDetail } from '../../state/score-unit.ts'
import { loadOlderEvents, showEvents, type UnitEvent, useUnitEvents } from '../../state/unit-events.ts'
import { date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { EventLine } from './EventLine.tsx'

type Props = Readonly<{ unit: UnitDetail }>

/** Events newest first, each with the file and line it was read from. */
export function TimelineTab({ unit }: Props): ReactNode {
  const { client } = useServices()
  const { unitId } = unit.row
  const events = useUnitEvents(state => state.events)
  const status = useUnitEvents(state => state.status)
  const hasMore = useUnitEvents(state => state.nextBefore !== null)
  useEffect(() => {
    if (useUnitEvents.getState().unitId !== unitId) perform(showEvents(client, unitId, null))
  }, [client, unitId])
  const names = new Map(unit.people.map(person => [person.personId, person.name ?? person.email ?? person.personId]))
  return (
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title" className="section-title">
        Timeline
      </h3>
      <SignalFilter unit={unit} />
      {byDay(events).map(({ day, lines }) => (
        <section key={day} className="timeline-day" aria-label={day}>
          <h4 className="timeline-day__name">{day}</h4>
          <ul>
            {lines.map(event => (
              <EventLine key={event.position} event={event} who={names.get(event.personId ?? '') ?? event.userId} />
            ))}
          </ul>
        </section>
      ))}
      {status === 'ready' && events.length === 0 && <p className="soft">No events stand behind this.</p>}
      {status === 'loading' && <SkeletonRows rows={events.length === 0 ? 8 : 2} label="Events are being read" />}
      {hasMore && status === 'ready' && (
        <Button variant="default" onClick={() => perform(loadOlderEvents(client))}>
          Show older events
        </Button>
      )}
    </section>
  )
}

function SignalFilter({ unit }: Props): ReactNode {
  const { client } = useServices()
  const signal = useUnitEvents(state => state.signal)
  const model = useModel(state => state.model)
  if (signal === null) return <p className="soft">All events of the workspace, newest first. Times are UTC.</p>
  const { label } = signalWords(model, signal)
  return (
    <p className="timeline-filter">
      Only events behind{' '}
      <button
        type="button"
        className="plain chip is-on"
        aria-label={`${label}, show all events`}
        onClick={() => perform(showEvents(client, unit.row.unitId, null))}
      >
        {label} <X size={12} aria-hidden />
      </button>
    </p>
  )
}

function byDay(events: readonly UnitEvent[]): readonly Readonly<{ day: string; lines: readonly UnitEvent[] }>[] {
  const days = new Map<string, UnitEvent[]>()
  for (const event of events) {
    const day = date(event.at)
    const known = days.get(day)
    if (known === undefined) days.set(day, [event])
    else known.push(event)
  }
  return [...days].map(([day, lines]) => ({ day, lines }))
}
