/** Events: from records or bytes to columns with codes, hashes and source lines. */
export { createEventBuilder, type EventBuilder, type EventRecord } from './event-builder.ts'
export { hashIds } from './event-columns.ts'
export { createFastEventReader, type FastEventReader } from './fast-event-reader.ts'
export type { FastEvidence } from './fast-rows.ts'
