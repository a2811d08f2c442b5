import * as z from 'zod'
import { AppError } from '#lib/errors'
import { knownNames } from '#lib/known-names'
import { BUCKETS, type ChecklistRow, type ScoringModel, type Signal } from '#schema/model'
import type { RoutingPolicy, Rule, Test } from '#schema/policy'
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
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const message =
    unknown === undefined
      ? (issue?.message ?? 'not valid')
      : `there is no ${unknown}; ${knownNames(unknown, membersAt(issue?.path ?? []))}`
  throw new AppError('usage/bad-model', `scenario: ${path}: ${message}`, { path })
}

/** Members that a scenario may have at a place. */
function membersAt(path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = scenario
  for (const step of path) at = memberOf(whole(at), String(step))
  const schema = whole(at)
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  const keys = schema instanceof z.ZodRecord ? schema.keyType : null
  return keys instanceof z.ZodEnum ? keys.options.map(String) : []
}

function memberOf(schema: unknown, name: string): unknown {
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, unknown>)[name] : null // by its own keys
}

/** A schema without what makes it optional. */
function whole(schema: unknown): unknown {
  const isLoose =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  return isLoose ? whole(schema.unwrap()) : schema
}

/**
 * A model with the changes of a scenario.
 *
 * @param base    stays as it is
 * @param changes by the ids of signals, buckets and conditions of the base, and the rollups of a checklist's rows
 * @returns the changed model, checked as any model is; parts that nothing changes are those of the base
 * @throws AppError usage/bad-model where a change names what the base does not have, or the whole is no model any more
 *
 * Source: docs/methods/simulate.md, "Scenarios".
 */
export function scenarioModel(base: ScoringModel, changes: ModelChanges): ScoringModel {
  for (const id of Object.keys(changes.signals)) mustKnow(base.signals, 'signal', id)
  for (const id of Object.keys(changes.conditions)) mustKnow(base.conditions, 'condition', id)
  const rows = (base.checklist ?? []).map(row => ({ id: row.signal, ...row }))
  for (const id of Object.keys(changes.checklist ?? {})) mustKnow(rows, 'row of a checklist', id)
  const { version, signals, buckets, conditions, roles, stages } = base
  const { titles, targetDepartments, ...factors } = roles
  // Only what a scenario can change is read again: the rest was read with the base, and takes as long.
  const changed = parseModel({
    version,
    milestones: [],
    taxonomy: [],
    signals: signals.map(one => changedSignal(one, changes.signals[one.id])),
    buckets: Object.fromEntries(BUCKETS.map(id => [id, { ...buckets[id], ...changes.buckets[id] }])),
    conditions: conditions.map(one => ({ ...one, ...changes.conditions[one.id] })),
    roles: { ...factors, ...changes.roles },
    stages: { ...stages, ...changes.stages },
  })
  // What no scenario can change keeps its identity, so that comparing it costs nothing.
  return {
    ...base,
    signals: changed.signals,
    buckets: changed.buckets,
    conditions: changed.conditions,
    roles: { ...changed.roles, titles, targetDepartments },
    stages: changed.stages,
    ...(base.checklist === undefined ? {} : { checklist: base.checklist.map(row => changedRow(row, changes)) }),
  }
}

/**
 * A routing policy with the thresholds of a scenario: per rule and operator, the new value of each of its tests of the score.
 *
 * @param base    stays as it is
 * @param changes by the ids of rules of the base
 * @returns the changed policy; the base itself where nothing changes
 * @throws AppError usage/bad-policy where a change names a rule, or a test of one, that the base does not have
 *
 * Source: docs/methods/simulate.md, "Scenarios".
 */
export function scenarioPolicy(base: RoutingPolicy, changes: Scenario['routing']): RoutingPolicy {
  const ids = Object.keys(changes)
  if (ids.length === 0) return base
  for (const id of ids) for (const op of Object.keys(changes[id] ?? {})) mustTest(base, id, op)
  const rules = base.rules.map(rule => {
    const values = changes[rule.id]
    return values === undefined ? rule : withScores(rule, values)
  })
  return { ...base, rules }
}

type ScoreValues = Scenario['routing'][string]

function withScores(rule: Rule, values: ScoreValues): Rule {
  const changed = (tests: readonly Test[]): Test[] =>
    tests.map(test => {
      const value = test.fact === 'score' ? values[test.op as keyof ScoreValues] : undefined
      return value === undefined ? test : { ...test, value }
    })
  return {
    ...rule,
    all: changed(rule.all),
    any: changed(rule.any),
    destinationWhen: rule.destinationWhen.map(one => ({ ...one, all: changed(one.all) })),
    also: rule.also.map(one => ({ ...one, all: changed(one.all) })),
  }
}

/** Tests of the score that a rule has, wherever they stand. */
export function scoreTestsOf({ all, any, destinationWhen, also }: Rule): readonly Test[] {
  const tests = [...all, ...any, ...destinationWhen.flatMap(one => one.all), ...also.flatMap(one => one.all)]
  return tests.filter(({ fact, value }) => fact === 'score' && typeof value === 'number')
}

function mustTest({ rules }: RoutingPolicy, id: string, op: string): void {
  const rule = rules.find(one => one.id === id)
  if (rule === undefined)
    throw new AppError(
      'usage/bad-policy',
      `scenario: routing: the rules have none called ${id}; ${knownNames(
        id,
        rules.map(one => one.id),
      )}`,
      { rule: id },
    )
  if (scoreTestsOf(rule).some(test => test.op === op)) return
  const message = `scenario: rule ${id} has no test score ${op} a number, so there is nothing to change`
  throw new AppError('usage/bad-policy', message, { rule: id, op })
}

function changedRow(row: ChecklistRow, { checklist }: ModelChanges): ChecklistRow {
  const { weight = row.weight, threshold = row.threshold } = checklist?.[row.signal] ?? {}
  return { ...row, weight, threshold }
}

function changedSignal(base: Signal, change: ModelChanges['signals'][string] | undefined): unknown {
  if (change === undefined) return base
  const cap = change.cap === undefined ? base.cap : change.cap
  return { ...base, ...change, cap: cap === null || cap === undefined ? null : { ...base.cap, ...cap } }
}

function mustKnow(list: readonly Readonly<{ id: string }>[], what: string, id: string): void {
  if (list.some(one => one.id === id)) return
  const known = list.map(one => one.id)
  throw new AppError('usage/bad-model', `scenario: the model has no ${what} called ${id}; ${knownNames(id, known)}`, {
    [what]: id,
  })
}
