import { invariant } from '#lib/errors'
import type { Unit } from '#schema/unit'

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

/** Lays out the slots of all units. `people` of each unit is sorted by person id, which is the order of indices. */
export function layOutSlots(units: readonly Pick<Unit, 'people'>[]): Slots {
  const start = new Uint32Array(units.length + 1)
  for (const [u, { people }] of units.entries()) start[u + 1] = (start[u] as number) + 1 + people.length
  const total = start[units.length] as number
  const person = new Int32Array(total).fill(-1)
  const unit = new Uint32Array(total)
  for (const [u, { people }] of units.entries()) {
    let slot = start[u] as number
    unit[slot] = u
    for (const one of people) {
      unit[++slot] = u
      person[slot] = one.person
    }
  }
  return { start, person, unit }
}

/** Slot of a person in a unit; person -1 is nobody. The person must be one of the unit's. */
export function slotOf(slots: Slots, unit: number, person: number): number {
  // Within range: unit is an index of units, and the search stays between its bounds.
  const first = slots.start[unit] as number
  if (person < 0) return first
  let low = first + 1
  let high = slots.start[unit + 1] as number
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((slots.person[middle] as number) < person) low = middle + 1
    else high = middle
  }
  invariant(
    slots.person[low] === person && slots.unit[low] === unit,
    'a person with events in a unit is one of its people',
  )
  return low
}
