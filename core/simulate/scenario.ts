import { AppError } from '#lib/errors'
import { BUCKETS, type ScoringModel, type Signal } from '#schema/model'
import { type ModelChanges, type Scenario, scenario } from '#schema/scenario'
import { parseModel } from '#score'

/**
 * Reads a scenario.
 *
 * @param json a parsed JSON document; null takes away what the model says, elsewhere it is a fault
 * @returns the scenario with every default filled in
 * @throws AppError usage/bad-model with the path of the first fault and what is wrong there
 *
 * Source: docs/methods/simulate.md, "Scenarios".
 */
export function parseScenario(json: unknown): Scenario {
  const parsed = scenario.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String).join('.') || 'the document'
  throw new AppError('usage/bad-model', `scenario: ${path}: ${issue?.message ?? 'not valid'}`, { path })
}

/**
 * A model with the changes of a scenario.
 *
 * @param base    stays as it is
 * @param changes by the ids of signals, buckets and conditions of the base
 * @returns the changed model, checked as any model is; parts that nothing changes are those of the base
 * @throws AppError usage/bad-model where a change names what the base does not have, or the whole is no model any more
 *
 * Source: docs/methods/simulate.md, "Scenarios".
 */
export function scenarioModel(base: ScoringModel, changes: ModelChanges): ScoringModel {
  for (const id of Object.keys(changes.signals)) mustKnow(base.signals, 'signal', id)
  for (const id of Object.keys(changes.conditions)) mustKnow(base.conditions, 'condition', id)
  const { signals, buckets, conditions, roles, stages } = base
  const changed = parseModel({
    ...base,
    signals: signals.map(one => changedSignal(one, changes.signals[one.id])),
    buckets: Object.fromEntries(BUCKETS.map(id => [id, { ...buckets[id], ...changes.buckets[id] }])),
    conditions: conditions.map(one => ({ ...one, ...changes.conditions[one.id] })),
    roles: { ...roles, ...changes.roles },
    stages: { ...stages, ...changes.stages },
  })
  const { titles, targetDepartments } = roles
  // What no scenario can change keeps its identity, so that comparing it costs nothing.
  return {
    ...base,
    signals: changed.signals,
    buckets: changed.buckets,
    conditions: changed.conditions,
    roles: { ...changed.roles, titles, targetDepartments },
    stages: changed.stages,
  }
}

function changedSignal(base: Signal, change: ModelChanges['signals'][string] | undefined): unknown {
  if (change === undefined) return base
  const cap = change.cap === undefined ? base.cap : change.cap
  return { ...base, ...change, cap: cap === null || cap === undefined ? null : { ...base.cap, ...cap } }
}

function mustKnow(list: readonly Readonly<{ id: string }>[], what: string, id: string): void {
  if (list.some(one => one.id === id)) return
  throw new AppError('usage/bad-model', `scenario: the model has no ${what} called ${id}`, { [what]: id })
}
