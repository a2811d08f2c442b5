import fc from 'fast-check'
import { type Condition, type ScoringModel, SIGNAL_BUCKETS, type Signal } from '#schema/model'
import { DEFAULT_MODEL } from '#score'
import type { EventRow, WorldRows } from '../features/world.ts'
import { aged, day, modelWith } from './scored.ts'

export const KINDS = [
  'key_action_completed',
  'core_feature_used',
  'automation_run',
  'invite_sent',
  'upgrade_click',
  'workspace_downgraded',
  'nonsense',
]

export const event: fc.Arbitrary<EventRow> = fc.record(
  {
    name: fc.constantFrom(...KINDS),
    at: fc.tuple(fc.integer({ min: 0, max: 45 }), fc.nat({ max: 50 })).map(([age, ms]) => aged(age, ms)),
    workspace: fc.constantFrom('w1', 'w2', 'w3'),
    user: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  },
  { requiredKeys: ['name', 'at', 'workspace'] },
)
const users = fc.array(
  fc.record({
    user_id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    seniority: fc.constantFrom('vp', 'ic', 'student', null),
    department: fc.constantFrom('sales', null),
    product_role: fc.constantFrom('admin', 'viewer', null),
    persona: fc.constantFrom('champion', null),
    buying_role_weight: fc.constantFrom(0, 0.3, 1, 2, null, null, null),
    workspace_id: fc.constantFrom('w1', 'w2', null),
  }),
)
const workspace = (workspace_id: string) =>
  fc.record({
    workspace_id: fc.constant(workspace_id),
    account_id: fc.constantFrom('x', 'y', null),
    created_at: fc.constantFrom(day(3), day(14), day(60), null),
    paid_status: fc.constantFrom('trial', 'paid', null),
    trial_end_date: fc.constantFrom(day(0), day(-3), day(-4), null),
  })
export const points = fc.constantFrom(-7, -2.5, 0, 0.1, 1, 3, 8, 40)
const signal = (id: string): fc.Arbitrary<Signal> =>
  fc.record(
    {
      id: fc.constant(id),
      kind: fc.constantFrom(...KINDS.slice(0, 6), 'new_active_user', 'event_loop'),
      bucket: fc.constantFrom(...SIGNAL_BUCKETS),
      points,
      count: fc.constantFrom('each' as const, 'daily' as const, 'first' as const, 'latest' as const),
      cap: fc.record({ points: fc.constantFrom(0, 1, 5, 12.5), days: fc.constantFrom(1, 7, 14) }),
      curve: fc.constantFrom('time_constant' as const, 'half_life' as const, 'linear' as const, 'none' as const),
      decayDays: fc.constantFrom(1, 7, 30),
    },
    { requiredKeys: ['id', 'kind', 'bucket', 'points', 'count'] },
  )
export const bucket = fc.record(
  {
    scope: fc.constantFrom('person' as const, 'unit' as const),
    curve: fc.constantFrom('time_constant' as const, 'none' as const),
    decayDays: fc.constantFrom(7, 21),
    max: fc.constantFrom(0, 5, 25),
    min: fc.constantFrom(-60, -5, 0),
  },
  { requiredKeys: ['scope', 'curve', 'decayDays'] },
)
const condition = (id: string): fc.Arbitrary<Condition> =>
  fc.record({
    id: fc.constant(id),
    bucket: fc.constantFrom(...SIGNAL_BUCKETS),
    points,
    days: fc.constantFrom(0, 3, 14),
  })
export const model: fc.Arbitrary<ScoringModel> = fc
  .record({
    signals: fc.tuple(...['s1', 's2', 's3', 's4', 's5', 's6'].map(signal)),
    buckets: fc.record({ activation: bucket, depth: bucket, expansion: bucket, intent: bucket, negative: bucket }),
    conditions: fc.tuple(condition('trial_ending'), condition('inactive')),
    loop: fc.record({ events: fc.constantFrom(3, 100) }),
  })
  .map(({ buckets, ...rest }) => modelWith({ ...rest, buckets: { ...DEFAULT_MODEL.buckets, ...buckets } }))
export const world: fc.Arbitrary<WorldRows> = fc.record({
  users: users.map(rows => [...new Map(rows.map(row => [row.user_id, row])).values()]),
  workspaces: fc.tuple(workspace('w1'), workspace('w2'), workspace('w3'), workspace('w4')),
  accounts: fc.constant([{ account_id: 'x', icp_fit_score: 71 }]),
  events: fc.array(event, { maxLength: 60 }),
})
