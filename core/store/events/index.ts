/** Events in the project file: written as segments, read as columns or as rows. */
export { deleteEvents } from './delete-events.ts'
export type { EventCursor, EventDetail, EventPage, EventQuery } from './event-details.ts'
export { type EventKeys, openEventKeys } from './event-keys.ts'
export { eventCount, openEventLog, type ProjectEvents } from './event-log.ts'
export { createEventWriter, type EventTotals, type EventWriter } from './event-writer.ts'
