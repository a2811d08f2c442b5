import { type ChecklistModel, checklistModel } from '#schema/checklist'
import { type ScoringModel, scoringModel } from '#schema/model'
import { parseChecklist } from './checklist.ts'
import { DEFAULT_MODEL } from './default-model.ts'
import { faultsOf, type ModelFault, parseSignalModel, withoutNulls } from './parse-model.ts'

/**
 * Reads a scoring model of either kind: one of signals, or a checklist (`kind: "checklist"`). A member that is null counts as
 * not given.
 *
 * @param json a parsed JSON document, or a model that was read before, with changes
 * @returns the model with every default filled in; a checklist as its rows, with no signals and conditions
 * @throws AppError usage/bad-model with the path of the first fault and what is wrong there
 *
 * Source: docs/methods/score.md, "Default model" and "Checklist models".
 */
export function parseModel(json: unknown): ScoringModel {
  if (has(json, 'kind') && json.kind === 'checklist') return asScored(parseChecklist(json))
  // Read before: a model with rows is none that a document of signals could be.
  if (has(json, 'checklist') && Array.isArray(json.checklist))
    return asScored(parseChecklist(modelDocument(json as ScoringModel)))
  return parseSignalModel(json)
}

/**
 * Every fault of a document that is to be a model, for an editor to show at their places.
 *
 * @param json a parsed JSON document of either kind
 * @returns faults with their paths (`signals[3].cap.days`); empty where `parseModel` reads it
 *
 * Source: docs/methods/score.md, "Model hygiene".
 */
export function modelFaults(json: unknown): readonly ModelFault[] {
  const schema = has(json, 'kind') && json.kind === 'checklist' ? checklistModel : scoringModel
  const parsed = schema.safeParse(withoutNulls(json))
  return parsed.success ? [] : faultsOf(parsed.error)
}

/**
 * The document that a model is: what is kept, shown and hashed.
 *
 * @param model of `parseModel`
 * @returns what `parseModel` reads the same model from
 *
 * Source: docs/methods/score.md, "Checklist models".
 */
export function modelDocument(model: ScoringModel): ScoringModel | ChecklistModel {
  const { checklist, ...signals } = model
  if (checklist === undefined) return signals
  const { version, name, timeZone, stages, loop, roles, fit, milestones, activation, rollups, taxonomy } = model
  const shared = { loop, roles, fit, milestones, activation, rollups, taxonomy }
  return { version, kind: 'checklist', name, timeZone, rows: [...checklist], stages, ...shared }
}

/** A checklist as a model that is scored by. Buckets have no part in it. */
function asScored({ kind: _, $schema: __, rows, ...rest }: ChecklistModel): ScoringModel {
  const { buckets } = DEFAULT_MODEL
  return { ...rest, buckets, signals: [], conditions: [], checklist: rows }
}

function has<K extends string>(json: unknown, key: K): json is Record<K, unknown> {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, key)
}
