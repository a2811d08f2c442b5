import * as z from 'zod'
import { scenario } from '#schema/scenario'
import type { Method } from '../method.ts'
import { documentChange } from './model.ts'
import { answer, contradiction, pairKey, relation } from './review-shapes.ts'
import { count, instant, nothing } from './shared.ts'

const hash = z.string()

/** An answer that a scenario would give, with the names of both records. */
const imaginedAnswer = z.strictObject({
  pair: pairKey,
  answer,
  relation: relation.nullable(),
  left: z.string(),
  right: z.string(),
})

const applied = {
  modelHash: hash,
  policyHash: hash,
  modelHashBefore: hash,
  policyHashBefore: hash,
  /** Numbers of the decisions that were added to the log. */
  decisionNos: z.array(count),
}

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
  /** What a scenario would change in the model, the rules and the decisions that are in force. Nothing is written. */
  'scenario.diff': {
    kind: 'query',
    input: z.strictObject({ scenario }),
    output: z.strictObject({
      model: z.array(documentChange),
      policy: z.array(documentChange),
      identity: z.strictObject({
        /** Bits from which users are joined; null: they stay. */
        threshold: z.strictObject({ before: z.number(), after: z.number() }).nullable(),
        answers: z.array(imaginedAnswer),
        /** Answers that would not be kept. */
        refused: z.array(contradiction),
      }),
      /** In force now: what scenario.apply expects to find. */
      modelHash: hash,
      policyHash: hash,
      dataState: hash,
    }),
  },
  /**
   * Brings the model and the rules of a scenario into force as new versions, and adds its answers and its threshold to the
   * decisions, as one step. Refused where others than those that scenario.diff told of are in force by now.
   */
  'scenario.apply': {
    kind: 'command',
    input: z.strictObject({
      scenario,
      modelHash: hash,
      policyHash: hash,
      /** Where it is given: nothing was imported or decided since. */
      dataState: hash.optional(),
    }),
    output: z.strictObject(applied),
  },
  /** Takes back what scenario.apply did, as one step. Refused where something else is in force by now. */
  'scenario.revert': { kind: 'command', input: z.strictObject(applied), output: nothing },
} as const satisfies Record<string, Method>
