import type { Steps } from '#lib/steps'
import { type JudgeChange, judgeChanges, mixedJudge } from './changes.ts'
import type { Judge, Judged } from './simulator.ts'

/** Why a unit moved. */
export type Cause = Readonly<{
  change: JudgeChange
  /** What replacing base by scenario here did to its score, the changes before it having been made. */
  points: number
  /** Without this change alone it would not have moved. */
  isAlone: boolean
}>

/** What moved: a unit's stage, its destination, either of them, or its score. */
export type MovedBy = 'stage' | 'destination' | 'any' | 'score'

/** Has a unit moved? */
export function hasMoved(base: Judged, scenario: Judged, u: number, by: MovedBy): boolean {
  const isStage = base.stage[u] !== scenario.stage[u]
  const isDestination = base.destination[u] !== scenario.destination[u]
  if (by === 'stage') return isStage
  if (by === 'destination') return isDestination
  return by === 'score' ? base.score[u] !== scenario.score[u] : isStage || isDestination
}

/**
 * Units that moved, the largest difference of their scores first; ties in the order of units.
 *
 * Source: docs/methods/simulate.md, "Movers and causes".
 */
export function moversOf(base: Judged, scenario: Judged, by: MovedBy): Uint32Array {
  const moved: number[] = []
  for (let u = 0; u < base.score.length; u++) if (hasMoved(base, scenario, u, by)) moved.push(u)
  // Positions in units, all of them.
  const size = (u: number): number => Math.abs((scenario.score[u] as number) - (base.score[u] as number))
  return Uint32Array.from(moved.sort((a, b) => size(b) - size(a) || a - b))
}

/** The moved units that a ribbon holds: at `from` in the base and at `to` in the scenario. */
export function unitsOfCell(base: Uint8Array, scenario: Uint8Array, from: number, to: number): Uint32Array {
  const units: number[] = []
  for (let u = 0; u < base.length; u++) if (base[u] === from && scenario[u] === to) units.push(u)
  return Uint32Array.from(units)
}

/** Causes of a scenario's moves, by unit; worked out once for all units. */
export type CauseReader = (u: number, by: MovedBy) => Cause | null

/** What judges units, always the same ones in the same order. */
type Judging = Readonly<{ judge(judge: Judge): Judged }>

/** Another world that the scenario is judged in, such as one with other persons: the first of its changes. */
export type OtherWorld = Readonly<{ change: JudgeChange; judging: Judging }>

/**
 * The one cause of every move: the change whose removal alone puts the unit back, else the one with the largest difference.
 *
 *   difference of change i = score with the first i changes - score with the first i - 1, in the model's order
 *   puts back              = stage and destination (what moved of them) without it are those of the base
 *
 * Of several that put it back, the one with the largest difference; ties: the first.
 *
 * @param other where the scenario has its own world; null: it is judged where the base is
 * @returns a generator that halts after each change, of which each is judged twice
 *
 * Source: docs/methods/simulate.md, "Movers and causes".
 */
export function* causeSteps(
  judging: Judging,
  base: Judge,
  scenario: Judge,
  other: OtherWorld | null = null,
): Steps<CauseReader> {
  const changes = [...(other === null ? [] : [other.change]), ...judgeChanges(base, scenario)]
  const judgedWith = (has: (change: JudgeChange) => boolean): Judged => {
    const world = other !== null && has(other.change) ? other.judging : judging
    const ofJudge = changes.filter(change => change !== other?.change)
    return world.judge(mixedJudge(base, ofJudge, has))
  }
  const judgedBase = judging.judge(base)
  const without: Judged[] = []
  const points: Float64Array[] = []
  const made = new Set<string>()
  let before = judgedBase
  for (const change of changes) {
    without.push(judgedWith(one => one !== change))
    made.add(change.id)
    const now = judgedWith(one => made.has(one.id))
    // Of one length.
    points.push(now.score.map((score, u) => score - (before.score[u] as number)))
    before = now
    yield
  }
  const end = before
  return (u, by) =>
    causeOf(u, { changes, without, points, isBack: judged => !hasMoved(judgedBase, judged, u, by), end })
}

type CauseGround = Readonly<{
  changes: readonly JudgeChange[]
  without: readonly Judged[]
  points: readonly Float64Array[]
  isBack(judged: Judged): boolean
  end: Judged
}>

function causeOf(u: number, { changes, without, points, isBack, end }: CauseGround): Cause | null {
  if (isBack(end)) return null
  let best: Cause | null = null
  for (const [i, change] of changes.entries()) {
    const cause = { change, points: points[i]?.[u] ?? 0, isAlone: without[i] !== undefined && isBack(without[i]) }
    if (best === null || isStronger(cause, best)) best = cause
  }
  return best
}

function isStronger(a: Cause, b: Cause): boolean {
  if (a.isAlone !== b.isAlone) return a.isAlone
  return Math.abs(a.points) > Math.abs(b.points)
}
