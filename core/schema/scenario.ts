import * as z from 'zod'
import { BUCKETS, curve, finite, SIGNAL_BUCKETS } from './model.ts'
import { ROUTED_CHANNELS } from './policy.ts'

const name = z.string().min(1).max(120)
const decayDays = z.number().positive().max(36_500)
const factor = finite.nonnegative()

/** Members that are left out stay as they are; null takes away what the model says, so that its default holds again. */
const signal = z.strictObject({
  points: finite.optional(),
  count: z.enum(['each', 'daily', 'first', 'latest']).optional(),
  cap: z
    .strictObject({ points: finite.nonnegative().optional(), days: z.int().positive().max(36_500).optional() })
    .nullable()
    .optional(),
  curve: curve.nullable().optional(),
  decayDays: decayDays.nullable().optional(),
  bucket: z.enum(SIGNAL_BUCKETS).optional(),
})
const bucket = z.strictObject({
  max: finite.nonnegative().nullable().optional(),
  min: finite.nonpositive().nullable().optional(),
  scope: z.enum(['person', 'unit']).optional(),
  curve: curve.optional(),
  decayDays: decayDays.optional(),
  /** Points per tier; of fit alone. */
  tiers: z.record(name, finite).optional(),
})
const condition = z.strictObject({
  points: finite.optional(),
  days: z.int().nonnegative().max(36_500).optional(),
  bucket: z.enum(SIGNAL_BUCKETS).optional(),
})

/** Changes to a scoring model, by the ids of what they change. */
const modelChanges = z.strictObject({
  signals: z.record(name, signal).default({}),
  buckets: z.partialRecord(z.enum(BUCKETS), bucket).default({}),
  conditions: z.record(name, condition).default({}),
  roles: z.strictObject({ admin: factor, manager: factor, contributor: factor, other: factor }).partial().default({}),
  stages: z.strictObject({ warm: finite, pql: finite, hot: finite }).partial().default({}),
  /** Rows of a checklist by their rollup. */
  checklist: z.record(name, z.strictObject({ weight: finite, threshold: finite }).partial()).optional(),
})

/** An answer to a question of identity, by natural keys as `pql decide` takes it. */
const imaginedAnswer = z.strictObject({
  question: z.enum(['persons', 'workspaces', 'companies', 'accounts', 'signups']),
  a: z.string().min(1).max(500),
  b: z.string().min(1).max(500),
  answer: z.enum(['same', 'different']),
  relation: z.enum(['merge', 'group', 'environment-of', 'agency-of', 'unrelated']).optional(),
})

/**
 * What if: changes to a model, to the thresholds of routing rules, to who is who and to capacities. It names ids and figures
 * alone, so that it can be shared and compared; only answers about records name those, by their keys.
 */
export const scenario = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  name: name.default('Unnamed'),
  model: modelChanges.prefault({}),
  /** Rule id -> new value of each of its tests of the score, by the test's operator. */
  routing: z.record(name, z.partialRecord(z.enum(['>=', '>', '<', '<=']), finite)).default({}),
  identity: z
    .strictObject({
      /** Bits of evidence from which two user records are one person. */
      threshold: finite,
      /** Answers in the order in which they would be given. */
      decisions: z.array(imaginedAnswer).max(10_000),
    })
    .partial()
    .default({}),
  /** Units a week that a channel can work. */
  capacities: z.partialRecord(z.enum(ROUTED_CHANNELS), z.int().nonnegative()).default({}),
})
export type Scenario = Readonly<z.output<typeof scenario>>
export type ImaginedIdentity = Scenario['identity']
export type ModelChanges = Scenario['model']
