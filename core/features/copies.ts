import { compareCodePoints } from '#lib/text'
import type { Instant } from '#lib/time'
import type { SetAside } from '#schema/cells'
import type { EventChunk, EventLog } from '#schema/event'

/** Events that share an id with one that counts instead of them. */
export type LosingCopies = Readonly<{
  /** Positions in the log, ascending. */
  positions: Float64Array
  /** One row per event id, in the order of the log's groups. */
  setAside: readonly SetAside[]
}>

type Copy = Readonly<{ position: number; timestamp: number; workspace: string; user: string; name: string }>

/**
 * Which copies of an event id give way. Of each group the copy with the earliest timestamp counts, then the smallest
 * workspace, user, name (code points; missing is smallest), then the one loaded first. Copies after asOf do not exist: they
 * neither win nor are set aside here.
 *
 * @param log  `copies` holds the groups; the log is walked once, and only where there are any
 * @param asOf ms; Infinity takes everything
 *
 * Source: docs/methods/score.md, "Events that count".
 */
export function losingCopies(log: EventLog, asOf: Instant): LosingCopies {
  // A copy that gives way was given to nobody: whom the others were given to must not change which one that is.
  const at = readCopies(log.stated ?? log)
  const positions: number[] = []
  const setAside: SetAside[] = []
  for (const { eventId, positions: members } of log.copies) {
    const copies = members.flatMap(position => at.get(position) ?? []).filter(copy => copy.timestamp <= asOf)
    const losers = copies.toSorted(compareCopies).slice(1)
    for (const { position } of losers) positions.push(position)
    if (losers.length > 0) setAside.push({ eventId, reason: 'duplicate_id', count: losers.length })
  }
  return { positions: Float64Array.from(positions).sort(), setAside }
}

/** `toSorted` is stable, so that equal copies stay in the order they were loaded in. */
function compareCopies(a: Copy, b: Copy): number {
  return (
    a.timestamp - b.timestamp ||
    compareCodePoints(a.workspace, b.workspace) ||
    compareCodePoints(a.user, b.user) ||
    compareCodePoints(a.name, b.name)
  )
}

function readCopies(log: EventLog): Map<number, Copy> {
  const wanted = Float64Array.from(log.copies.flatMap(group => group.positions)).sort()
  const copies = new Map<number, Copy>()
  if (wanted.length === 0) return copies
  const text = (texts: readonly string[], code: number | undefined): string => texts[code ?? 0] ?? ''
  for (const chunk of log.chunks()) {
    for (const position of within(wanted, chunk)) {
      const i = position - chunk.base
      copies.set(position, {
        position,
        timestamp: chunk.timestamp[i] ?? Number.NaN,
        workspace: text(log.workspaces, chunk.workspace[i]),
        user: text(log.users, chunk.user[i]),
        name: text(log.names, chunk.name[i]),
      })
    }
  }
  return copies
}

/** The given ascending positions that lie in a chunk. */
function within(positions: Float64Array, chunk: Pick<EventChunk, 'base' | 'count'>): Float64Array {
  return positions.subarray(lowerBound(positions, chunk.base), lowerBound(positions, chunk.base + chunk.count))
}

/** Place of the first of ascending values that is not below one; their number where all are. */
export function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    // Within range: middle < high <= length.
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** 1 for each event of the chunk that is a losing copy; null where the chunk has none. */
export function maskOf(losing: LosingCopies, chunk: Pick<EventChunk, 'base' | 'count'>): Uint8Array | null {
  const inside = within(losing.positions, chunk)
  if (inside.length === 0) return null
  const mask = new Uint8Array(chunk.count)
  for (const position of inside) mask[position - chunk.base] = 1
  return mask
}
