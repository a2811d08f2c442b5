import type { EventLog } from './event.ts'
import type { EntityTable, Row } from './tables.ts'

/** Everything a project holds, as values: rows sorted by key (code-point order), events as a log. */
export type Dataset = Readonly<{ [T in EntityTable]: readonly Row<T>[] } & { events: EventLog }>
