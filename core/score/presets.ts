import type { ChecklistModel } from '#schema/checklist'
import type { ScoringModel } from '#schema/model'
import { DEFAULT_CHECKLIST } from './checklist.ts'
import { DEFAULT_MODEL } from './default-model.ts'
import { parseModel } from './model-kinds.ts'

/** A model to start from. */
export type ModelPreset = Readonly<{
  id: 'recipe' | 'checklist' | 'mid-market' | 'enterprise'
  title: string
  description: string
  document: ScoringModel | ChecklistModel
}>

type Figures = Readonly<{
  name: string
  buckets: Readonly<Record<string, Readonly<{ max?: number; decayDays?: number; min?: number }>>>
  caps: Readonly<Record<string, Readonly<{ points: number; days: number }>>>
  inactive: Readonly<{ points: number; days: number }>
  trialDays: number
  roles: Readonly<{ admin: number; manager: number; contributor: number; other: number }>
  stages: ScoringModel['stages']
}>

/** Teams of some dozens to some hundreds: adoption by the team counts for more, and is forgotten later. */
const MID_MARKET: Figures = {
  name: 'Mid-market',
  buckets: {
    activation: { max: 20, decayDays: 30 },
    depth: { max: 25, decayDays: 21 },
    expansion: { max: 25, decayDays: 30 },
    intent: { max: 20, decayDays: 14 },
  },
  caps: {
    invite_sent: { points: 15, days: 14 },
    invite_accepted: { points: 18, days: 14 },
    new_active_user: { points: 15, days: 14 },
  },
  inactive: { points: -20, days: 21 },
  trialDays: 5,
  roles: { admin: 1.3, manager: 1.25, contributor: 1, other: 0.6 },
  stages: { warm: 45, pql: 60, hot: 75 },
}

/** Long evaluations in which those who decide seldom use the product themselves. */
const ENTERPRISE: Figures = {
  name: 'Enterprise',
  buckets: {
    activation: { max: 15, decayDays: 45 },
    depth: { max: 20, decayDays: 30 },
    expansion: { max: 30, decayDays: 45 },
    intent: { max: 20, decayDays: 21 },
  },
  caps: {
    invite_sent: { points: 20, days: 30 },
    invite_accepted: { points: 24, days: 30 },
    new_active_user: { points: 24, days: 30 },
    pricing_page_view: { points: 9, days: 14 },
  },
  inactive: { points: -15, days: 30 },
  trialDays: 14,
  roles: { admin: 1.2, manager: 1.4, contributor: 1, other: 0.5 },
  stages: { warm: 40, pql: 55, hot: 70 },
}

/**
 * Models to start from: the recipe, the checklist, and two of our own that change figures of the recipe alone. They are
 * starting points; none is fitted to data.
 *
 * Source: docs/methods/score.md, "Presets".
 */
export const MODEL_PRESETS: readonly ModelPreset[] = [
  {
    id: 'recipe',
    title: 'Recipe',
    description: 'Six buckets, decay by time constants, the best admin or champion speaks for the workspace.',
    document: DEFAULT_MODEL,
  },
  {
    id: 'checklist',
    title: 'Checklist',
    description: 'Six figures with a threshold each; the score is the sum of the weights that are met.',
    document: DEFAULT_CHECKLIST,
  },
  {
    id: 'mid-market',
    title: 'Mid-market',
    description:
      'The recipe for teams of dozens to hundreds: adoption by the team weighs more, interest fades in two weeks.',
    document: withFigures(MID_MARKET),
  },
  {
    id: 'enterprise',
    title: 'Enterprise',
    description: 'The recipe for long evaluations: slow decay, reach within the account, managers before admins.',
    document: withFigures(ENTERPRISE),
  },
]

function withFigures({ name, buckets, caps, inactive, trialDays, roles, stages }: Figures): ScoringModel {
  const entries = Object.entries(DEFAULT_MODEL.buckets).map(([id, bucket]) => [id, { ...bucket, ...buckets[id] }])
  return parseModel({
    ...DEFAULT_MODEL,
    name,
    buckets: Object.fromEntries(entries),
    signals: DEFAULT_MODEL.signals.map(signal => {
      const cap = caps[signal.id]
      return cap === undefined ? signal : { ...signal, cap }
    }),
    conditions: DEFAULT_MODEL.conditions.map(condition =>
      condition.id === 'trial_ending' ? { ...condition, days: trialDays } : { ...condition, ...inactive },
    ),
    roles: { ...DEFAULT_MODEL.roles, ...roles },
    stages,
  })
}
