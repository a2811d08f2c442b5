import { NO_DAY } from '#features'
import type { Slots } from '#schema/cells'
import type { Unit, UnitPerson } from '#schema/unit'

/** Bits of a standing. */
export const ADMIN = 1
export const CHAMPION = 2

/** Who of the people counts for how much, and who may represent a unit. Slots and units are counted from the first ones. */
export type PersonColumns = Readonly<{
  /** Role factor at [slot - firstSlot]. */
  factor: Float64Array
  /** Sum of ADMIN and CHAMPION at [slot - firstSlot]. */
  standing: Uint8Array
  firstSlot: number
  /** Slots of those who may represent their unit: its admins and champions, or everybody where it has neither. Then zeros. */
  candidate: Uint32Array
  /** Candidates of unit u: candidateStart[u - firstUnit] .. candidateStart[u - firstUnit + 1]. */
  candidateStart: Uint32Array
  /** Standings of anybody in the unit, at [unit - firstUnit]. */
  unitStanding: Uint8Array
  firstUnit: number
}>

/** What a score asks of units beside their people, per unit. */
export type UnitColumns = Readonly<{
  fitPoints: Float64Array
  /** NO_DAY where the unit is not on trial, or its end is not known. */
  trialEndDay: Int32Array
  /** NO_DAY where it is not known. */
  createdDay: Int32Array
}>

type Standing = Pick<UnitPerson, 'isAdmin' | 'isChampion'>

export function standingOf({ isAdmin, isChampion }: Standing): number {
  return (isAdmin ? ADMIN : 0) + (isChampion ? CHAMPION : 0)
}

/**
 * Factors and standings of everybody, by slot.
 *
 * @param units in the order of the slots, with the same people; nobody's slots keep a factor of 0
 *
 * Source: docs/methods/score.md, "From person to unit".
 */
export function personColumns({ start }: Slots, units: readonly Pick<Unit, 'people'>[]): PersonColumns {
  const columns = newPersonColumns(start, 0)
  const { factor, standing } = columns
  for (const [u, { people }] of units.entries()) {
    let slot = start[u] as number // the unit's first slot is nobody's
    for (const one of people) {
      factor[++slot] = one.roleFactor
      standing[slot] = standingOf(one)
    }
  }
  return withCandidates(columns, start)
}

/**
 * Room for the people of some units.
 *
 * @param start first slot of each unit from `firstUnit` on, and the end of the last one
 */
export function newPersonColumns(start: Uint32Array, firstUnit: number): PersonColumns {
  const units = start.length - 1
  const firstSlot = start[0] ?? 0
  const slots = (start[units] ?? 0) - firstSlot
  return {
    factor: new Float64Array(slots),
    standing: new Uint8Array(slots),
    firstSlot,
    candidate: new Uint32Array(slots),
    candidateStart: new Uint32Array(units + 1),
    unitStanding: new Uint8Array(units),
    firstUnit,
  }
}

/** Fills who may represent a unit, by the standings. */
export function withCandidates(columns: PersonColumns, start: Uint32Array): PersonColumns {
  const { standing, firstSlot, candidate, candidateStart, unitStanding } = columns
  let count = 0
  for (let i = 0; i < unitStanding.length; i++) {
    // Within range throughout: slots of a unit lie between its starts.
    const end = start[i + 1] as number
    let standings = 0
    for (let slot = (start[i] as number) + 1; slot < end; slot++) standings |= standing[slot - firstSlot] as number
    for (let slot = (start[i] as number) + 1; slot < end; slot++) {
      if (standings === 0 || standing[slot - firstSlot] !== 0) candidate[count++] = slot
    }
    candidateStart[i + 1] = count
    unitStanding[i] = standings
  }
  return columns
}

/** Fit, trial and age of units as columns, in their order. */
export function unitColumns(
  units: readonly Pick<Unit, 'fit' | 'isOnTrial' | 'trialEndDay' | 'createdDay'>[],
): UnitColumns {
  return {
    fitPoints: Float64Array.from(units, ({ fit }) => fit.points),
    trialEndDay: Int32Array.from(units, unit => (unit.isOnTrial ? unit.trialEndDay : null) ?? NO_DAY),
    createdDay: Int32Array.from(units, ({ createdDay }) => createdDay ?? NO_DAY),
  }
}
