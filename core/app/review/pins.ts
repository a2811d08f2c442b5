import { decisionsInForce, type Readable, type StoredDecision } from '#store'

/** A value that somebody chose for a field of a person; null: none. */
type Pin = Readonly<{ userId: string; field: string; value: string | null }>

/** Pin that an entry of the log is; null where it is something else. */
export function pinOf({ kind, subject, payload }: StoredDecision): Pin | null {
  const [anchor] = subject
  const { field, value } = payload
  if (kind !== 'pin_field' || anchor === undefined || typeof field !== 'string') return null
  return { userId: anchor.key, field, value: typeof value === 'string' ? value : null }
}

/** Values chosen for a person of these users, by field: of several the last one. */
export function pinsOf(db: Readable, userIds: readonly string[]): ReadonlyMap<string, string> {
  const own = new Set(userIds)
  const pins = new Map<string, string>()
  for (const entry of decisionsInForce(db)) {
    const pin = pinOf(entry)
    if (pin === null || !own.has(pin.userId)) continue
    if (pin.value === null) pins.delete(pin.field)
    else pins.set(pin.field, pin.value)
  }
  return pins
}
