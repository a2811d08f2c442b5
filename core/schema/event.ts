/**
 * A run of events as columns of equal length, sorted by workspace code, then time (days without one aside). Codes index `EventLog` dictionaries;
 * code 0 is "missing" everywhere.
 */
export type EventChunk = Readonly<{
  count: number
  /** ms since epoch */
  timestamp: Float64Array
  name: Uint32Array
  workspace: Uint32Array
  user: Uint32Array
  /** `event_properties` as JSON text, empty where none was given */
  properties: TextColumn
  /** Position of the chunk's first event in the whole log; the log's order is stable for one state of the project. */
  base: number
}>

/** Variable-length UTF-8 texts, end to end: text i is bytes[offsets[i] .. offsets[i + 1]). */
export type TextColumn = Readonly<{ offsets: Uint32Array; bytes: Uint8Array }>

/** All events of a project. `chunks()` may be walked more than once and reads lazily: never hold all of them. */
export type EventLog = Readonly<{
  count: number
  /** code -> text; index 0 is the empty string */
  names: readonly string[]
  workspaces: readonly string[]
  users: readonly string[]
  chunks(): Iterable<EventChunk>
  /** Events that share an id with another but differ from it; positions are those of the log. Resolved by features. */
  copies: readonly EventCopy[]
}>

/** One group of events with the same event id and different content: the positions of all its members, first loaded first. */
export type EventCopy = Readonly<{ eventId: string; positions: readonly number[] }>
