import { type BucketRow, type Curve, type OracleModel, RECIPE, type SignalRow } from './model.ts'
import type { Dice } from './random.ts'

const CURVES: readonly Curve[] = ['time_constant', 'half_life', 'linear', 'none']
const NAMES = ['activation', 'depth', 'intent', 'expansion', 'negative'] as const
const ZONES = [
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'America/Santiago',
  'Africa/Cairo',
  'Europe/London',
]

/** The recipe, or a model far from it. */
export function randomModel(dice: Dice): OracleModel {
  const model: OracleModel = structuredClone(RECIPE)
  if (dice.chance(0.6)) model.timeZone = dice.pick(ZONES)
  if (dice.chance(0.35)) return model
  model.name = 'Random'
  model.loop.events = dice.pick([100, 100, 3, 5])
  for (const name of NAMES) Object.assign(model.buckets, { [name]: randomBucket(dice, model.buckets[name], name) })
  if (dice.chance(0.3)) model.buckets.fit = { max: dice.pick([5, 10, 20]), tiers: { A: 10, B: 7.5, C: 0.5, D: 1 } }
  model.signals = model.signals.flatMap(row => randomSignals(dice, row))
  model.conditions = [
    { id: 'trial_ending', bucket: dice.pick(NAMES), points: dice.pick([5, 7.5, 0]), days: dice.pick([0, 3, 10]) },
    { id: 'inactive_14d', bucket: dice.pick(['negative', 'depth']), points: -20, days: dice.pick([0, 1, 7, 14, 30]) },
    ...(dice.chance(0.5)
      ? [{ id: 'quiet', when: 'inactive' as const, bucket: 'negative', points: -3.3, days: 2 }]
      : []),
  ]
  if (dice.chance(0.5))
    model.roles = {
      admin: 2,
      manager: 0,
      contributor: 0.95,
      other: 1,
      targetDepartments: dice.pick([[], ['IT', 'Data & Analytics']]),
    }
  if (dice.chance(0.5)) model.fit = { rules: fitRules() }
  if (dice.chance(0.3)) model.stages = { warm: 5, pql: 10, hot: 20 }
  if (dice.chance(0.3))
    model.taxonomy = [{ kind: 'Odd Kind', category: 'depth', match: ['odd*thing'] }, ...model.taxonomy]
  if (dice.chance(0.2)) {
    model.taxonomy = [
      { kind: 'taken', category: 'intent', match: ['invite_*', '*limit*', 'c*r*e*used'] },
      ...model.taxonomy,
    ]
    model.signals.push({ id: 'taken', kind: 'taken', bucket: 'intent', points: 1.1, count: 'each' })
  }
  return model
}

function fitRules(): NonNullable<OracleModel['fit']>['rules'] {
  return [
    { field: 'employee_count', op: '>=', value: 50, points: 30 },
    { field: 'employee_count', op: '<', value: 1000, points: 25 },
    { field: 'industry', op: '=', value: 'Software', points: 22.5 },
    { field: 'hq_country', op: 'in', value: ['US', 'DE'], points: 20 },
    { field: 'tech_stack', op: 'contains', value: 'snowflake', points: 15 },
    { field: 'territory', op: 'known', points: -60 },
  ]
}

function randomBucket(dice: Dice, bucket: BucketRow, name: string): BucketRow {
  const next: BucketRow = { ...bucket }
  if (dice.chance(0.4)) next.scope = dice.pick(['person', 'unit'])
  if (dice.chance(0.4)) next.curve = dice.pick(CURVES)
  if (dice.chance(0.3)) next.decayDays = dice.pick([1, 7, 10.5, 45])
  if (dice.chance(0.3)) delete next.max
  else if (dice.chance(0.4) && name !== 'negative') next.max = dice.pick([0, 3, 12.5, 60])
  if (dice.chance(0.3)) delete next.min
  return next
}

function randomSignals(dice: Dice, row: SignalRow): SignalRow[] {
  if (dice.chance(0.1)) return []
  const next: SignalRow = { ...row }
  if (dice.chance(0.3)) next.points = dice.pick([0.1, 1, 3.7, 25, -4, 0])
  if (dice.chance(0.3)) next.count = dice.pick(['each', 'daily', 'first', 'latest'])
  if (dice.chance(0.2)) next.bucket = dice.pick(NAMES)
  if (dice.chance(0.3)) delete next.cap
  if (dice.chance(0.3)) next.cap = { points: dice.pick([0, 1, 5, 7.5, 100]), days: dice.pick([1, 7, 30, 400]) }
  if (dice.chance(0.3)) next.curve = dice.pick(CURVES)
  if (dice.chance(0.3)) next.decayDays = dice.pick([1, 7, 20, 3.5])
  return dice.chance(0.1) ? [next, { ...row, id: `${row.id} again`, bucket: dice.pick(NAMES) }] : [next]
}
