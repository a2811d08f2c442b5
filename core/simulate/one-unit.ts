import { firstRunFrom } from '#features'
import type { DayRuns } from '#schema/cells'
import type { RoleColumns } from '#score'
import type { KernelColumns } from './kernel.ts'

/**
 * The columns of one unit alone: what it takes to judge it many times in no time.
 *
 * @param u position of the unit
 * @returns columns in which it is unit 0; its numbers are those of the whole, bit for bit
 *
 * Source: docs/methods/simulate.md, "One unit".
 */
export function columnsOfUnit({ cells, roles, fit, units }: KernelColumns, u: number): KernelColumns {
  const { start } = cells.slots
  return {
    cells: slotsWithin(cells, u),
    // Within range: u is a position in units.
    roles: rolesWithin(roles, start[u] as number, start[u + 1] as number),
    fit: { ...fit, score: fit.score.slice(u, u + 1), tier: fit.tier.slice(u, u + 1) },
    units: { trialEndDay: units.trialEndDay.slice(u, u + 1), createdDay: units.createdDay.slice(u, u + 1) },
  }
}

/** The cells of one unit alone, in which it is unit 0; kinds and days are those of the whole. */
export function slotsWithin(
  { kinds, days, runs, slots, lastActiveDay }: KernelColumns['cells'],
  u: number,
): KernelColumns['cells'] {
  const { start, person } = slots
  const [from, to] = [start[u] as number, start[u + 1] as number]
  return {
    kinds,
    days,
    runs: runs.map(own => runsWithin(own, from, to)),
    slots: { start: Uint32Array.of(0, to - from), person: person.slice(from, to), unit: new Uint32Array(to - from) },
    lastActiveDay: lastActiveDay.slice(u, u + 1),
  }
}

function rolesWithin({ row, weight, isAdmin, isPersonaChampion }: RoleColumns, from: number, to: number): RoleColumns {
  return {
    row: row.slice(from, to),
    weight: weight.slice(from, to),
    isAdmin: isAdmin.slice(from, to),
    isPersonaChampion: isPersonaChampion.slice(from, to),
  }
}

/** Runs of the slots from..to, counted from the first of them. */
function runsWithin({ subject, start, day, n }: DayRuns, from: number, to: number): DayRuns {
  const [first, end] = [firstRunFrom({ subject }, from), firstRunFrom({ subject }, to)]
  // Within range: `start` is one longer than the runs.
  const [low, high] = [start[first] as number, start[end] as number]
  return {
    subject: subject.slice(first, end).map(slot => slot - from),
    start: start.slice(first, end + 1).map(entry => entry - low),
    day: day.slice(low, high),
    n: n.slice(low, high),
  }
}
