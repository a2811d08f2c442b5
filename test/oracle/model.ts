export type Curve = 'time_constant' | 'half_life' | 'linear' | 'none'
export type BucketRow = {
  max?: number
  min?: number
  scope: 'person' | 'unit'
  curve?: Curve
  decayDays?: number
}
export type SignalRow = {
  id: string
  kind: string
  bucket: string
  points: number
  count: 'each' | 'daily' | 'first' | 'latest'
  cap?: { points: number; days: number }
  curve?: Curve
  decayDays?: number
}
export type KindRow = { kind: string; category?: string; match?: string[]; highIntent?: boolean }
export type RoleRow = {
  admin: number
  manager: number
  contributor: number
  other: number
  targetDepartments: string[]
}
/** The model file, as far as the oracle knows it. */
export type OracleModel = {
  version: 1
  name: string
  timeZone: string
  loop: { events: number }
  buckets: Record<'activation' | 'depth' | 'expansion' | 'intent' | 'negative', BucketRow> & {
    fit: { max?: number; tiers: Record<string, number> }
  }
  signals: SignalRow[]
  conditions: { id: string; when?: 'trial_ending' | 'inactive'; bucket: string; points: number; days: number }[]
  roles: RoleRow
  fit?: { rules: { field: string; op: string; value?: string | number | string[]; points: number }[] }
  stages: { warm: number; pql: number; hot: number }
  taxonomy: KindRow[]
}

const signal = (
  id: string,
  bucket: string,
  points: number,
  count: SignalRow['count'],
  cap?: [points: number, days: number],
): SignalRow => ({ id, kind: id, bucket, points, count, ...(cap && { cap: { points: cap[0], days: cap[1] } }) })

const kinds = (category: string, names: string): KindRow[] =>
  names.split(' ').map(kind => ({
    kind,
    category,
    match: kind === 'pricing_page_view' ? [kind, 'pricing_page_viewed', 'viewed_pricing*'] : [kind],
    highIntent: ['upgrade_click', 'usage_limit_hit', 'plan_upgraded'].includes(kind),
  }))

/** The specification's tables of buckets, signals, conditions and roles, written down once more. */
export const RECIPE: OracleModel = {
  version: 1,
  name: 'Recipe',
  timeZone: 'UTC',
  loop: { events: 100 },
  buckets: {
    activation: { max: 25, scope: 'person', curve: 'time_constant', decayDays: 30 },
    depth: { max: 25, scope: 'person', curve: 'time_constant', decayDays: 14 },
    intent: { max: 20, scope: 'person', curve: 'time_constant', decayDays: 7 },
    expansion: { max: 20, scope: 'unit', curve: 'time_constant', decayDays: 21 },
    fit: { max: 10, tiers: { A: 10, B: 6, C: 2 } },
    negative: { min: -60, scope: 'unit', curve: 'time_constant', decayDays: 30 },
  },
  signals: [
    signal('workspace_created', 'activation', 2, 'first'),
    signal('key_action_completed', 'activation', 15, 'latest'),
    signal('first_value_delivered', 'activation', 8, 'first'),
    signal('core_feature_used', 'depth', 2, 'daily', [10, 7]),
    signal('automation_run', 'depth', 3, 'each', [12, 7]),
    signal('invite_sent', 'expansion', 2, 'each', [10, 14]),
    signal('invite_accepted', 'expansion', 4, 'each', [12, 14]),
    signal('new_active_user', 'expansion', 2, 'each', [10, 14]),
    signal('pricing_page_view', 'intent', 3, 'each', [6, 7]),
    signal('upgrade_click', 'intent', 8, 'each'),
    signal('usage_limit_hit', 'intent', 10, 'each'),
    signal('workspace_downgraded', 'negative', -15, 'each'),
    signal('uninstall_integration', 'negative', -6, 'each'),
    signal('event_loop', 'negative', -5, 'each', [15, 14]),
  ],
  conditions: [
    { id: 'trial_ending', bucket: 'intent', points: 5, days: 3 },
    { id: 'inactive_14d', bucket: 'negative', points: -20, days: 14 },
  ],
  roles: { admin: 1.3, manager: 1.2, contributor: 1.0, other: 0.6, targetDepartments: [] },
  stages: { warm: 50, pql: 65, hot: 80 },
  taxonomy: [
    ...kinds('activation', 'workspace_created key_action_completed first_value_delivered'),
    ...kinds('depth', 'core_feature_used automation_run'),
    ...kinds('expansion', 'invite_sent invite_accepted'),
    ...kinds('intent', 'pricing_page_view upgrade_click usage_limit_hit'),
    ...kinds('negative', 'workspace_downgraded uninstall_integration'),
    ...kinds('other', 'integration_installed session_started login data_imported data_warehouse_export_enabled'),
    ...kinds('other', 'api_rate_limit_hit trial_started plan_upgraded signup'),
  ],
}
