import type { Day } from '#lib/time'
import type { Cells } from '#schema/cells'
import { DERIVED_KINDS } from '#schema/model'
import type { Unit } from '#schema/unit'
import { layOutSlots, type Slots, slotOf } from './slots.ts'

/** No day at all: before every day there is. */
export const NO_DAY = -(2 ** 31)

/** Cells with the ways into them: by unit, and from each cell to its slot. */
export type CellIndex = Readonly<{
  cells: Cells
  slots: Slots
  units: number
  /** Slot per cell. */
  slot: Uint32Array
  /** Cells of kind k in unit u: runStart[k * (units + 1) + u] .. runStart[k * (units + 1) + u + 1]. */
  runStart: Uint32Array
  codeOf: ReadonlyMap<string, number>
  /** 1 per kind code that is derived: no event, no activity. */
  isDerived: Uint8Array
  /** Newest day with any event per unit, loops and derived kinds aside; NO_DAY where there is none. */
  lastActiveDay: Int32Array
}>

/**
 * Indexes cells by unit and person. Linear in the cells.
 *
 * @param cells in their order
 * @param units the units the cells were built for, in the same order, with the same people
 */
export function indexCells(cells: Cells, units: readonly Unit[]): CellIndex {
  const slots = layOutSlots(units)
  const isDerived = Uint8Array.from(cells.kinds, kind => ((DERIVED_KINDS as readonly string[]).includes(kind) ? 1 : 0))
  const index: CellIndex = {
    cells,
    slots,
    units: units.length,
    slot: new Uint32Array(cells.count),
    runStart: new Uint32Array(cells.kinds.length * (units.length + 1)),
    codeOf: new Map(cells.kinds.map((kind, code) => [kind, code])),
    isDerived,
    lastActiveDay: new Int32Array(units.length).fill(NO_DAY),
  }
  for (let kind = 0; kind < cells.kinds.length; kind++) indexKind(index, kind)
  return index
}

function indexKind({ cells, slots, units, slot, runStart, isDerived, lastActiveDay }: CellIndex, kind: number): void {
  // Within range throughout: cells lie between the bounds of their kind and name units that exist.
  const end = cells.kindStart[kind + 1] as number
  const row = kind * (units + 1)
  let cell = cells.kindStart[kind] as number
  for (let unit = 0; unit < units; unit++) {
    runStart[row + unit] = cell
    let place = -1
    let person = Number.NaN
    while (cell < end && cells.unit[cell] === unit) {
      if (cells.person[cell] !== person) {
        person = cells.person[cell] as number
        place = slotOf(slots, unit, person)
      }
      slot[cell] = place
      if (isDerived[kind] === 0 && (cells.day[cell] as number) > (lastActiveDay[unit] as number)) {
        lastActiveDay[unit] = cells.day[cell] as number
      }
      cell++
    }
  }
  runStart[row + units] = end
}

/** First and last cell (exclusive) of a kind in a unit; an empty run where the kind is not known. */
export function runOf(index: CellIndex, kind: number | undefined, unit: number): readonly [from: number, to: number] {
  if (kind === undefined) return [0, 0]
  const at = kind * (index.units + 1) + unit
  return [index.runStart[at] as number, index.runStart[at + 1] as number]
}

/** Days since the newest event of a unit; Infinity where it has none. */
export function idleDays(index: CellIndex, unit: number, today: Day): number {
  const day = index.lastActiveDay[unit] as number
  return day === NO_DAY ? Number.POSITIVE_INFINITY : today - day
}
