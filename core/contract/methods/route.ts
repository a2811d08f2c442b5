import * as z from 'zod'
import { DESTINATIONS, FACTS, routingPolicy, SUPPRESSIONS } from '#schema/policy'
import type { Method } from '../method.ts'
import { count, instant, nothing } from './shared.ts'

const json = z.string().max(5_000_000)
const destination = z.enum(DESTINATIONS)
/** A workspace as rules show it. */
const unitRef = z.strictObject({ unitId: z.string(), unitName: z.string().nullable(), score: z.number() })
const tested = z.strictObject({ sentence: z.string(), value: z.string(), holds: z.boolean() })
/** Units that something is true of, and the one with the best score among them. */
const share = { units: count, example: unitRef }

const checkedRule = z.strictObject({
  ruleId: z.string(),
  title: z.string(),
  position: count,
  destination,
  /** Units whose route this rule gives. */
  decides: count,
  /** The same by the policy in force, by rule id; null: it has no such rule. */
  decidesInForce: count.nullable(),
  /** Units for which it would hold, wherever it stood. */
  holdsFor: count,
  /** The last one, which holds for every unit. */
  isDefault: z.boolean(),
  /** Earlier rules that together leave it nothing, whatever the data; empty: it can decide. */
  shadowedBy: z.array(z.string()),
  /** A workspace for which a shadowed rule would hold. */
  shadowExample: unitRef.nullable(),
  /** Overlaps: units for which it holds too and that an earlier rule decides. */
  takenBy: z.array(z.strictObject({ ruleId: z.string(), ...share })),
  /** Up to three that it decides, best score first. */
  examples: z.array(unitRef),
})

export const routeMethods = {
  /** The routing policy in force, and the words that rules are made of. */
  'routing.policy': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      policy: routingPolicy,
      hash: z.string(),
      isDefault: z.boolean(),
      facts: z.array(
        z.strictObject({
          fact: z.enum(FACTS),
          title: z.string(),
          kind: z.enum(['number', 'flag', 'choice']),
          choices: z.array(z.string()),
        }),
      ),
      suppressions: z.array(
        z.strictObject({ reason: z.enum(SUPPRESSIONS), title: z.string(), stops: z.array(z.string()) }),
      ),
    }),
  },
  /**
   * What a draft of the policy would do with the units of the newest scores. Where the draft is no policy, `issues` say why and
   * the rest is empty. Nothing is written.
   */
  'routing.check': {
    kind: 'query',
    input: z.strictObject({ json }),
    output: z.strictObject({
      /** `path`: `rules.3.all.0.op`. */
      issues: z.array(z.strictObject({ path: z.string(), message: z.string() })),
      units: count,
      /** The draft is the policy in force. */
      isSame: z.boolean(),
      rules: z.array(checkedRule),
      /** Units for which nothing but the default holds, by score. */
      gaps: z.strictObject({
        units: count,
        share: z.number(),
        bands: z.array(z.strictObject({ from: z.number(), to: z.number(), ...share })),
      }),
      /** Units that would go elsewhere than by the policy in force. */
      moved: z.strictObject({
        units: count,
        /** `listed`: the first 200 of them, best score first. */
        flows: z.array(z.strictObject({ from: destination, to: destination, ...share, listed: z.array(unitRef) })),
      }),
      destinations: z.record(z.string(), count),
    }),
  },
  /** Brings a policy into force as a version. Refused (usage/overtaken) where another than `expectedHash` is in force by now. */
  'routing.save': {
    kind: 'command',
    input: z.strictObject({ json, expectedHash: z.string() }),
    output: z.strictObject({ hash: z.string(), name: z.string(), isNew: z.boolean() }),
  },
  /** Every policy that was ever in force or judged by, newest first; the built-in one is always there. */
  'routing.versions': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      versions: z.array(
        z.strictObject({
          hash: z.string(),
          name: z.string(),
          version: z.int(),
          rules: count,
          /** When the project first knew it; null: the built-in one, not used yet. */
          savedAt: instant.nullable(),
          isInForce: z.boolean(),
          isDefault: z.boolean(),
        }),
      ),
    }),
  },
  /** One version of the policy. */
  'routing.version': {
    kind: 'query',
    input: z.strictObject({ hash: z.string() }),
    output: z.strictObject({ policy: routingPolicy, hash: z.string() }),
  },
  /** Brings an earlier version into force again. */
  'routing.revert': {
    kind: 'command',
    input: z.strictObject({ hash: z.string(), expectedHash: z.string() }),
    output: z.strictObject({ hash: z.string(), name: z.string() }),
  },
  /** Why one workspace goes where it goes, by the policy in force or by a draft: every rule, every suppression, the owner. */
  'routing.explain': {
    kind: 'query',
    input: z.strictObject({ unitId: z.string(), json: json.optional() }),
    output: z.strictObject({
      unit: z.strictObject({ ...unitRef.shape, stage: z.string(), accountName: z.string().nullable() }),
      destination,
      also: z.array(z.string()),
      ruleId: z.string(),
      rules: z.array(
        z.strictObject({
          ruleId: z.string(),
          title: z.string(),
          holds: z.boolean(),
          decides: z.boolean(),
          /** False: an earlier rule decided. */
          isReached: z.boolean(),
          destination,
          all: z.array(tested),
          any: z.array(tested),
          channels: z.array(
            z.strictObject({
              use: z.enum(['destination', 'also']),
              channel: z.string(),
              holds: z.boolean(),
              all: z.array(tested),
            }),
          ),
        }),
      ),
      suppressions: z.array(
        z.strictObject({
          reason: z.enum(SUPPRESSIONS),
          title: z.string(),
          holds: z.boolean(),
          /** Channels of this workspace that it stops. */
          stops: z.array(z.string()),
          evidence: z.array(
            z.strictObject({
              table: z.enum(['contacts', 'deals', 'workspaces', 'accounts']),
              key: z.string(),
              text: z.string(),
            }),
          ),
        }),
      ),
      owner: z.strictObject({
        team: z.string().nullable(),
        owner: z.string().nullable(),
        ownerName: z.string().nullable(),
        isOverCapacity: z.boolean(),
        steps: z.array(
          z.strictObject({
            step: z.enum(['csm_owner', 'current_owner', 'sales_owner', 'earlier_assignment', 'pool']),
            text: z.string(),
            isTaken: z.boolean(),
          }),
        ),
      }),
    }),
  },
} as const satisfies Record<string, Method>
