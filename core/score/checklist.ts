import { AppError } from '#lib/errors'
import { type ChecklistModel, checklistModel } from '#schema/checklist'
import type { ChecklistRow, ScoringModel } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import type { ScoreLine, Stage, UnitScore } from '#schema/score'
import { explainUnit } from './explain.ts'
import { issuePath, withoutNulls } from './parse-model.ts'
import { scoreOfTotal, stageOf } from './rounding.ts'
import type { ScoreGround } from './score-ground.ts'

/** Score of a checklist. The final points of its lines add up to the clamped, unrounded score. */
export type ChecklistScore = Readonly<{ total: number; score: number; stage: Stage; lines: readonly ScoreLine[] }>

type Checklist = Readonly<{ rows: readonly ChecklistRow[]; stages: ScoringModel['stages'] }>

/** The checklist of the source recipe: PQL from 60. */
export const DEFAULT_CHECKLIST: ChecklistModel = checklistModel.parse({
  version: 1,
  kind: 'checklist',
  name: 'Checklist',
  rows: [
    { signal: 'logins_7d', threshold: 5, weight: 10 },
    { signal: 'features_activated', threshold: 3, weight: 15 },
    { signal: 'team_invites', threshold: 2, weight: 20 },
    { signal: 'integrations_connected', threshold: 1, weight: 25 },
    { signal: 'records_imported', threshold: 100, weight: 20 },
    { signal: 'active_days_14d', threshold: 7, weight: 10 },
  ],
})

/** @throws AppError usage/bad-model with the path of the first fault */
export function parseChecklist(json: unknown): ChecklistModel {
  const parsed = checklistModel.safeParse(withoutNulls(json))
  if (parsed.success) return parsed.data
  const { path, message } = issuePath(parsed.error)
  throw new AppError('usage/bad-model', `checklist: ${path}: ${message}`, { path })
}

/**
 * Score of a unit by a checklist.
 *
 *   total = sum of the weights of the rows whose rollup is known and >= threshold; true counts as 1
 *
 * @param rollups of the unit; an unknown one (null, or no rollup of that name) meets no threshold
 * @returns score and stage by the same rounding as the ledger model, one line per row that is met
 *
 * Source: docs/methods/score.md, "Checklist models".
 */
export function scoreChecklist(model: Checklist, rollups: Rollups): ChecklistScore {
  const met = model.rows.filter(({ signal, threshold }) => valueOfRollup(rollups, signal) >= threshold)
  let total = 0
  for (const row of met) total += row.weight
  const score = scoreOfTotal(total)
  const lines = met.map(({ signal, weight }) => lineOf(signal, weight))
  const clamped = Math.min(100, Math.max(0, total)) - total
  if (clamped !== 0) lines.push(lineOf('clamp', clamped))
  return { total, score, stage: stageOf(score, model.stages), lines }
}

/**
 * The score of one unit by the checklist of its model, as `explainUnit` gives it by signals: buckets are 0, since a checklist
 * has none; coverage and representative are those of the unit's people, of whom nobody scores points.
 *
 * @param rows of the model
 * @param u position of the unit
 * @param rollups of the unit
 *
 * Source: docs/methods/score.md, "Checklist models".
 */
export function explainChecklist(
  ground: ScoreGround,
  rows: readonly ChecklistRow[],
  { u, rollups }: Readonly<{ u: number; rollups: Rollups }>,
): UnitScore {
  const { total, score, stage, lines } = scoreChecklist({ rows, stages: ground.model.stages }, rollups)
  const buckets = { activation: 0, depth: 0, expansion: 0, intent: 0, fit: 0, negative: 0 }
  return { ...explainUnit(ground, u), buckets, total, score, stage, range: [score, score], lines }
}

function valueOfRollup(rollups: Rollups, name: string): number {
  const value = Object.hasOwn(rollups, name) ? rollups[name as keyof Rollups] : null
  return value === null || value === undefined ? Number.NaN : Number(value)
}

function lineOf(signal: string, points: number): ScoreLine {
  return {
    signal,
    bucket: 'total',
    scope: 'unit',
    personId: null,
    occurrences: 1,
    firstDay: null,
    lastDay: null,
    pointsBeforeCap: points,
    pointsAfterCap: points,
    pointsAfterDecay: points,
    roleFactor: 1,
    finalPoints: points,
  }
}
