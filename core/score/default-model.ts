import * as z from 'zod'
import { type ScoringModel, scoringModel } from '#schema/model'

type Draft = z.input<typeof scoringModel>
type SignalDraft = Draft['signals'][number]
type Line = readonly [
  id: string,
  points: number,
  count: SignalDraft['count'],
  cap?: readonly [points: number, days: number],
]

const signals = (bucket: SignalDraft['bucket'], lines: readonly Line[]): SignalDraft[] =>
  lines.map(([id, points, count, cap]) => ({
    id,
    kind: id,
    bucket,
    points,
    count,
    ...(cap === undefined ? {} : { cap: { points: cap[0], days: cap[1] } }),
  }))

const bucket = (scope: 'person' | 'unit', decayDays: number, bounds: { max: number } | { min: number }) =>
  ({ ...bounds, scope, curve: 'time_constant', decayDays }) as const

/** The model of the source recipe, figure by figure. Source: docs/methods/score.md, "Default model". */
const RECIPE: Draft = {
  version: 1,
  name: 'Recipe',
  timeZone: 'UTC',
  loop: { events: 100 },
  buckets: {
    activation: bucket('person', 30, { max: 25 }),
    depth: bucket('person', 14, { max: 25 }),
    intent: bucket('person', 7, { max: 20 }),
    expansion: bucket('unit', 21, { max: 20 }),
    fit: { max: 10, tiers: { A: 10, B: 6, C: 2 } },
    negative: bucket('unit', 30, { min: -60 }),
  },
  signals: [
    ...signals('activation', [
      ['workspace_created', 2, 'first'],
      ['key_action_completed', 15, 'latest'],
      ['first_value_delivered', 8, 'first'],
    ]),
    ...signals('depth', [
      ['core_feature_used', 2, 'daily', [10, 7]],
      ['automation_run', 3, 'each', [12, 7]],
    ]),
    ...signals('expansion', [
      ['invite_sent', 2, 'each', [10, 14]],
      ['invite_accepted', 4, 'each', [12, 14]],
      ['new_active_user', 2, 'each', [10, 14]],
    ]),
    ...signals('intent', [
      ['pricing_page_view', 3, 'each', [6, 7]],
      ['upgrade_click', 8, 'each'],
      ['usage_limit_hit', 10, 'each'],
    ]),
    ...signals('negative', [
      ['workspace_downgraded', -15, 'each'],
      ['uninstall_integration', -6, 'each'],
      ['event_loop', -5, 'each', [15, 14]],
    ]),
  ],
  conditions: [
    { id: 'trial_ending', bucket: 'intent', points: 5, days: 3 },
    { id: 'inactive_14d', bucket: 'negative', points: -20, days: 14 },
  ],
  stages: { warm: 50, pql: 65, hot: 80 },
}

/** The default scoring model with every field filled in. */
export const DEFAULT_MODEL: ScoringModel = scoringModel.parse(RECIPE)

/** The default model as JSON text, for a user to start from. */
export function defaultModelText(): string {
  return `${JSON.stringify(DEFAULT_MODEL, null, 2)}\n`
}

/** JSON Schema of a model file, as an editor reads it. */
export function modelJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(scoringModel, { io: 'input' })
}
