import { AppError } from '#lib/errors'
import type { ScoringModel } from '#schema/model'
import { DESTINATIONS, type RoutingPolicy } from '#schema/policy'
import { scenarioPolicy } from './scenario.ts'
import type { Judge, Judged, Simulator } from './simulator.ts'

/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001
/** Below every score. */
const ALWAYS = -1
/** From the lowest to the highest. */
const STAGES = ['warm', 'pql', 'hot'] as const

type Stages = ScoringModel['stages']

/** The threshold that is looked for: of a stage, or of a rule's test `score >= t`. */
export type SolveTarget =
  | Readonly<{ kind: 'stage'; stage: keyof ScoringModel['stages'] }>
  | Readonly<{ kind: 'rule'; ruleId: string }>

/** Units by threshold, at [t * 10] for t in 0..100. */
export type ThresholdFlow = Readonly<{
  /** Units that came above the threshold within the week up to asOf. */
  entrants: Uint32Array
  /** Units above it. */
  stock: Uint32Array
}>

export type Solved = Readonly<{
  threshold: number
  entrants: number
  stock: number
  /** The first threshold below that lets in more than there is room for; null where none does. */
  next: Readonly<{ threshold: number; entrants: number }> | null
  /** Entrants that this threshold brings beside those of the one before it: they come all or none. */
  tied: number
}>

/** A threshold that cannot be where the other stages are: which of them would have to move first. */
export type Blocked = Readonly<{
  side: 'lower' | 'higher'
  stage: keyof Stages
  /** Where that stage is. */
  threshold: number
  /** The best threshold that the stages leave room for; null where all of these let in too many. */
  best: Readonly<{ threshold: number; entrants: number; stock: number }> | null
}>

/**
 * Weekly entrants and stock by every threshold.
 *
 *   in(u, t)    = u could get there by all that is not this threshold, and score(u) >= t
 *   stock(t)    = number of units with in(u, t) now
 *   entrants(t) = number of those without in(u, t) a week before, by the same model, or not there then
 *
 * One pass over the units: each is an entrant for the thresholds between its score then and now.
 *
 * @throws AppError usage/bad-policy where the rule has no test `score >= number`; usage/bad-model for checklists
 *
 * Source: docs/methods/simulate.md, "Solving for a capacity".
 */
export function thresholdFlow(simulator: Simulator, judge: Judge, target: SolveTarget): ThresholdFlow {
  const open = target.kind === 'rule' ? { ...judge, policy: openedRule(judge.policy, target.ruleId) } : judge
  const now = simulator.judgeWeek(open)
  if (now.before === null)
    throw new AppError(
      'usage/bad-model',
      'a checklist knows of no week before, so that nobody can be said to have come',
    )
  const place = target.kind === 'rule' ? destinationOfRule(judge.policy, target.ruleId) : null
  const last = (judged: Judged, u: number): number =>
    // One value per unit: the highest threshold that the unit passes, in tenths; -1 where it cannot get there.
    place !== null && judged.destination[u] !== place ? -1 : Math.round((judged.score[u] as number) * 10)
  const [entrants, stock] = [new Int32Array(STEPS + 1), new Int32Array(STEPS + 1)]
  for (let u = 0; u < now.score.length; u++) {
    const to = last(now, u)
    const from = now.wasThere[u] === 0 ? -1 : last(now.before, u)
    addSpan(stock, 0, to)
    addSpan(entrants, from + 1, to)
  }
  return { entrants: summed(entrants), stock: summed(stock) }
}

/**
 * The threshold that fills a capacity: as the threshold falls from 100, entrants stay within the capacity down to some threshold;
 * of those it is the one with the most entrants; of several the lowest of the highest stretch. Below that come older units, and no more new ones.
 *
 * @param capacity units a week
 * @returns null where even the threshold 100 lets in more
 *
 * Source: docs/methods/simulate.md, "Solving for a capacity".
 */
export function solveCapacity({ entrants, stock }: ThresholdFlow, capacity: number): Solved | null {
  const last = lastWithin(entrants, capacity)
  if (last === STEPS) return null
  const step = busiest(entrants, last, STEPS - 1)
  const at = flowAt({ entrants, stock }, step)
  if (last === 0) return { ...at, next: null, tied: 0 }
  const beyond = entrants[last - 1] as number
  return {
    ...at,
    next: { threshold: (last - 1) / 10, entrants: beyond },
    tied: beyond - (entrants[last] as number),
  }
}

/**
 * What keeps a stage from the threshold that fills a capacity, as the other stages stand: stages rise, so that it lies between its neighbours.
 *
 *   best = of the thresholds between the neighbours that the capacity has room for, as in `solveCapacity`, the one with the most entrants
 *
 * @param solved what `solveCapacity` came to for that capacity
 * @returns null where the neighbours leave room for it, and for rules, which none bound
 *
 * Source: docs/methods/simulate.md, "Solving for a capacity".
 */
export function blockedBy(
  flow: ThresholdFlow,
  solved: Solved | null,
  { stages, target, capacity }: Readonly<{ stages: Stages; target: SolveTarget; capacity: number }>,
): Blocked | null {
  if (solved === null || target.kind === 'rule') return null
  const place = STAGES.indexOf(target.stage)
  const [lower, higher] = [STAGES[place - 1], STAGES[place + 1]]
  const least = lower === undefined ? 0 : stages[lower]
  const most = higher === undefined ? Number.POSITIVE_INFINITY : stages[higher]
  const isBelow = solved.threshold < least
  const stage = isBelow ? lower : higher
  if (stage === undefined || (!isBelow && solved.threshold <= most)) return null
  // A hair of slack: thresholds are tenths that are written as fractions of two.
  const from = Math.max(lastWithin(flow.entrants, capacity), Math.ceil(least * 10 - 1e-9))
  const to = Math.min(STEPS - 1, Math.floor(most * 10 + 1e-9))
  const side = isBelow ? 'lower' : 'higher'
  return {
    side,
    stage,
    threshold: stages[stage],
    best: from > to ? null : flowAt(flow, busiest(flow.entrants, from, to)),
  }
}

/** The lowest threshold, in tenths, from which on up to 100 entrants are within the capacity; STEPS where not even 100 is. */
function lastWithin(entrants: Uint32Array, capacity: number): number {
  let last = STEPS
  while (last > 0 && (entrants[last - 1] as number) <= capacity) last--
  return last
}

function flowAt({ entrants, stock }: ThresholdFlow, step: number): NonNullable<Blocked['best']> {
  // Within range: 0 <= step < STEPS.
  return { threshold: step / 10, entrants: entrants[step] as number, stock: stock[step] as number }
}

/** Of the thresholds from one to another, those with the most entrants: the lowest of their highest stretch. */
function busiest(entrants: Uint32Array, from: number, to: number): number {
  let best = to
  for (let step = to; step >= from; step--) if ((entrants[step] as number) > (entrants[best] as number)) best = step
  while (best > from && entrants[best - 1] === entrants[best]) best--
  return best
}

function addSpan(steps: Int32Array, from: number, to: number): void {
  if (to < from) return
  steps[from] = (steps[from] as number) + 1
  steps[to + 1] = (steps[to + 1] as number) - 1
}

function summed(steps: Int32Array): Uint32Array {
  let sum = 0
  return Uint32Array.from(steps.subarray(0, STEPS), step => (sum += step))
}

function openedRule(policy: RoutingPolicy, ruleId: string): RoutingPolicy {
  return scenarioPolicy(policy, { [ruleId]: { '>=': ALWAYS } })
}

function destinationOfRule({ rules }: RoutingPolicy, ruleId: string): number {
  return DESTINATIONS.indexOf(rules.find(({ id }) => id === ruleId)?.destination ?? 'none')
}
