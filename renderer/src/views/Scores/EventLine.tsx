import type { ReactNode } from 'react'
import type { UnitEvent } from '../../state/unit-events.ts'
import { clock, count, words } from '../../ui/format.ts'

type Props = Readonly<{ event: UnitEvent; who: string | null }>

/** One event: when, what, who, and where it was read; its properties where it has any. */
export function EventLine({ event, who }: Props): ReactNode {
  const hasProperties = event.properties !== '' && event.properties !== '{}'
  return (
    <li className="event-line">
      <time className="event-line__time" dateTime={new Date(event.at).toISOString()} title="UTC">
        {clock(event.at)}
      </time>
      <span className="clip" title={`Event name in the file: ${event.name}`}>
        {event.kind === '' ? event.name : words(event.kind)}
        {event.kind === '' && <span className="muted"> no kind</span>}
      </span>
      <span className="event-line__who clip soft">{who ?? <span className="muted">nobody known</span>}</span>
      <span className="event-line__where muted" title={`${event.file}, line ${count(event.line)}`}>
        <span className="clip">{event.file}</span>:{event.line}
      </span>
      {hasProperties && (
        <code className="event-line__properties clip" title={event.properties}>
          {event.properties}
        </code>
      )}
    </li>
  )
}
