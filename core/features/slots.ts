import { invariant } from '#lib/errors'
import { unitOfSlots } from '#lib/unit-of-slots'
import type { Slots } from '#schema/cells'
import type { Unit } from '#schema/unit'

/** No day at all: before every day there is. */
export const NO_DAY = -(2 ** 31)

/** Lays out the slots of all units. `people` of each unit is sorted by person id, which is the order of indices. */
export function layOutSlots(units: readonly Pick<Unit, 'people'>[]): Slots {
  const start = new Uint32Array(units.length + 1)
  for (const [u, { people }] of units.entries()) start[u + 1] = (start[u] as number) + 1 + people.length
  const person = new Int32Array(start[units.length] as number).fill(-1)
  for (const [u, { people }] of units.entries()) {
    let slot = start[u] as number
    for (const one of people) person[++slot] = one.person
  }
  return { start, person, unit: unitOfSlots(start) }
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
