import * as z from 'zod'
import { scenario } from '#schema/scenario'
import type { Method } from '../method.ts'
import { documentChange } from './model.ts'
import { count, instant, nothing } from './shared.ts'

const hash = z.string()

export const scenarioMethods = {
  /** Scenarios that are kept in the project, in the order in which they were first kept. */
  'scenario.list': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      scenarios: z.array(
        z.strictObject({ scenarioId: count, name: z.string(), scenario, createdAt: instant, updatedAt: instant }),
      ),
    }),
  },
  /** Keeps a scenario under its name; with the number of another one, in its place. */
  'scenario.save': {
    kind: 'command',
    input: z.strictObject({ scenarioId: count.nullable(), scenario }),
    output: z.strictObject({ scenarioId: count }),
  },
  /** Lets a kept scenario go. */
  'scenario.remove': { kind: 'command', input: z.strictObject({ scenarioId: count }), output: nothing },
  /** A scenario as a file to share: it names ids and figures alone. */
  'scenario.text': {
    kind: 'query',
    input: z.strictObject({ scenario }),
    output: z.strictObject({ text: z.string(), fileName: z.string() }),
  },
  /** A scenario from the text of a file; it is checked, and nothing is kept. */
  'scenario.read': {
    kind: 'query',
    input: z.strictObject({ text: z.string().max(5_000_000) }),
    output: z.strictObject({ scenario }),
  },
  /** What a scenario would change in the model and in the rules that are in force. Nothing is written. */
  'scenario.diff': {
    kind: 'query',
    input: z.strictObject({ scenario }),
    output: z.strictObject({
      model: z.array(documentChange),
      policy: z.array(documentChange),
      /** In force now: what scenario.apply expects to find. */
      modelHash: hash,
      policyHash: hash,
    }),
  },
  /**
   * Brings the model and the rules of a scenario into force as new versions. Refused where others than those that scenario.diff
   * told of are in force by now. Back: model.revert and routing.revert with the hashes that were in force before.
   */
  'scenario.apply': {
    kind: 'command',
    input: z.strictObject({ scenario, modelHash: hash, policyHash: hash }),
    output: z.strictObject({
      modelHash: hash,
      policyHash: hash,
      modelHashBefore: hash,
      policyHashBefore: hash,
    }),
  },
} as const satisfies Record<string, Method>
