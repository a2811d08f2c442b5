import type { EventChunk, EventLog, StitchedEvents, Stitching } from '#schema/event'

/**
 * A log in which the events that were given to somebody have a user: what everybody who counts, scores or shows reads.
 *
 * @param log       with the users that events name themselves
 * @param stitching of the same events; null: nothing was given to anybody
 * @returns the log itself where nothing was; else a view of it, `stated` being the log
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function stitchedLog(log: EventLog, stitching: Stitching | null): EventLog {
  if (stitching === null) return log
  const { events, strangers } = stitching
  let users: readonly string[] | null = null
  return {
    count: log.count,
    get names() {
      return log.names
    },
    get workspaces() {
      return log.workspaces
    },
    get users() {
      users ??= strangers.length === 0 ? log.users : [...log.users, ...strangers]
      return users
    },
    get copies() {
      return log.copies
    },
    *chunks() {
      for (const chunk of log.chunks()) yield stitchedChunk(chunk, events)
    },
    stated: log,
    stitching,
  }
}

/**
 * A chunk of a log, or a part of one, with the users that its events were given to.
 *
 * @param events of the whole log
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function stitchedChunk(chunk: EventChunk, events: StitchedEvents): EventChunk {
  const { base, count } = chunk
  const first = firstFrom(events.position, base)
  if (!((events.position[first] ?? Number.POSITIVE_INFINITY) < base + count)) return chunk
  const user = chunk.user.slice()
  for (let i = first; i < events.position.length; i++) {
    // Within range: i < length, columns are of equal length.
    const position = events.position[i] as number
    if (position >= base + count) break
    user[position - base] = events.user[i] as number
  }
  return {
    count,
    base,
    timestamp: chunk.timestamp,
    name: chunk.name,
    workspace: chunk.workspace,
    user,
    get properties() {
      return chunk.properties
    },
  }
}

/**
 * Place of an event among those that were given to somebody; -1 where it is none of them.
 *
 * @param position in the log
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function placeOfStitched({ position: positions }: StitchedEvents, position: number): number {
  const place = firstFrom(positions, position)
  return positions[place] === position ? place : -1
}

function firstFrom(positions: Float64Array, position: number): number {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    // Within range: middle < high <= length.
    if ((positions[middle] as number) < position) low = middle + 1
    else high = middle
  }
  return low
}
