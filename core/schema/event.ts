import type { IdentityDecision } from './identity.ts'

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
  /** The devices that its events name; missing where nothing is known of them, and where they have told all they can. */
  devices?: DeviceSource | undefined
  /** The same events with the users that they name themselves, where `chunks()` has others. */
  stated?: EventLog
  /** How events that name nobody got the users that `chunks()` has. */
  stitching?: Stitching
}>

/** One group of events with the same event id and different content: the positions of all its members, first loaded first. */
export type EventCopy = Readonly<{ eventId: string; positions: readonly number[] }>

export const DEVICE_KINDS = ['anonymous_id', 'device_id'] as const
/** Namespaces of ids that events are seen under: equal texts of the two are not one device. */
export type DeviceKind = (typeof DEVICE_KINDS)[number]

/** Which devices the events of a log name, and what else is known of these devices. */
export type DeviceSource = Readonly<{
  /** The chunks of the log. */
  chunks(): Iterable<DeviceChunk>
  /** Users whose own record names one of the ids that are wanted. */
  holders(isWanted: (kind: DeviceKind, id: string) => boolean): Iterable<DeviceHolder>
  /** All answers that hold, first given first: they say which ids identify nobody. */
  decisions(): readonly IdentityDecision[]
}>

/** The ids under which the events of a chunk were seen; codes of ids are the chunk's own, 0 is "missing". */
export type DeviceChunk = Pick<EventChunk, 'count' | 'base' | 'timestamp' | 'user'> &
  Readonly<{ ids(kind: DeviceKind): DeviceIds }>

/** The id of code c is text c - 1; code 0 is "missing". */
export type DeviceIds = Readonly<{ codes: Uint32Array; texts: TextColumn }>

/**
 * A user whose record names an id. `createdAt`: ms, from when on the record exists; null where that is unknown.
 * `signedUpAt`: the same where a time of day is given, else null.
 */
export type DeviceHolder = Readonly<{
  kind: DeviceKind
  id: string
  userId: string
  createdAt: number | null
  signedUpAt: number | null
}>

/** Events that name nobody and were given to somebody, with the evidence; columns of equal length. */
export type StitchedEvents = Readonly<{
  /** Positions in the log, ascending. */
  position: Float64Array
  /** Code of the user: of the log's users, or of the strangers behind them. */
  user: Uint32Array
  /** Position in `Stitching.ids`. */
  id: Uint32Array
  /** The login that the event comes before, ms. */
  loginAt: Float64Array
}>

/** A user on a device: from the first to the last time it was seen there, events before a login included. `isGiven`: there are such. */
export type DatedDevice = Readonly<{
  kind: DeviceKind
  id: string
  userId: string
  from: number
  to: number
  isGiven: boolean
}>

/** Why events of a device were given to nobody. */
export type StitchRefusalReason = 'other_user' | 'too_long_before' | 'too_many_devices' | 'ids_disagree'

/** An id whose events were not given to the next login, why, and how many they are. */
export type StitchRefusal = Readonly<{ kind: DeviceKind; id: string; reason: StitchRefusalReason; events: number }>

/** Why an event that names nobody but an id stays by nobody; `placeholder_id`: its ids are placeholders, or were blocked. */
export const UNGIVEN_REASONS = [
  'other_user',
  'too_long_before',
  'ids_disagree',
  'too_many_devices',
  'never_logged_in',
  'placeholder_id',
] as const satisfies readonly (StitchRefusalReason | 'never_logged_in' | 'placeholder_id')[]
export type UngivenReason = (typeof UNGIVEN_REASONS)[number]

/** Events that name nobody but an id and were given to nobody; columns of equal length. */
export type UngivenEvents = Readonly<{
  /** Positions in the log, ascending. */
  position: Float64Array
  /** Position in `UNGIVEN_REASONS`. */
  reason: Uint8Array
}>

/** What the devices of a log have told. */
export type Stitching = Readonly<{
  /** Users whom events were given to and that no event names: their codes come behind those of the log's users. */
  strangers: readonly string[]
  events: StitchedEvents
  ungiven: UngivenEvents
  ids: readonly Readonly<{ kind: DeviceKind; id: string }>[]
  /** Everybody who logged in on a device on which somebody was seen without a login; sorted by kind, id and user. */
  dated: readonly DatedDevice[]
  /** User -> its earliest event before a login, ms. */
  anonymousSince: ReadonlyMap<string, number>
  /** Sorted by kind, id and reason. */
  refusals: readonly StitchRefusal[]
  /** Events by nobody whose device nobody ever logged in on. */
  neverLoggedIn: number
}>
