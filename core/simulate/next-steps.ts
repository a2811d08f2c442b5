import { indexCells, NO_RUNS } from '#features'
import type { Day } from '#lib/time'
import type { Cells, DayRuns } from '#schema/cells'
import { DERIVED_KINDS, type ScoringModel, type Signal } from '#schema/model'
import type { Unit, UnitPerson } from '#schema/unit'
import { explainUnit, scoreGround } from '#score'
import type { UnitWorld } from './unit-history.ts'

/** One thing that would lift a unit to a score, by itself. */
export type NextStep = Readonly<{
  /** Events of a signal, today; the representative being known for an admin; fit being known for the best tier. */
  kind: 'events' | 'role' | 'fit'
  signal: string | null
  personId: string | null
  /** How many events; 1 otherwise. */
  times: number
  /** What the score would be. */
  score: number
}>

/** More events of one kind than this are no single step. */
const MOST_TIMES = 50

/**
 * The smallest single changes in what a unit does, or in what is known of it, that lift it to a score.
 *
 *   events of a signal   the least n <= 50 for which n more events today reach the score, by the representative (by nobody in
 *                        particular where the bucket is of the unit, or nobody represents it)
 *   role                 the representative known to be an admin
 *   fit                  fit known to be at its maximum, where it is unknown
 *
 * @param today  day of asOf in the model's zone
 * @param target score to reach
 * @returns steps, the fewest events first, ties by the higher score, then in the model's order; empty where the unit is there, or
 *   nothing single leads to it
 *
 * Source: docs/methods/score.md, "What would make it a PQL".
 */
export function nextSteps(world: UnitWorld, today: Day, target: number): readonly NextStep[] {
  const now = scoreWith(world, world.unit, world.cells, today)
  if (now.score >= target || world.model.checklist !== undefined) return []
  const ofSignals = world.model.signals.flatMap(signal => eventStep(world, signal, { today, target, now }))
  const steps = [...ofSignals, ...roleStep(world, { today, target, now }), ...fitStep(world, { today, target, now })]
  return steps.sort((a, b) => a.times - b.times || b.score - a.score)
}

type Goal = Readonly<{ today: Day; target: number; now: ReturnType<typeof scoreWith> }>

function eventStep(world: UnitWorld, signal: Signal, { today, target, now }: Goal): readonly NextStep[] {
  if (signal.points <= 0 || signal.kind === 'event_loop') return []
  const { unit, cells, model } = world
  const isPersonal = model.buckets[signal.bucket].scope === 'person'
  const place = isPersonal ? unit.people.findIndex(({ personId }) => personId === now.representativeId) : -1
  if (isPersonal && place < 0) return []
  const scoreOf = (times: number): number =>
    scoreWith(world, unit, withEvents(cells, { kind: signal.kind, slot: place + 1, day: today, times }), today).score
  const times = leastTimes(scoreOf, target)
  if (times === null) return []
  return [
    { kind: 'events', signal: signal.id, personId: unit.people[place]?.personId ?? null, times, score: scoreOf(times) },
  ]
}

/** More events never lower the value of a signal with points: halved between the last that fails and the first that does. */
function leastTimes(scoreOf: (times: number) => number, target: number): number | null {
  if (scoreOf(MOST_TIMES) < target) return null
  let low = 0
  let high = MOST_TIMES
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (scoreOf(middle) >= target) high = middle
    else low = middle
  }
  return high
}

function roleStep(world: UnitWorld, { today, target, now }: Goal): readonly NextStep[] {
  const { unit, cells, model } = world
  const asAdmin = (person: UnitPerson): UnitPerson =>
    person.personId === now.representativeId && !person.isAdmin
      ? { ...person, role: 'admin', roleFactor: model.roles.admin, isAdmin: true }
      : person
  const people = unit.people.map(asAdmin)
  const { score } = scoreWith(world, { ...unit, people }, cells, today)
  return score < target ? [] : [{ kind: 'role', signal: null, personId: now.representativeId, times: 1, score }]
}

function fitStep(world: UnitWorld, { today, target }: Goal): readonly NextStep[] {
  const { unit, cells, model } = world
  if (unit.fit.source !== 'unknown') return []
  const fit = { ...unit.fit, points: model.buckets.fit.max ?? 10 }
  const { score } = scoreWith(world, { ...unit, fit }, cells, today)
  return score < target ? [] : [{ kind: 'fit', signal: null, personId: null, times: 1, score }]
}

function scoreWith({ model }: Readonly<{ model: ScoringModel }>, unit: Unit, cells: Cells, today: Day) {
  const { score, representativeId } = explainUnit(scoreGround(indexCells(cells, [unit]), [unit], model, today), 0)
  return { score, representativeId }
}

type Added = Readonly<{ kind: string; slot: number; day: Day; times: number }>

/** The cells of one unit with more events of a kind on one day, which is that of asOf: none lies after it. */
function withEvents(cells: Cells, { kind, slot, day, times }: Added): Cells {
  const isKnownDay = cells.days[0] === day
  const shift = isKnownDay ? 0 : 1
  const days = isKnownDay ? cells.days : Int32Array.of(day, ...cells.days)
  const shifted = cells.runs.map(runs =>
    shift === 0 ? runs : { ...runs, day: Uint32Array.from(runs.day, code => code + 1) },
  )
  const code = cells.kinds.indexOf(kind)
  const kinds = code < 0 ? [...cells.kinds, kind] : cells.kinds
  const at = code < 0 ? cells.kinds.length : code
  const runs = [...shifted]
  runs[at] = withEntry(shifted[at] ?? NO_RUNS, slot, times)
  const isActivity = !(DERIVED_KINDS as readonly string[]).includes(kind)
  const lastActiveDay = isActivity ? Int32Array.of(day) : cells.lastActiveDay
  return { ...cells, kinds, days, runs, lastActiveDay }
}

/** Runs with so many more events of a slot on the newest day, whose position is 0. */
function withEntry(runs: DayRuns, slot: number, times: number): DayRuns {
  const lists = new Map<number, { day: number; n: number }[]>()
  for (const [run, subject] of runs.subject.entries()) {
    const entries: { day: number; n: number }[] = []
    // Within range: entries of a run lie between its starts.
    for (let i = runs.start[run] as number; i < (runs.start[run + 1] as number); i++)
      entries.push({ day: runs.day[i] as number, n: runs.n[i] as number })
    lists.set(subject, entries)
  }
  const own = lists.get(slot) ?? []
  const [first] = own
  if (first?.day === 0) first.n += times
  else own.unshift({ day: 0, n: times })
  lists.set(slot, own)
  const subjects = [...lists.keys()].sort((a, b) => a - b)
  const entries = subjects.map(subject => lists.get(subject) ?? [])
  const start = new Uint32Array(subjects.length + 1)
  for (const [i, list] of entries.entries()) start[i + 1] = (start[i] as number) + list.length
  const flat = entries.flat()
  return {
    subject: Uint32Array.from(subjects),
    start,
    day: Uint32Array.from(flat, ({ day }) => day),
    n: Uint32Array.from(flat, ({ n }) => n),
  }
}
