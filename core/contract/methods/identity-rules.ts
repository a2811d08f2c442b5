import * as z from 'zod'
import type { Method } from '../method.ts'
import { bits, fieldPair, pairKey, side, thresholds } from './review-shapes.ts'
import { count, instant, nothing, pageLimit } from './shared.ts'

const domainClass = z.enum(['corporate', 'free_mail', 'disposable', 'relay', 'multi_tenant', 'none'])

const rule = z.strictObject({
  /** Names it for good: comparison and level. */
  id: z.string(),
  comparison: z.string(),
  level: z.string(),
  /** `precision`: share of pairs with it that are one, 0.5 .. 0.9999; `m`: share of true pairs that agree so; `bits`. */
  unit: z.enum(['precision', 'm', 'bits']),
  value: z.number(),
  byDefault: z.number(),
  because: z.string(),
})

/** A value by which users are joined. */
const sharedValue = z.strictObject({
  kind: z.enum(['email', 'device_id', 'anonymous_id', 'sso_subject', 'contact_id']),
  value: z.string().min(1).max(500),
})

const wordList = z.enum(['placeholder', 'role_inbox', 'legal_form', 'nickname'])

const ruleChange = z.strictObject({ id: z.string(), value: z.number() })

export const identityRuleMethods = {
  /** Weights and thresholds in force, each with its default and the sentence that says why. */
  'identity.rules': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({ hash: z.string(), rules: z.array(rule), thresholds }),
  },
  /**
   * Changes weights and thresholds; what is not named stays. Refused where `hash` is no longer in force. The auto threshold cannot
   * go below +7. With `dryRun` nothing is kept.
   */
  'identity.setRules': {
    kind: 'command',
    input: z.strictObject({
      changes: z.array(ruleChange).max(500),
      thresholds: thresholds.optional(),
      hash: z.string(),
      dryRun: z.boolean().default(false),
    }),
    output: z.strictObject({
      hash: z.string(),
      diff: z.array(z.strictObject({ id: z.string(), before: z.number(), after: z.number(), sentence: z.string() })),
      isNew: z.boolean(),
    }),
  },
  /**
   * Weights that the data suggest, by expectation maximisation over the pairs that are compared: within 4 bits of those in force and
   * in the order of the levels. Nothing is changed by it; `identity.setRules` takes what is accepted.
   */
  'identity.proposeRules': {
    kind: 'job',
    input: nothing,
    output: z.strictObject({
      /** Of the rules that it rests on. */
      hash: z.string(),
      proposals: z.array(
        z.strictObject({
          id: z.string(),
          value: z.number(),
          proposed: z.number(),
          /** Mean bits of the level, over the pairs that are at it. */
          bits: bits,
          proposedBits: bits,
          pairs: count,
        }),
      ),
    }),
  },
  /** Domains of the project with who uses them, most users first, and what class they are taken for. */
  'identity.domains': {
    kind: 'query',
    input: z.strictObject({
      search: z.string().max(200).default(''),
      classes: z.array(domainClass).default([]),
      offset: count.default(0),
      limit: pageLimit.default(100),
    }),
    output: z.strictObject({
      matching: count,
      domains: z.array(
        z.strictObject({
          domain: z.string(),
          class: domainClass,
          /** What the shipped lists say; other than `class` where the project overrides it. */
          byDefault: domainClass,
          users: count,
          persons: count,
          workspaces: count,
          /** Accounts that have it, up to 5. */
          accounts: z.array(
            z.strictObject({
              accountId: z.string(),
              name: z.string().nullable(),
              /** The account that it is a billing record of; null: it stands for itself. */
              billingOf: z.string().nullable(),
            }),
          ),
          accountsTotal: count,
          /** Where people signed up from it and no account has it: the account it proposes, and its check by the ICP rules. */
          proposed: z
            .strictObject({
              name: z.string(),
              /** Who signed up and has no account otherwise. */
              users: count,
              verdict: z.enum(['passes', 'fails', 'open', 'no_rules']),
              sentence: z.string(),
            })
            .nullable(),
        }),
      ),
    }),
  },
  /** Says what a domain is in this project; `null` goes back to the lists. Kept as a decision. */
  'identity.setDomain': {
    kind: 'command',
    input: z.strictObject({ domain: z.string().min(1).max(253), class: domainClass.nullable() }),
    output: z.strictObject({ decisionNo: count }),
  },
  /** Values that somebody said identify nobody, in the order of their kinds and texts. */
  'identity.values': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({ blocked: z.array(sharedValue) }),
  },
  /** Says that a value identifies nobody, or that it may again; an address in any spelling. Kept as a decision. */
  'identity.setValue': {
    kind: 'command',
    input: z.strictObject({ ...sharedValue.shape, isBlocked: z.boolean() }),
    output: z.strictObject({ decisionNo: count.nullable(), blocked: z.array(sharedValue) }),
  },
  /**
   * Entries of one of the lists that values are read by: what stands for nothing, shared mailboxes by what is before the @, legal forms
   * of companies, nicknames as `formal:short`. What the project says comes first.
   */
  'identity.words': {
    kind: 'query',
    input: z.strictObject({ list: wordList, search: z.string().max(100).default(''), limit: pageLimit.default(100) }),
    output: z.strictObject({
      lists: z.array(z.strictObject({ list: wordList, shipped: count, added: count, removed: count })),
      /** Day on which the shipped list was reviewed last. */
      reviewed: z.string(),
      matching: count,
      entries: z.array(z.strictObject({ entry: z.string(), state: z.enum(['shipped', 'added', 'removed']) })),
    }),
  },
  /** Says whether an entry belongs to a list in this project; `null` goes back to the shipped list. Kept as a decision. */
  'identity.setWord': {
    kind: 'command',
    input: z.strictObject({ list: wordList, entry: z.string().min(1).max(200), isIn: z.boolean().nullable() }),
    output: z.strictObject({
      /** Null where it was so already. */
      decisionNo: count.nullable(),
      /** As it is looked up. */
      entry: z.string(),
    }),
  },
  /** A blind sample of joined pairs to label: no bits, no band, in random order fixed by `seed`; and the estimate so far. */
  'identity.labels': {
    kind: 'query',
    input: z.strictObject({ size: z.int().min(1).max(200).default(50), seed: z.int().min(0).max(1e9).default(1) }),
    output: z.strictObject({
      population: count,
      sample: z.array(
        z.strictObject({
          pair: pairKey,
          left: side,
          right: side,
          fields: z.array(fieldPair),
          label: z.enum(['same', 'different', 'unsure']).nullable(),
        }),
      ),
      labelled: count,
      /** Of those labelled: the same or different, not unsure. */
      judged: count,
      same: count,
      /** Share of joined pairs that are right, with its Wilson interval at 95 %; null before the first label. */
      precision: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
      labelledAt: instant.nullable(),
    }),
  },
  /** Keeps labels; a later one of a pair replaces the one before. They are no decisions and change nothing. */
  'identity.label': {
    kind: 'command',
    input: z.strictObject({
      labels: z
        .array(z.strictObject({ a: z.string(), b: z.string(), label: z.enum(['same', 'different', 'unsure']) }))
        .min(1)
        .max(200),
    }),
    output: z.strictObject({ labelled: count, bits: z.array(bits.nullable()) }),
  },
} as const satisfies Record<string, Method>
