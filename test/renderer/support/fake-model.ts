/** The source recipe's figures, as far as the tests show them. */
export const defaultModel = {
  version: 1,
  name: 'Recipe',
  buckets: {
    activation: { max: 25, scope: 'person', decayDays: 30 },
    depth: { max: 25, scope: 'person', decayDays: 14 },
    expansion: { max: 20, scope: 'unit', decayDays: 21 },
    intent: { max: 20, scope: 'person', decayDays: 7 },
    negative: { min: -60, scope: 'unit', decayDays: 30 },
  },
  signals: [
    { id: 'workspace_created', kind: 'workspace_created', bucket: 'activation', points: 2, count: 'first' },
    { id: 'key_action_completed', kind: 'key_action_completed', bucket: 'activation', points: 15, count: 'latest' },
    { id: 'first_value_delivered', kind: 'first_value_delivered', bucket: 'activation', points: 8, count: 'first' },
    {
      id: 'core_feature_used',
      kind: 'core_feature_used',
      bucket: 'depth',
      points: 2,
      count: 'daily',
      cap: { points: 10, days: 7 },
    },
    {
      id: 'automation_run',
      kind: 'automation_run',
      bucket: 'depth',
      points: 3,
      count: 'each',
      cap: { points: 12, days: 7 },
    },
    { id: 'usage_limit_hit', kind: 'usage_limit_hit', bucket: 'intent', points: 10, count: 'each' },
  ],
  conditions: [{ id: 'inactive_14d', bucket: 'negative', points: -20, days: 14 }],
  stages: { warm: 50, pql: 65, hot: 80 },
}
