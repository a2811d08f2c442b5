import fc from 'fast-check'
import { BUCKETS, SIGNAL_BUCKETS } from '#schema/model'
import type { ModelChanges } from '#schema/scenario'

type Change = Readonly<{ [K in keyof ModelChanges]?: ModelChanges[K] }>

/** Ids of the signals that random models have. */
const signal = fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6')
const curve = fc.constantFrom('time_constant' as const, 'half_life' as const, 'linear' as const, 'none' as const)
const days = fc.constantFrom(0.5, 1, 7, 14, 30, 365)
const points = fc.constantFrom(-40, -2.5, 0, 0.1, 1 / 3, 3, 12)
const ofSignal = <T>(id: string, value: T): Change => ({ signals: { [id]: value } }) as Change // one of a signal's members
const ofBucket = <T>(id: string, value: T): Change => ({ buckets: { [id]: value } }) as Change // one of a bucket's members

/** One change of every kind that a scenario has, by its name. */
export const CHANGES: Readonly<Record<string, fc.Arbitrary<Change>>> = {
  points: fc.tuple(signal, points).map(([id, value]) => ofSignal(id, { points: value })),
  count: fc
    .tuple(signal, fc.constantFrom('each', 'daily', 'first', 'latest'))
    .map(([id, count]) => ofSignal(id, { count })),
  cap: fc
    .tuple(signal, fc.option(fc.record({ points: fc.constantFrom(0, 2, 6.5), days: fc.constantFrom(1, 3, 14) })))
    .map(([id, cap]) => ofSignal(id, { cap })),
  'curve of a signal': fc
    .tuple(signal, fc.option(curve), fc.option(days))
    .map(([id, own, decayDays]) => ofSignal(id, { curve: own, decayDays })),
  'bucket of a signal': fc
    .tuple(signal, fc.constantFrom(...SIGNAL_BUCKETS))
    .map(([id, bucket]) => ofSignal(id, { bucket })),
  'half-life': fc.tuple(fc.constantFrom(...SIGNAL_BUCKETS), days).map(([id, decayDays]) => ofBucket(id, { decayDays })),
  curve: fc.tuple(fc.constantFrom(...SIGNAL_BUCKETS), curve).map(([id, own]) => ofBucket(id, { curve: own })),
  maxima: fc
    .tuple(fc.constantFrom(...BUCKETS), fc.option(fc.constantFrom(0, 3, 7.5, 40)))
    .map(([id, max]) => ofBucket(id, { max })),
  minima: fc
    .tuple(fc.constantFrom(...SIGNAL_BUCKETS), fc.option(fc.constantFrom(0, -3, -40)))
    .map(([id, min]) => ofBucket(id, { min })),
  scope: fc
    .tuple(fc.constantFrom(...SIGNAL_BUCKETS), fc.constantFrom('person', 'unit'))
    .map(([id, scope]) => ofBucket(id, { scope })),
  tiers: fc.constantFrom(0, 4, 9).map(A => ofBucket('fit', { tiers: { A, B: 2 } })),
  'role factor': fc
    .tuple(fc.constantFrom('admin', 'manager', 'contributor', 'other'), fc.constantFrom(0, 0.4, 0.99, 1, 1.7))
    .map(([role, factor]): Change => ({ roles: { [role]: factor } })),
  'condition days': fc
    .tuple(fc.constantFrom('trial_ending', 'inactive'), fc.constantFrom(0, 3, 4, 13, 14, 60))
    .map(([id, own]): Change => ({ conditions: { [id]: { days: own } } })),
  'condition points': fc
    .tuple(fc.constantFrom('trial_ending', 'inactive'), points)
    .map(([id, own]): Change => ({ conditions: { [id]: { points: own } } })),
  'condition bucket': fc
    .tuple(fc.constantFrom('trial_ending', 'inactive'), fc.constantFrom(...SIGNAL_BUCKETS))
    .map(([id, bucket]): Change => ({ conditions: { [id]: { bucket } } })),
  stages: fc
    .array(fc.constantFrom(0, 0.05, 3, 9.9, 10, 50, 80, 100, 101), { minLength: 3, maxLength: 3 })
    .map(list => list.toSorted((a, b) => a - b))
    .map(([warm = 0, pql = 0, hot = 0]): Change => ({ stages: { warm, pql, hot } })),
}

/** One change of any kind. */
export const anyChange: fc.Arbitrary<Change> = fc.oneof(...Object.values(CHANGES))

/** Several changes as one scenario says them; of two to one id the later one holds. */
export function joined(changes: readonly Change[]): ModelChanges {
  const joined: Record<string, Record<string, unknown>> = {
    signals: {},
    buckets: {},
    conditions: {},
    roles: {},
    stages: {},
  }
  for (const change of changes) {
    for (const [part, members] of Object.entries(change)) joined[part] = { ...joined[part], ...members }
  }
  return joined as ModelChanges // parts and members are those of changes
}
