import { amended } from '#lib/amended'
import { once } from '#lib/once'
import type { EventChunk, EventLog, StitchedEvents, Stitching } from '#schema/event'
import { lowerBound } from '../copies.ts'

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
  const users = once(() => (strangers.length === 0 ? log.users : [...log.users, ...strangers]))
  return amended(log, {
    get users() {
      return users()
    },
    *chunks() {
      for (const chunk of log.chunks()) yield stitchedChunk(chunk, events)
    },
    // They have told all they can.
    devices: undefined,
    stated: log,
    stitching,
  })
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
  const first = lowerBound(events.position, base)
  if (!((events.position[first] ?? Number.POSITIVE_INFINITY) < base + count)) return chunk
  const user = once(() => {
    const users = chunk.user.slice()
    for (let i = first; i < events.position.length; i++) {
      // Within range: i < length, columns are of equal length.
      const position = events.position[i] as number
      if (position >= base + count) break
      users[position - base] = events.user[i] as number
    }
    return users
  })
  return amended(chunk, {
    get user() {
      return user()
    },
  })
}

/**
 * Place of an event among those that were given to somebody, or among others; -1 where it is none of them.
 *
 * @param events   with their positions in the log, ascending
 * @param position in the log
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function placeOfStitched(events: Pick<StitchedEvents, 'position'>, position: number): number {
  const place = lowerBound(events.position, position)
  return events.position[place] === position ? place : -1
}
