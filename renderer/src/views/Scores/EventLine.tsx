import type { ReactNode } from 'react'
import type { UnitEvent } from '../../state/unit-events.ts'
import { clock, date, words } from '../../ui/format.ts'

type Props = Readonly<{ event: UnitEvent; who: string | null }>

/** One event: when, what, who, and where it was read; its properties where it has any. */
export function EventLine({ event, who }: Props): ReactNode {
  const { stitched } = event
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
      <span className="event-line__who clip soft" {...(stitched === undefined ? {} : { title: whyText(stitched) })}>
        {who ?? <span className="muted">nobody known</span>}
        {stitched !== undefined && <span className="muted"> before login</span>}
      </span>
      <span className="event-line__where muted" title={`${event.file}, line ${event.line}`}>
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

/** What makes an event somebody's that names nobody. */
function whyText({ kind, id, loginAt }: NonNullable<UnitEvent['stitched']>): string {
  const place = kind === 'anonymous_id' ? 'anonymous id' : 'device'
  return `The event names nobody. Nobody else used ${place} ${id} before the login there on ${date(loginAt)}, ${clock(loginAt)} UTC.`
}
