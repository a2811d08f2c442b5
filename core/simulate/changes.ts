import { BUCKETS, type ScoringModel } from '#schema/model'
import type { RoutingPolicy, Rule } from '#schema/policy'
import { isSameValue } from './same-cells.ts'
import { scenarioPolicy, scoreTestsOf } from './scenario.ts'
import type { Judge } from './simulator.ts'

/** One difference between two judges, and how to make a judge that has it or lacks it. */
export type JudgeChange = Readonly<{
  /** Place in the model or policy: `signals.pricing_page_view.points`. Unique. */
  id: string
  path: readonly string[]
  /** As plain values; null: not there. */
  from: unknown
  to: unknown
}>

type Place = Pick<JudgeChange, 'path' | 'from' | 'to'>

const BUCKET_FIELDS = ['max', 'min', 'scope', 'curve', 'decayDays', 'tiers'] as const
const SIGNAL_FIELDS = ['kind', 'bucket', 'points', 'count', 'cap', 'curve', 'decayDays'] as const
const CONDITION_FIELDS = ['when', 'bucket', 'points', 'days'] as const
const ROLES = ['admin', 'manager', 'contributor', 'other'] as const
const STAGE_FIELDS = ['warm', 'pql', 'hot'] as const

/**
 * What differs between two judges, in the model's order: buckets, signals, conditions, roles, stages, rows of a checklist, then
 * the rules of the policy. A signal that one of them lacks is one change; a cap is one.
 *
 * @param base     stays as it is
 * @param scenario within reach of the base
 *
 * Source: docs/methods/simulate.md, "Movers and causes".
 */
export function judgeChanges(base: Judge, scenario: Judge): readonly JudgeChange[] {
  const [a, b] = [base.model, scenario.model]
  const places: Place[] = [
    ...BUCKETS.flatMap(id => fieldChanges(['buckets', id], a.buckets[id], b.buckets[id], BUCKET_FIELDS)),
    ...listChanges('signals', a.signals, b.signals, SIGNAL_FIELDS),
    ...listChanges('conditions', a.conditions, b.conditions, CONDITION_FIELDS),
    ...fieldChanges(['roles'], a.roles, b.roles, ROLES),
    ...fieldChanges(['stages'], a.stages, b.stages, STAGE_FIELDS),
    ...checklistChanges(a, b),
    ...policyChanges(base.policy, scenario.policy),
  ]
  return places.map(place => ({ id: place.path.join('.'), ...place }))
}

function fieldChanges(path: readonly string[], a: object, b: object, fields: readonly string[]): Place[] {
  return fields.flatMap((field): Place[] => {
    const [from, to] = [memberOf(a, field), memberOf(b, field)]
    return isSameValue(from, to) ? [] : [{ path: [...path, field], from, to }]
  })
}

function memberOf(object: object, field: string): unknown {
  return (object as Record<string, unknown>)[field] ?? null // a member that is left out is none
}

type Entry = Readonly<{ id: string }>

function listChanges(part: string, a: readonly Entry[], b: readonly Entry[], fields: readonly string[]): Place[] {
  const byId = new Map(b.map(one => [one.id, one]))
  const known = new Set(a.map(one => one.id))
  const changed = a.flatMap((one): Place[] => {
    const now = byId.get(one.id)
    return now === undefined
      ? [{ path: [part, one.id], from: one, to: null }]
      : fieldChanges([part, one.id], one, now, fields)
  })
  const added = b.filter(one => !known.has(one.id)).map(one => ({ path: [part, one.id], from: null, to: one }))
  return [...changed, ...added]
}

function checklistChanges({ checklist: a }: ScoringModel, { checklist: b }: ScoringModel): Place[] {
  if (a === undefined && b === undefined) return []
  if (a === undefined || b === undefined) return [{ path: ['checklist'], from: a ?? null, to: b ?? null }]
  const named = (rows: typeof a): readonly Entry[] => rows.map(row => ({ id: row.signal, ...row }))
  return listChanges('checklist', named(a), named(b), ['weight', 'threshold'])
}

function policyChanges(base: RoutingPolicy, scenario: RoutingPolicy): Place[] {
  if (base === scenario) return []
  const byId = new Map(scenario.rules.map(rule => [rule.id, rule]))
  return base.rules.flatMap(rule => {
    const now = scoresOf(byId.get(rule.id) ?? rule)
    const before = scoresOf(rule)
    const ops = [...before.keys()].filter(op => !isSameValue(before.get(op), now.get(op)))
    return ops.map(op => ({ path: ['routing', rule.id, op], from: before.get(op) ?? null, to: now.get(op) ?? null }))
  })
}

function scoresOf(rule: Rule): ReadonlyMap<string, number> {
  return new Map(scoreTestsOf(rule).map(({ op, value }) => [op, value as number])) // tests of the score by a number
}

/**
 * A judge that has some of the changes.
 *
 * @param changes of `judgeChanges` between the two
 * @param isTaken says of each whether the scenario's value is taken, else the base's
 * @returns a judge to score by; it need not be a model that a file could hold (stages may fall)
 *
 * Source: docs/methods/simulate.md, "Movers and causes".
 */
export function mixedJudge(
  base: Judge,
  changes: readonly JudgeChange[],
  isTaken: (change: JudgeChange) => boolean,
): Judge {
  const taken = changes.filter(isTaken)
  const of = (part: string): readonly JudgeChange[] => taken.filter(({ path }) => path[0] === part)
  const { model, policy } = base
  const whole = of('checklist').find(({ path }) => path.length === 1)
  const rows = model.checklist?.map(row => ({ id: row.signal, ...row }))
  const checklist =
    whole === undefined
      ? rows === undefined
        ? undefined
        : mixedList(rows, of('checklist')).map(({ id: _, ...row }) => row)
      : (whole.to ?? undefined)
  const { checklist: _, ...rest } = model
  const mixed = {
    ...rest,
    ...(checklist === undefined ? {} : { checklist }),
    buckets: Object.fromEntries(BUCKETS.map(id => [id, withFields(model.buckets[id], of('buckets'), id)])),
    signals: mixedList(model.signals, of('signals')),
    conditions: mixedList(model.conditions, of('conditions')),
    roles: withFields(model.roles, of('roles')),
    stages: withFields(model.stages, of('stages')),
  } as ScoringModel // fields are those of one of the two models
  return { model: mixed, policy: withRules(policy, of('routing')) }
}

/** Sets the members that changes of one thing name: the last step of their path. */
function withFields<T extends object>(object: T, changes: readonly JudgeChange[], id?: string): T {
  const own = changes.filter(({ path }) => (id === undefined ? path.length === 2 : path[1] === id))
  if (own.length === 0) return object
  const next = { ...object } as Record<string, unknown> // its own members, and those of the other model
  for (const { path, to } of own) {
    const field = path.at(-1) ?? ''
    if (to === null) delete next[field]
    else next[field] = to
  }
  return next as T
}

function mixedList<T extends Entry>(list: readonly T[], changes: readonly JudgeChange[]): T[] {
  const gone = new Set(changes.filter(({ path, to }) => path.length === 2 && to === null).map(({ path }) => path[1]))
  const added = changes.filter(({ path, from }) => path.length === 2 && from === null)
  const fields = changes.filter(({ path }) => path.length === 3)
  const kept = list.filter(({ id }) => !gone.has(id)).map(one => withFields(one, fields, one.id))
  return [...kept, ...added.map(({ to }) => to as T)]
}

function withRules(policy: RoutingPolicy, changes: readonly JudgeChange[]): RoutingPolicy {
  const routing: Record<string, Record<string, number>> = {}
  for (const { path, to } of changes) {
    const [, rule = '', op = ''] = path
    routing[rule] = { ...routing[rule], [op]: to as number }
  }
  return scenarioPolicy(policy, routing)
}
