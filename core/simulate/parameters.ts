import {
  BUCKETS,
  type BucketId,
  type ChecklistRow,
  type Condition,
  type ScoringModel,
  SIGNAL_BUCKETS,
  type Signal,
} from '#schema/model'
import { mixedJudge } from './changes.ts'
import { scoreTestsOf } from './scenario.ts'
import type { Judge } from './simulator.ts'

export type ParameterGroup = 'signals' | 'buckets' | 'conditions' | 'roles' | 'stages' | 'checklist' | 'routing'
type Unit = 'points' | 'days' | 'factor' | 'score' | 'value'

/** One figure or choice of a judge that a scenario can change, and where a handle for it may go. */
export type Parameter = Readonly<{
  /** `signals.pricing_page_view.points`; ids of the model may hold dots, so that the path says where it lies. */
  id: string
  /** Place in a scenario: `model`, `signals`, `pricing_page_view`, `points`. */
  path: readonly string[]
  group: ParameterGroup
  /** Signal, bucket, condition, role, stage or rule. */
  subject: string
  field: string
  /** Null where the model says nothing: no cap, no own curve. */
  value: number | string | null
}> &
  (
    | Readonly<{ kind: 'number'; min: number; max: number; step: number; unit: Unit }>
    | Readonly<{ kind: 'choice'; choices: readonly string[] }>
  )

type Place = Pick<Parameter, 'group' | 'subject' | 'field' | 'value'>
type Range = Readonly<{ min: number; max: number; step: number; unit: Unit }>

const CURVES = ['time_constant', 'half_life', 'linear', 'none']
const COUNTS = ['each', 'daily', 'first', 'latest']
const ROLES = ['admin', 'manager', 'contributor', 'other'] as const
const STAGES = ['warm', 'pql', 'hot'] as const
const SCORE: Range = { min: 0, max: 100, step: 0.5, unit: 'score' }
const DAYS: Range = { min: 1, max: 120, step: 1, unit: 'days' }

/**
 * Everything that a scenario can change in a judge, in the model's order, with the range that a handle covers: from nothing to
 * three times the figure, at least to a sensible end. A scenario may go beyond it.
 *
 * Source: docs/methods/simulate.md, "Parameters".
 */
export function parametersOf({ model, policy }: Judge): readonly Parameter[] {
  const found = model.checklist === undefined ? signalParameters(model) : []
  const stages = STAGES.map(id => numberAt({ group: 'stages', subject: id, field: id, value: model.stages[id] }, SCORE))
  const rules = policy.rules.flatMap(rule => {
    const values = new Map(scoreTestsOf(rule).map(({ op, value }) => [op, value as number])) // by a number
    return [...values].map(([op, value]) => numberAt({ group: 'routing', subject: rule.id, field: op, value }, SCORE))
  })
  return [...found, ...stages, ...(model.checklist ?? []).flatMap(rowParameters), ...rules]
}

function rowParameters({ signal, weight, threshold }: ChecklistRow): readonly Parameter[] {
  const at = (field: string, value: number): Place => ({ group: 'checklist', subject: signal, field, value })
  const points = pointsUpTo(Math.abs(weight), 30)
  // What is counted is whole; a share is not.
  const isShare = threshold > 0 && threshold < 1
  const range: Range = isShare
    ? { min: 0, max: 1, step: 0.05, unit: 'value' }
    : { min: Math.min(0, 3 * threshold), max: Math.max(10, 3 * threshold), step: 1, unit: 'value' }
  return [
    numberAt(at('weight', weight), weight < 0 ? { ...points, min: -points.max, max: 0 } : points),
    numberAt(at('threshold', threshold), range),
  ]
}

function signalParameters(model: ScoringModel): readonly Parameter[] {
  return [
    ...BUCKETS.flatMap(id => bucketParameters(model, id)),
    ...model.signals.flatMap(signal => parametersOfSignal(model, signal)),
    ...model.conditions.flatMap(parametersOfCondition),
    ...ROLES.map(role =>
      numberAt(
        { group: 'roles', subject: role, field: role, value: model.roles[role] },
        { min: 0, max: Math.max(2, model.roles[role] * 2), step: 0.05, unit: 'factor' },
      ),
    ),
  ]
}

function bucketParameters({ buckets }: ScoringModel, id: BucketId): readonly Parameter[] {
  const at = (field: string, value: number | string | null): Place => ({ group: 'buckets', subject: id, field, value })
  const maximum = (value: number | null): Parameter => numberAt(at('max', value), pointsUpTo(value ?? 0, 50))
  if (id === 'fit') return [maximum(buckets.fit.max ?? null)]
  const { max, min, scope, curve, decayDays } = buckets[id]
  return [
    ...(max === undefined && min !== undefined ? [] : [maximum(max ?? null)]),
    ...(min === undefined
      ? []
      : [numberAt(at('min', min), { min: Math.min(-100, min), max: 0, step: 1, unit: 'points' })]),
    ...(decayDays === undefined ? [] : [numberAt(at('decayDays', decayDays), daysUpTo(decayDays))]),
    choiceAt(at('curve', curve), CURVES),
    choiceAt(at('scope', scope), ['person', 'unit']),
  ]
}

function parametersOfSignal({ buckets }: ScoringModel, signal: Signal): readonly Parameter[] {
  const { id, points, cap, curve, decayDays, count, bucket } = signal
  const at = (field: string, value: number | string | null): Place => ({ group: 'signals', subject: id, field, value })
  const days = decayDays ?? buckets[bucket].decayDays
  return [
    numberAt(
      at('points', points),
      points < 0 ? { ...pointsUpTo(-points, 20), min: Math.min(3 * points, -20), max: 0 } : pointsUpTo(points, 20),
    ),
    numberAt(at('cap.points', cap?.points ?? null), pointsUpTo(cap?.points ?? 0, 30)),
    numberAt(at('cap.days', cap?.days ?? null), { ...DAYS, max: Math.max(60, (cap?.days ?? 0) * 2) }),
    ...(days === undefined ? [] : [numberAt(at('decayDays', decayDays ?? null), daysUpTo(days))]),
    choiceAt(at('curve', curve ?? null), CURVES),
    choiceAt(at('count', count), COUNTS),
    choiceAt(at('bucket', bucket), SIGNAL_BUCKETS),
  ]
}

function parametersOfCondition({ id, points, days }: Condition): readonly Parameter[] {
  const at = (field: string, value: number): Place => ({ group: 'conditions', subject: id, field, value })
  const end = Math.max(30, 2 * Math.abs(points))
  const range: Range = { min: points < 0 ? -end : 0, max: points < 0 ? 0 : end, step: 1, unit: 'points' }
  return [numberAt(at('points', points), range), numberAt(at('days', days), { ...daysUpTo(days), min: 0 })]
}

const pointsUpTo = (value: number, least: number): Range => ({
  min: 0,
  max: Math.max(least, 3 * value),
  step: 0.5,
  unit: 'points',
})

const daysUpTo = (value: number): Range => ({ ...DAYS, max: Math.max(DAYS.max, 2 * value) })

function numberAt(place: Place, range: Range): Parameter {
  return { ...place, ...named(place), kind: 'number', ...range }
}

function choiceAt(place: Place, choices: readonly string[]): Parameter {
  return { ...place, ...named(place), kind: 'choice', choices }
}

/** Roles and stages are one step shorter: their subject is their field. */
function named({ group, subject, field }: Place): Pick<Parameter, 'id' | 'path'> {
  const steps = group === 'roles' || group === 'stages' ? [group, subject] : [group, subject, ...field.split('.')]
  const path = group === 'routing' ? [group, subject, field] : ['model', ...steps]
  return { id: group === 'routing' ? path.join('.') : steps.join('.'), path }
}

/**
 * A judge with one parameter at another value.
 *
 * @param parameter of the judge
 */
export function withParameter(judge: Judge, { path, value: from }: Parameter, value: number): Judge {
  const [first = '', ...rest] = path
  const steps = first === 'model' ? rest : path
  const [part = '', subject = '', field = '', figure] = steps
  if (figure === undefined) return mixedJudge(judge, [{ id: part, path: steps, from, to: value }], () => true)
  const cap = judge.model.signals.find(({ id }) => id === subject)?.cap
  const to = { points: cap?.points ?? 0, days: cap?.days ?? 1, [figure]: value }
  return mixedJudge(judge, [{ id: part, path: [part, subject, field], from, to }], () => true)
}
