/**
 * One place per (unit, person), in the order of units and, within a unit, of person ids. The first slot of each unit is
 * nobody's: it takes the events without a user.
 */
export type Slots = Readonly<{
  /** Slots of unit u are start[u] .. start[u + 1]. Length units + 1. */
  start: Uint32Array
  /** Person per slot; -1 is nobody. */
  person: Int32Array
  /** Unit per slot. */
  unit: Uint32Array
}>

/** Counts by day of many subjects, as columns: the days of one subject are one run. */
export type DayRuns = Readonly<{
  /** Slot (or unit) per run, strictly ascending. */
  subject: Uint32Array
  /** Entries of run r are start[r] .. start[r + 1], at least one. Length runs + 1. */
  start: Uint32Array
  /** Position in `Cells.days` per entry, strictly ascending within a run: newest day first. */
  day: Uint16Array | Uint32Array
  /** Number of events per entry, at least 1. */
  n: Uint16Array | Uint32Array
}>

/**
 * Counts of events per (kind, unit, person, day): all that scoring needs of events, in the shape in which it is added up and
 * stored. Looped events are not in it.
 */
export type Cells = Readonly<{
  count: number
  /** Kind code -> kind; code 0 is `''`, an event that no taxonomy entry matches. Derived kinds are in it. */
  kinds: readonly string[]
  /** Per kind code: the days of each (unit, person), subjects being slots. */
  runs: readonly DayRuns[]
  slots: Slots
  /** Every calendar day that occurs, newest first, in the model's zone. */
  days: Int32Array
  /** Newest day with any event per unit, loops and derived kinds aside; -(2 ** 31) where there is none. */
  lastActiveDay: Int32Array
}>

/** What rollups need beside counts. All up to asOf, looped events left out. */
export type UnitFacts = Readonly<{
  /** Newest event of each unit, ms; NaN where it has none. */
  lastEventAt: Float64Array
  /** First event of each kind in each unit, ms, at [unit * kinds.length + kind]; NaN where there is none. */
  firstKindAt: Float64Array
  /** First instant of each (unit, person), sorted by unit, then instant; `kind` is that event's kind code. */
  arrivals: Readonly<{ unit: Uint32Array; person: Int32Array; at: Float64Array; kind: Uint16Array }>
  /** Events that carry a property value: feature use of key events, integrations installed and removed. */
  values: readonly ValueCount[]
  /** data_imported: sum of its count property and number of events, per unit. */
  imports: ReadonlyMap<number, ImportCount>
}>

/**
 * `n` events of kind `kind` in unit `unit` with value `value` of `property`, the newest of them on `day`. Features are those
 * of all key events together (kind 0); an event of an integration kind without the property counts under the empty value.
 */
export type ValueCount = Readonly<{
  property: 'feature' | 'integration'
  unit: number
  kind: number
  value: string
  day: number
  n: number
}>

/** `events` events of data_imported, `withCount` of them with a count, `counted` the sum of those counts. */
export type ImportCount = Readonly<{ counted: number; withCount: number; events: number }>

/** Who has an event where, looped ones too: pairs of equal length, sorted by workspace, then user. */
export type Presence = Readonly<{
  /** Position in the workspaces that exist at asOf, sorted by id. */
  workspace: Uint32Array
  /** User code of the event log. */
  user: Uint32Array
}>

/** One user's looped events of one kind in one UTC hour. */
export type LoopedHour = Readonly<{
  userId: string
  kind: string
  /** First instant of the UTC hour. */
  hour: number
  /** Over all known workspaces. */
  count: number
  firstAt: number
  lastAt: number
  /** Where they lie; `day` is the day of the earliest looped event in that unit. Sorted by unit. */
  units: readonly Readonly<{ unit: number; day: number; count: number }>[]
}>

/** An event that counts nowhere, and why. */
export type SetAsideReason = 'no_workspace' | 'unknown_workspace' | 'duplicate_id' | 'after_as_of' | 'looped'

/** `count` events of one id (empty: events that came without one) set aside for one reason. */
export type SetAside = Readonly<{ eventId: string; reason: SetAsideReason; count: number }>

/** Positions in the log of the events that were set aside, per reason, ascending. Those after asOf do not exist. */
export type SetAsidePositions = Readonly<Record<Exclude<SetAsideReason, 'after_as_of'>, Float64Array>>

/** How many counted events have a name that no taxonomy entry matches. */
export type UnmappedName = Readonly<{ name: string; count: number }>

/** All that judging needs of the events, for one state of the data, taxonomy, loop rule, zone, identities and asOf. */
export type CellBundle = Readonly<{
  cells: Cells
  facts: UnitFacts
  presence: Presence
  loops: readonly LoopedHour[]
  setAside: readonly SetAside[]
  /** Sorted by name (code points). */
  unmappedNames: readonly UnmappedName[]
}>
