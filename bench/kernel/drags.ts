import type { ModelChanges } from '#schema/scenario'
import { parseScenario } from '#simulate'

/** One handle of the simulator, and where it stands at each step of a drag. */
export type Drag = Readonly<{ name: string; at: (step: number) => ModelChanges }>

/** Steps of a drag. */
export const STEPS = 50

const changes = (model: unknown): ModelChanges => parseScenario({ version: 1, model }).model

/** The handles of the default model that touch most: its largest kinds, its bucket with most cells, everybody's factor. */
export const DRAGS: readonly Drag[] = [
  { name: 'threshold', at: step => changes({ stages: { hot: 70 + step / 2 } }) },
  { name: 'one weight', at: step => changes({ signals: { core_feature_used: { points: 1 + step / 25 } } }) },
  { name: 'one cap', at: step => changes({ signals: { automation_run: { cap: { points: 4 + step / 4 } } } }) },
  { name: 'one curve (half-life)', at: step => changes({ buckets: { depth: { decayDays: 3 + step } } }) },
  { name: 'one role factor', at: step => changes({ roles: { contributor: 0.7 + step / 100 } }) },
  { name: 'everything at once', at: everything },
]

function everything(step: number): ModelChanges {
  const buckets = ['activation', 'depth', 'intent', 'expansion', 'negative']
  return changes({
    buckets: Object.fromEntries(buckets.map(id => [id, { decayDays: 5 + step }])),
    signals: { core_feature_used: { points: 1 + step / 25 }, invite_sent: { cap: { points: 6 + step / 10 } } },
    conditions: { inactive_14d: { days: 7 + step } },
    roles: { admin: 1 + step / 50, contributor: 0.7 + step / 100, other: 0.2 + step / 100 },
    stages: { hot: 75 + step / 4 },
  })
}
