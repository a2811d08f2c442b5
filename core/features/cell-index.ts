import { invariant } from '#lib/errors'
import type { Cells, DayRuns, Slots } from '#schema/cells'
import { DERIVED_KINDS } from '#schema/model'
import type { Unit } from '#schema/unit'
import { NO_RUNS } from './day-runs.ts'

/** Cells with the names and positions of their kinds. */
export type CellIndex = Readonly<{
  cells: Cells
  slots: Slots
  units: number
  codeOf: ReadonlyMap<string, number>
  /** 1 per kind code that is derived: no event, no activity. */
  isDerived: Uint8Array
  /** Newest day with any event per unit, loops and derived kinds aside; NO_DAY where there is none. */
  lastActiveDay: Int32Array
}>

/**
 * Cells beside the units they were built for. They hold their own layout, so that nothing is worked out here.
 *
 * @param cells as they were built or read
 * @param units the units the cells were built for, in the same order, with the same people
 * @throws Error where they are others
 */
export function indexCells(cells: Cells, units: readonly Pick<Unit, 'people'>[]): CellIndex {
  const { kinds, slots, lastActiveDay } = cells
  invariant(slots.start.length === units.length + 1, 'cells are of these units')
  for (const [u, { people }] of units.entries()) {
    // Within range: as many units as starts but one.
    const first = (slots.start[u] as number) + 1
    invariant(slots.start[u + 1] === first + people.length, 'cells are of these units with these people')
  }
  return {
    cells,
    slots,
    units: units.length,
    codeOf: new Map(kinds.map((kind, code) => [kind, code])),
    isDerived: Uint8Array.from(kinds, kind => ((DERIVED_KINDS as readonly string[]).includes(kind) ? 1 : 0)),
    lastActiveDay,
  }
}

/** Days of one kind per slot; empty where the kind is not known. */
export function runsOf({ cells, codeOf }: Pick<CellIndex, 'cells' | 'codeOf'>, kind: string): DayRuns {
  const code = codeOf.get(kind)
  return (code === undefined ? undefined : cells.runs[code]) ?? NO_RUNS
}
