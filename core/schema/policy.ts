import * as z from 'zod'
import { CHANNELS } from './milestone.ts'
import { finite } from './model.ts'

export const DESTINATIONS = [
  'none',
  'review',
  'csm',
  'in_app',
  'customer',
  'sdr',
  'lifecycle_email',
  'nurture',
] as const
export type Destination = (typeof DESTINATIONS)[number]
export const ALSO_CHANNELS = ['in_app', 'sdr_light', 'ae_assist'] as const
export type AlsoChannel = (typeof ALSO_CHANNELS)[number]
/** All channels that a list is written for: a destination other than none, or an also channel. */
export const ROUTED_CHANNELS = [
  'sdr',
  'lifecycle_email',
  'in_app',
  'csm',
  'customer',
  'nurture',
  'review',
  'sdr_light',
  'ae_assist',
] as const
export type RoutedChannel = (typeof ROUTED_CHANNELS)[number]

/** Reasons that stop a channel for a unit, in the order they are listed. */
export const SUPPRESSIONS = [
  'opted_out',
  'open_deal',
  'disqualified',
  'contacted',
  'worked_by_owner',
  'has_csm',
] as const
export type Suppression = (typeof SUPPRESSIONS)[number]

/** Facts of a unit that rules may test. Formulas: docs/methods/route.md. */
export const FACTS = [
  'score',
  'stage',
  'fit_tier',
  'is_paid',
  'is_on_trial',
  'is_deleted',
  'is_sandbox',
  'has_open_anomaly_14d',
  'is_expansion',
  'is_at_risk',
  'has_renewal_risk',
  'is_active_now',
  'has_high_intent_30d',
  'has_pricing_or_upgrade_14d',
  'has_admin',
  'seat_growth_30d',
  'employee_count',
  'next_action_channel',
] as const
export type FactName = (typeof FACTS)[number]

/** What values a fact may have. `isAlwaysKnown`: it is never null. */
export type FactKind = Readonly<{
  kind: 'number' | 'flag' | 'choice'
  /** The usual ones; a fit tier may be another word. */
  choices: readonly string[]
  isAlwaysKnown: boolean
}>
const flag: FactKind = { kind: 'flag', choices: [], isAlwaysKnown: true }
const figure: FactKind = { kind: 'number', choices: [], isAlwaysKnown: true }
export const FACT_KINDS: Readonly<Record<FactName, FactKind>> = {
  score: figure,
  stage: { kind: 'choice', choices: ['Hot PQL', 'PQL', 'Warm', 'Not PQL'], isAlwaysKnown: true },
  fit_tier: { kind: 'choice', choices: ['A', 'B', 'C'], isAlwaysKnown: false },
  is_paid: flag,
  is_on_trial: flag,
  is_deleted: flag,
  is_sandbox: flag,
  has_open_anomaly_14d: flag,
  is_expansion: flag,
  is_at_risk: flag,
  has_renewal_risk: flag,
  is_active_now: flag,
  has_high_intent_30d: flag,
  has_pricing_or_upgrade_14d: flag,
  has_admin: flag,
  seat_growth_30d: figure,
  employee_count: { ...figure, isAlwaysKnown: false },
  next_action_channel: { kind: 'choice', choices: CHANNELS, isAlwaysKnown: false },
}
export type FactValue = string | number | boolean | null

/** `fact op value`. An unknown fact (null) fails every test. */
const test = z.strictObject({
  fact: z.enum(FACTS),
  op: z.enum(['=', '>=', '>', '<', '<=', 'in']),
  value: z.union([z.string(), finite, z.boolean(), z.array(z.string())]),
})
export type Test = z.output<typeof test>

/** All of `all` hold, and, where given, at least one of `any`. No tests: always holds. */
const rule = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  all: z.array(test).default([]),
  any: z.array(test).default([]),
  destination: z.enum(DESTINATIONS),
  /** Destinations that take its place, each when all its tests hold; the first that does. */
  destinationWhen: z
    .array(z.strictObject({ destination: z.enum(DESTINATIONS), all: z.array(test).min(1) }))
    .default([]),
  /** Channels beside the destination, each when all its tests hold; the first two that do. */
  also: z.array(z.strictObject({ channel: z.enum(ALSO_CHANNELS), all: z.array(test).default([]) })).default([]),
})
export type Rule = z.output<typeof rule>

/** Teams whose people are shared out among the units. */
export const POOL_TEAMS = ['SDR', 'CSM', 'AE'] as const
export type PoolTeam = (typeof POOL_TEAMS)[number]

const rep = z.strictObject({
  owner_id: z.string().min(1),
  name: z.string().min(1).nullable().default(null),
  email: z.string().min(1).nullable().default(null),
  team: z.string().min(1),
  territory: z.string().min(1).nullable().default(null),
  /** Units per week; null: no limit. */
  weekly_capacity: z.int().nonnegative().nullable(),
})

/** The routing policy: an ordered list, first match wins, the last one always holds. */
export const routingPolicy = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.int().positive(),
    name: z.string().min(1),
    rules: z.array(rule).min(1),
    suppress: z
      .strictObject({
        disqualifiedWithinDays: z.int().nonnegative().default(90),
        contactedWithinDays: z.int().nonnegative().default(14),
        /** Sales leave an account alone that a success manager owns. */
        customersWithCsm: z.boolean().optional(),
      })
      .prefault({}),
    /** A team works an account from this many employees on with its account executives. */
    aeFromEmployees: z.int().positive().default(1000),
    anomalyDays: z.int().positive().default(14),
    /** Name of the sequence that a unit on a channel's list is put into. */
    sequences: z.partialRecord(z.enum(ROUTED_CHANNELS), z.string().min(1).max(200)).optional(),
    /** People of the pools; one that the CRM has too is as it says here. */
    reps: z.array(rep).optional(),
    /** Pool that takes what a pool has no room for. */
    overflow: z.partialRecord(z.enum(POOL_TEAMS), z.enum(POOL_TEAMS)).optional(),
    /** Days for which something is new. */
    alertDays: z.int().positive().optional(),
  })
  .superRefine((policy, context) => {
    const last = policy.rules.at(-1)
    if (last !== undefined && (last.all.length > 0 || last.any.length > 0))
      context.addIssue({ code: 'custom', path: ['rules'], message: 'the last rule must hold for every unit' })
    const seen = new Set<string>()
    for (const [i, { id }] of policy.rules.entries()) {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: ['rules', i, 'id'], message: `two rules are called ${id}` })
      seen.add(id)
    }
  })
export type RoutingPolicy = Readonly<z.output<typeof routingPolicy>>
