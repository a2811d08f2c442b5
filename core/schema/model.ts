import * as z from 'zod'
import { holdsWhen, milestone } from './milestone.ts'
import { DEFAULT_ACTIVATION, DEFAULT_MILESTONES } from './model-milestones.ts'
import { DEFAULT_TAXONOMY } from './model-taxonomy.ts'
import { DEFAULT_TITLES } from './model-titles.ts'

export const BUCKETS = ['activation', 'depth', 'expansion', 'intent', 'fit', 'negative'] as const
export type BucketId = (typeof BUCKETS)[number]
/** Buckets that signals may fill; fit comes from the account alone. */
export const SIGNAL_BUCKETS = ['activation', 'depth', 'expansion', 'intent', 'negative'] as const
export type SignalBucket = (typeof SIGNAL_BUCKETS)[number]

const name = z.string().min(1).max(120)
/** Of points, factors and what is compared with them: beyond it sums over very many events would not stay exact to what is shown. */
const MOST = 1e9
export const finite = z.number().min(-MOST).max(MOST)
const days = z.number().positive().max(36_500)
export const curve = z.enum(['time_constant', 'half_life', 'linear', 'none'])
export type Curve = z.output<typeof curve>

const signalBucket = z.strictObject({
  max: finite.nonnegative().optional(),
  min: finite.nonpositive().optional(),
  scope: z.enum(['person', 'unit']),
  curve: curve.default('time_constant'),
  decayDays: days.optional(),
})
const fitRule = z.strictObject({
  field: name,
  op: z.enum(['=', '!=', '>', '>=', '<', '<=', 'in', 'contains', 'known']),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
  points: finite,
})
const fitBucket = z.strictObject({
  max: finite.nonnegative().optional(),
  /** Fit is of the unit and does not decay: said for the reader, nothing else is accepted. */
  scope: z.literal('unit').optional(),
  curve: z.literal('none').optional(),
  tiers: z.record(z.string(), finite).default({ A: 10, B: 6, C: 2 }),
})

const signal = z.strictObject({
  id: name,
  kind: name,
  bucket: z.enum(SIGNAL_BUCKETS),
  points: finite,
  count: z.enum(['each', 'daily', 'first', 'latest']),
  cap: z.strictObject({ points: finite.nonnegative(), days: z.int().positive().max(36_500) }).optional(),
  curve: curve.optional(),
  decayDays: days.optional(),
})
const condition = z.strictObject({
  id: name,
  /** What it tests; by default what its id says. */
  when: z.enum(['trial_ending', 'inactive']).optional(),
  bucket: z.enum(SIGNAL_BUCKETS),
  points: finite,
  days: z.int().nonnegative().max(36_500),
})

const factor = finite.nonnegative()
const roles = z.strictObject({
  admin: factor.default(1.3),
  manager: factor.default(1.2),
  contributor: factor.default(1),
  other: factor.default(0.6),
  targetDepartments: z.array(name).default([]),
  titles: z
    .strictObject({
      /** Normalised seniority values that count as manager or above. */
      managerSeniority: z.array(name).default(DEFAULT_TITLES.managerSeniority),
      /** Normalised seniority values of individual contributors. */
      contributorSeniority: z.array(name).default(DEFAULT_TITLES.contributorSeniority),
      /** Patterns over normalised job titles that mean manager or above. */
      manager: z.array(name).default(DEFAULT_TITLES.manager),
      /** Patterns that say the title is not a manager's, although `manager` matches. */
      notManager: z.array(name).default(DEFAULT_TITLES.notManager),
    })
    .prefault({}),
})

const taxonomyEntry = z.strictObject({
  kind: name,
  category: z.string().min(1).default('other'),
  match: z.array(z.string().min(1)).default([]),
  highIntent: z.boolean().default(false),
  /** High intent when an admin does it; where it is not said: true for the three kinds of docs/methods/features.md. */
  highIntentByAdmin: z.boolean().optional(),
})

const rollups = z.strictObject({
  featureProperty: name.default('feature'),
  integrationProperty: name.default('integration'),
  countProperty: name.default('count'),
  /** The product's features; empty: those seen in the project. */
  features: z.array(name).default([]),
  crmIntegrations: z
    .array(name)
    .default(['salesforce', 'hubspot', 'attio', 'pipedrive', 'zoho_crm', 'zoho', 'dynamics', 'close', 'copper']),
})

const zone = z.string().refine(isTimeZone, { error: 'not an IANA time zone' })

/** The scoring model: one JSON document. Every figure of docs/methods/score.md is in it, none is in code. */
export const scoringModel = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.int().positive(),
    name: name.default('Unnamed'),
    timeZone: zone.default('UTC'),
    loop: z.strictObject({ events: z.int().positive() }).default({ events: 100 }),
    buckets: z.strictObject({
      activation: signalBucket,
      depth: signalBucket,
      expansion: signalBucket,
      intent: signalBucket,
      fit: fitBucket.prefault({ max: 10 }),
      negative: signalBucket,
    }),
    signals: z.array(signal),
    conditions: z.array(condition).default([]),
    roles: roles.prefault({}),
    fit: z
      .strictObject({
        rules: z.array(fitRule).default([]),
        tierFrom: z.record(z.string(), finite).default({ A: 80, B: 60, C: 40 }),
      })
      .prefault({}),
    stages: z.strictObject({ warm: finite, pql: finite, hot: finite }),
    milestones: z.array(milestone).default(DEFAULT_MILESTONES),
    activation: z
      .strictObject({ primary: holdsWhen, secondary: z.array(z.strictObject({ id: name, holdsWhen })).max(2) })
      .default(DEFAULT_ACTIVATION),
    rollups: rollups.prefault({}),
    taxonomy: z.array(taxonomyEntry).default(DEFAULT_TAXONOMY),
  })
  .superRefine(checkReferences)

/** A row of a checklist: its weight counts where a rollup reaches the threshold. */
export type ChecklistRow = Readonly<{ signal: string; weight: number; threshold: number }>

/** A model as it is scored by. With a checklist its rows make the score, and it has no signals and conditions. */
export type ScoringModel = Readonly<z.output<typeof scoringModel>> & Readonly<{ checklist?: readonly ChecklistRow[] }>
export type Signal = ScoringModel['signals'][number]
export type Condition = ScoringModel['conditions'][number]
export type TaxonomyEntry = ScoringModel['taxonomy'][number]
export type FitRule = ScoringModel['fit']['rules'][number]
export const DERIVED_KINDS = ['new_active_user', 'event_loop'] as const

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

type Draft = Readonly<{
  signals: readonly { id: string; bucket: SignalBucket; curve?: Curve | undefined; decayDays?: number | undefined }[]
  conditions: readonly { id: string; when?: string | undefined }[]
  buckets: Readonly<Record<SignalBucket, { curve: Curve; decayDays?: number | undefined }>>
  stages: { warm: number; pql: number; hot: number }
}>

type Issue = (path: (string | number)[], message: string) => void

function checkReferences(model: Draft, context: z.RefinementCtx): void {
  const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message })
  checkNames(model, issue)
  checkDecay(model, issue)
  for (const [i, { id, when }] of model.conditions.entries()) {
    if (when === undefined && !/^(trial_ending|inactive)/.test(id))
      issue(['conditions', i, 'when'], `${id} does not say what it tests: trial_ending or inactive`)
  }
  const { warm, pql, hot } = model.stages
  if (!(warm <= pql && pql <= hot)) issue(['stages'], 'stages must rise: warm <= pql <= hot')
}

/** Signals and conditions are lines of one ledger, so that no two may have one name; `fit` and `clamp` are taken. */
function checkNames({ signals, conditions }: Draft, issue: Issue): void {
  const seen = new Set<string>(['fit', 'clamp'])
  for (const [list, rows] of [['signals', signals] as const, ['conditions', conditions] as const]) {
    for (const [i, { id }] of rows.entries()) {
      if (seen.has(id)) issue([list, i, 'id'], `two lines of the score are called ${id}`)
      seen.add(id)
    }
  }
}

function checkDecay({ signals, buckets }: Draft, issue: Issue): void {
  for (const [i, { id, bucket, curve: ownCurve, decayDays }] of signals.entries()) {
    const decays = (ownCurve ?? buckets[bucket].curve) !== 'none'
    if (decays && (decayDays ?? buckets[bucket].decayDays) === undefined)
      issue(['signals', i, 'decayDays'], `${id} decays, but neither it nor bucket ${bucket} says in how many days`)
  }
}
