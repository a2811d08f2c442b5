import { decisionsInForce, type Readable, type StoredDecision } from '#store'

/** A value that somebody chose for a field of a person; null: none. */
export type Pin = Readonly<{ userId: string; field: string; value: string | null }>

/** Pin that an entry of the log is; null where it is something else. */
export function pinOf({ kind, subject, payload }: StoredDecision): Pin | null {
  const [anchor] = subject
  const { field, value } = payload
  if (kind !== 'pin_field' || anchor === undefined || typeof field !== 'string') return null
  return { userId: anchor.key, field, value: typeof value === 'string' ? value : null }
}

/** Every pin that holds, in the order in which they were chosen. */
export function allPins(db: Readable): readonly Pin[] {
  return decisionsInForce(db).flatMap(entry => pinOf(entry) ?? [])
}

/** Values chosen for a person of these users, by field: of several the last one. */
export function pinsAmong(pins: readonly Pin[], userIds: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (pins.length === 0) return found
  const own = new Set(userIds)
  for (const { userId, field, value } of pins) {
    if (!own.has(userId)) continue
    if (value === null) found.delete(field)
    else found.set(field, value)
  }
  return found
}
