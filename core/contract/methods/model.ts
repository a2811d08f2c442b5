import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, nothing } from './shared.ts'

const json = z.string().max(5_000_000)
const kind = z.enum(['signals', 'checklist'])

/** Something to know about a model before it is used. */
const finding = z.strictObject({
  code: z.string(),
  level: z.enum(['warning', 'note']),
  /** Where in the document: `signals[3]`, `buckets.depth`, `stages.hot`. */
  path: z.string(),
  message: z.string(),
})

/** The most that each bucket, and the whole, can come to; null is without end. */
const reach = z.strictObject({ buckets: z.record(z.string(), z.number().nullable()), total: z.number() })

const version = z.strictObject({
  hash: z.string(),
  name: z.string(),
  kind,
  /** When the project first had it; null: the default model, which was never applied. */
  createdAt: instant.nullable(),
  isInForce: z.boolean(),
  isDefault: z.boolean(),
  /** Runs that are kept and were made with it. */
  runs: count,
})

/** A figure or text as it is, else JSON text; null: not there. */
const side = z.union([z.number(), z.string(), z.boolean()]).nullable()

/** One place in which two models or policies differ. Figures and texts as they are, else JSON text; null: not there. */
export const documentChange = z.strictObject({
  /** Steps from the whole on, entries of lists by their id: `signals`, `pricing_page_view`, `points`. */
  path: z.array(z.string()),
  kind: z.enum(['changed', 'added', 'removed', 'moved']),
  from: side,
  to: side,
})

export const modelMethods = {
  /** The model in force, or an earlier version, as JSON text, with what is to be known of it. Export is this text. */
  'model.get': {
    kind: 'query',
    input: z.strictObject({ hash: z.string().optional() }),
    output: z.strictObject({
      json: z.string(),
      hash: z.string(),
      name: z.string(),
      kind,
      isInForce: z.boolean(),
      findings: z.array(finding),
      reach,
    }),
  },
  /**
   * Brings a model into force as a new version; the same model again changes nothing. Refused where another model is in force
   * than `expected`, where that is given.
   */
  'model.apply': {
    kind: 'command',
    input: z.strictObject({ json, expected: z.string().optional() }),
    output: z.strictObject({ hash: z.string(), name: z.string(), isNew: z.boolean() }),
  },
  /**
   * What is wrong with a text that is to be a model, and what is to be known of it where it is one. Nothing is written,
   * and no project has to be open; of data it knows where one is.
   */
  'model.lint': {
    kind: 'query',
    input: z.strictObject({ json }),
    output: z.strictObject({
      isValid: z.boolean(),
      /** Null where it is no model. */
      hash: z.string().nullable(),
      name: z.string().nullable(),
      kind: kind.nullable(),
      /** Why it is none: `signals[3].cap.days`; `line 4, column 7` where it is no JSON. */
      faults: z.array(z.strictObject({ path: z.string(), message: z.string() })),
      findings: z.array(finding),
      /** Null where it is no model. */
      reach: reach.nullable(),
    }),
  },
  /** Every version that the project has, the newest first; the default model last where it was never applied. */
  'model.versions': { kind: 'query', input: nothing, output: z.strictObject({ versions: z.array(version) }) },
  /** What differs between two models. `from` null is the model in force. */
  'model.diff': {
    kind: 'query',
    input: z.strictObject({
      from: z.string().nullable().default(null),
      to: z.union([z.strictObject({ hash: z.string() }), z.strictObject({ json })]),
    }),
    output: z.strictObject({ changes: z.array(documentChange) }),
  },
  /** Brings an earlier version into force again. */
  'model.revert': {
    kind: 'command',
    input: z.strictObject({ hash: z.string() }),
    output: z.strictObject({ hash: z.string(), name: z.string() }),
  },
  /** Models to start from, as JSON text. */
  'model.presets': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      presets: z.array(
        z.strictObject({ id: z.string(), title: z.string(), description: z.string(), json: z.string() }),
      ),
    }),
  },
  /** JSON Schema of a model file, as an editor reads it. */
  'model.schema': { kind: 'query', input: nothing, output: z.strictObject({ json: z.string() }) },
  /** The draft that was left in the editor, as it was; null where there is none. */
  'model.draft': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      json: z.string().nullable(),
      updatedAt: instant.nullable(),
      /** Hash of the model that the draft was begun on; null where that is not known. */
      baseHash: z.string().nullable(),
    }),
  },
  /** Keeps a draft, whatever it says; null lets it go. */
  'model.keepDraft': {
    kind: 'command',
    input: z.strictObject({ json: json.nullable(), baseHash: z.string().nullable().default(null) }),
    output: nothing,
  },
  /**
   * A draft taken over to the model that has come into force since it was begun. Where both changed the same place, the draft's
   * value stays. Nothing is kept.
   */
  'model.rebase': {
    kind: 'query',
    input: z.strictObject({ json, baseHash: z.string() }),
    output: z.strictObject({
      json: z.string(),
      /** Of the model in force. */
      hash: z.string(),
      /** What is in force otherwise than in the model that the draft was begun on. */
      changes: z.array(documentChange),
      /** Places that both changed. */
      conflicts: z.array(z.strictObject({ path: z.array(z.string()), base: side, draft: side, inForce: side })),
    }),
  },
  /** Brings routing rules into force as a new version. */
  'policy.apply': {
    kind: 'command',
    input: z.strictObject({ json }),
    output: z.strictObject({ hash: z.string(), name: z.string(), isNew: z.boolean() }),
  },
} as const satisfies Record<string, Method>
