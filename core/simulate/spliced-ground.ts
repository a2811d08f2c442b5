import { firstRunFrom, NO_RUNS } from '#features'
import { invariant } from '#lib/errors'
import { unitOfSlots } from '#lib/unit-of-slots'
import type { DayRuns, Slots } from '#schema/cells'
import type { FitColumns, RoleColumns } from '#score'
import type { KernelColumns } from './kernel.ts'
import type { RollupColumns } from './rollup-columns.ts'
import type { FactKinds } from './route-table.ts'

/** What a simulator holds of each unit. */
export type UnitGround = Readonly<{ columns: KernelColumns; facts: FactKinds; rollups: RollupColumns }>

/** Units of one of two grounds that stay together: those from..to of it. */
type Stretch = Readonly<{ isOther: boolean; from: number; to: number }>

/** Two grounds of which each gives some of its units. */
type Pair<T> = Readonly<{ base: T; other: T; stretches: readonly Stretch[] }>

/**
 * A ground of which some units are taken from another one: what is worked out anew for a few units, among all others as they are.
 *
 * @param base  its days hold every day of the other
 * @param other units by the same model, kinds of facts counted as in `base`
 * @param order per unit of the result its position in `base`, or -1 - its position in `other`
 * @returns columns of their own; persons are numbered within each of the two, which only their order in a unit rests on
 *
 * Source: docs/methods/simulate.md, "Who is who".
 */
export function splicedGround(base: UnitGround, other: UnitGround, order: Int32Array): UnitGround {
  const stretches = stretchesOf(order)
  const of = <T>(part: (ground: UnitGround) => T): Pair<T> => ({ base: part(base), other: part(other), stretches })
  return {
    columns: splicedColumns(of(ground => ground.columns)),
    facts: splicedFacts(of(ground => ground.facts)),
    rollups: splicedRollups(
      of(ground => ground.rollups),
      order.length,
    ),
  }
}

function stretchesOf(order: Int32Array): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (let i = 0; i < order.length; ) {
    const first = order[i] as number // i < length
    const isOther = first < 0
    const step = isOther ? -1 : 1
    let end = i + 1
    // Positions of the other fall from -1 on, so that no stretch goes over from one to the other.
    while (end < order.length && order[end] === first + step * (end - i)) end++
    const from = isOther ? -1 - first : first
    stretches.push({ isOther, from, to: from + end - i })
    i = end
  }
  return stretches
}

type Column = Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array

/** The values of every unit, one column after another. */
function joined<C extends Column>({ base, other, stretches }: Pair<C>, out: C): C {
  let at = 0
  for (const { isOther, from, to } of stretches) {
    out.set((isOther ? other : base).subarray(from, to), at)
    at += to - from
  }
  return out
}

const lengthOf = (stretches: readonly Stretch[]): number => stretches.reduce((sum, { from, to }) => sum + to - from, 0)

function splicedColumns({ base, other, stretches }: Pair<KernelColumns>): KernelColumns {
  const units = lengthOf(stretches)
  const slots = slotStretches({ base: base.cells.slots, other: other.cells.slots, stretches })
  const places = lengthOf(slots)
  const cells = { base: base.cells, other: other.cells, stretches }
  const start = startsOf(cells)
  const ofSlots = <C extends Column>(part: (columns: KernelColumns) => C, out: C): C =>
    joined({ base: part(base), other: part(other), stretches: slots }, out)
  const ofUnits = <C extends Column>(part: (columns: KernelColumns) => C, out: C): C =>
    joined({ base: part(base), other: part(other), stretches }, out)
  return {
    cells: {
      kinds: base.cells.kinds,
      days: base.cells.days,
      runs: splicedRuns({ base: base.cells, other: other.cells, stretches: slots }),
      slots: {
        start,
        person: ofSlots(({ cells: own }) => own.slots.person, new Int32Array(places)),
        unit: unitOfSlots(start),
      },
      lastActiveDay: ofUnits(({ cells: own }) => own.lastActiveDay, new Int32Array(units)),
    },
    roles: splicedRoles({ base: base.roles, other: other.roles, stretches: slots }),
    fit: splicedFit({ base: base.fit, other: other.fit, stretches }),
    units: {
      trialEndDay: ofUnits(({ units: own }) => own.trialEndDay, new Int32Array(units)),
      createdDay: ofUnits(({ units: own }) => own.createdDay, new Int32Array(units)),
    },
  }
}

/** The slots of the units of each stretch: neighbours, as slots of a unit are. */
function slotStretches({ base, other, stretches }: Pair<Slots>): readonly Stretch[] {
  return stretches.map(({ isOther, from, to }) => {
    const { start } = isOther ? other : base
    return { isOther, from: start[from] as number, to: start[to] as number } // one start more than units
  })
}

function startsOf({ base, other, stretches }: Pair<KernelColumns['cells']>): Uint32Array {
  const starts = new Uint32Array(lengthOf(stretches) + 1)
  let [u, slot] = [0, 0]
  for (const { isOther, from, to } of stretches) {
    const { start } = (isOther ? other : base).slots
    for (let own = from; own < to; own++) {
      slot += (start[own + 1] as number) - (start[own] as number) // one start more than units
      starts[++u] = slot
    }
  }
  return starts
}

function splicedRoles({ base, other, stretches }: Pair<RoleColumns>): RoleColumns {
  const size = lengthOf(stretches)
  return {
    row: joined({ base: base.row, other: other.row, stretches }, new Uint8Array(size)),
    weight: joined({ base: base.weight, other: other.weight, stretches }, new Float64Array(size)),
    isAdmin: joined({ base: base.isAdmin, other: other.isAdmin, stretches }, new Uint8Array(size)),
    isPersonaChampion: joined(
      { base: base.isPersonaChampion, other: other.isPersonaChampion, stretches },
      new Uint8Array(size),
    ),
  }
}

function splicedFit({ base, other, stretches }: Pair<FitColumns>): FitColumns {
  const tiers = [...new Set([...base.tiers, ...other.tiers])]
  const size = lengthOf(stretches)
  const codes = other.tier.map(code => (code < 0 ? code : tiers.indexOf(other.tiers[code] ?? '')))
  return {
    score: joined({ base: base.score, other: other.score, stretches }, new Float64Array(size)),
    tier: joined({ base: base.tier, other: codes, stretches }, new Int32Array(size)),
    tiers,
  }
}

function splicedFacts({ base, other, stretches }: Pair<FactKinds>): FactKinds {
  const ofUnit = joined({ base: base.ofUnit, other: other.ofUnit, stretches }, new Uint32Array(lengthOf(stretches)))
  return { ofUnit, facts: other.facts }
}

function splicedRollups({ base, other, stretches }: Pair<RollupColumns>, units: number): RollupColumns {
  const unknown = new Float64Array(Math.max(0, ...stretches.map(({ to }) => to))).fill(Number.NaN)
  const names = new Set([...base.keys(), ...other.keys()])
  const columns = [...names].map(name => {
    const pair = { base: base.get(name) ?? unknown, other: other.get(name) ?? unknown, stretches }
    return [name, joined(pair, new Float64Array(units))] as const
  })
  return new Map(columns)
}

function splicedRuns({ base, other, stretches }: Pair<KernelColumns['cells']>): DayRuns[] {
  const placeOf = new Map([...base.days].map((day, place) => [day, place]))
  const places = Uint32Array.from(other.days, day => {
    const place = placeOf.get(day)
    invariant(place !== undefined, 'every day of the other units is a day of the base')
    return place
  })
  return base.kinds.map((_kind, kind) => {
    const own = other.runs[kind] ?? NO_RUNS
    const moved = { ...own, day: Uint32Array.from(own.day, code => places[code] as number) } // codes are positions of days
    return runsOfKind({ base: base.runs[kind] ?? NO_RUNS, other: moved, stretches })
  })
}

/** Runs from..to of one of the two, and what their slots begin with in the result. */
type RunStretch = Readonly<{ runs: DayRuns; from: number; to: number; shift: number }>

function runsOfKind({ base, other, stretches }: Pair<DayRuns>): DayRuns {
  const parts: RunStretch[] = []
  let [slot, count, entries] = [0, 0, 0]
  for (const { isOther, from, to } of stretches) {
    const runs = isOther ? other : base
    const [first, end] = [firstRunFrom(runs, from), firstRunFrom(runs, to)]
    parts.push({ runs, from: first, to: end, shift: slot - from })
    count += end - first
    entries += (runs.start[end] as number) - (runs.start[first] as number) // one start more than runs
    slot += to - from
  }
  return joinedRuns(parts, count, entries)
}

function joinedRuns(parts: readonly RunStretch[], count: number, entries: number): DayRuns {
  const isNarrow = parts.every(({ runs, from, to }) => from === to || runs.n instanceof Uint16Array)
  const isFewDays = parts.every(({ runs, from, to }) => from === to || isBelow(runs.day, 0x10000))
  const subject = new Uint32Array(count)
  const start = new Uint32Array(count + 1)
  const day = isFewDays ? new Uint16Array(entries) : new Uint32Array(entries)
  const n = isNarrow ? new Uint16Array(entries) : new Uint32Array(entries)
  let [run, entry] = [0, 0]
  for (const { runs, from, to, shift } of parts) {
    // Within range throughout: one start more than runs.
    const [low, high] = [runs.start[from] as number, runs.start[to] as number]
    for (let own = from; own < to; own++) {
      subject[run] = (runs.subject[own] as number) + shift
      start[run++] = (runs.start[own] as number) - low + entry
    }
    day.set(runs.day.subarray(low, high), entry)
    n.set(runs.n.subarray(low, high), entry)
    entry += high - low
  }
  start[count] = entries
  return { subject, start, day, n }
}

const isBelow = (codes: DayRuns['day'], limit: number): boolean =>
  codes instanceof Uint16Array || codes.every(code => code < limit)
